import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import * as prettier from "prettier";
import type { PlannedOperation } from "../../../../src/autogenerate/plan/plannedOperation";
import { isLaidOut, printBody } from "../../../../src/autogenerate/propose/printBody";
import { isFormatted } from "../../../../src/project/isFormatted";
import { printRevisionFile } from "../../../../src/source/printRevisionFile";
import { arbitraryCalls } from "../../operations/arbitraryCalls";
import { recordOperations } from "../../operations/recordOperations";

const options = { namingConvention: {}, renderItem: undefined };
const path = join(tmpdir(), "alembic-ts-laid-out", "a.ts");

function fileOf(planned: readonly PlannedOperation[], remarks: readonly string[] = []): string {
  const body = printBody(planned, { ...options, remarks });
  return printRevisionFile({
    message: "add tables",
    revision: "3995624140b2",
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    createDate: "2026-11-24 00:17:46",
    upgradeBody: body,
    downgradeBody: body,
  });
}

describe("the operations of a generated revision", function () {
  this.timeout(120_000);

  it("stand in its functions as prettier leaves them where its file is taken for formatted", async () => {
    let formatted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryCalls(fc.string()), { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom("Only in the database", "a ".repeat(70)), { maxLength: 2 }),
        fc.array(fc.constantFrom("this drops data"), { maxLength: 1 }),
        async (calls, remarks, warnings) => {
          const records = await Promise.all(
            calls.map((call) => recordOperations(call, { dialect: "sqlite" })),
          );
          const planned = records.flat().map((operation): PlannedOperation => ({
            operation,
            warnings: warnings.map((text) => ({ code: "may-fail", text })),
            isAutocommit: false,
          }));
          assert.equal(isLaidOut(planned, options), true);
          const text = fileOf(planned, remarks);
          if (isFormatted(text, path, true)) {
            formatted += 1;
            assert.equal(await prettier.format(text, { parser: "typescript" }), text);
          }
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(formatted > 100, `only ${String(formatted)} of 300 files are taken for formatted`);
  });

  const others: readonly { readonly name: string; readonly sql: string; readonly isFormatted: boolean }[] = [
    { name: "ordinary characters", sql: "SELECT 1", isFormatted: true },
    { name: "other characters", sql: "SELECT 'ü'", isFormatted: false },
    { name: "space at the end of a line", sql: "SELECT 1, \n 2", isFormatted: false },
  ];
  for (const { name, sql, isFormatted: expected } of others) {
    it(`are ${expected ? "" : "not "}taken for formatted with ${name}`, async () => {
      const [operation] = await recordOperations((op) => op.execute(sql));
      assert.ok(operation !== undefined);
      const text = fileOf([{ operation, warnings: [], isAutocommit: false }]);
      assert.deepEqual([isFormatted(text, path, true), isFormatted(text, path)], [expected, false]);
    });
  }

  it("are laid out by prettier where some are in a block of their own, or the project prints its own", async () => {
    const [operation] = await recordOperations((op) => op.execute("SELECT 1"));
    assert.ok(operation !== undefined);
    const planned = { operation, warnings: [], isAutocommit: false };
    assert.equal(isLaidOut([{ ...planned, isAutocommit: true }], options), false);
    assert.equal(isLaidOut([planned], { renderItem: () => undefined }), false);
  });
});
