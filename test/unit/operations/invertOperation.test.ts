import assert from "node:assert/strict";
import { invertOperation } from "../../../src/operations/invertOperation";
import type { Operations } from "../../../src/operations/operations";
import { printOperation } from "../../../src/operations/printing/printOperation";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { assertGolden } from "./goldenFile";
import { recordOperations } from "./recordOperations";
import { samples } from "./sampleOperations";

describe("invertOperation", () => {
  it("gives the way back of each kind of operation, or none", async () => {
    const pages: string[] = [];
    for (const { title, call } of samples) {
      for (const operation of await recordOperations(call)) {
        const inverse = invertOperation(operation);
        pages.push(`// ${title}`, inverse === undefined ? "// none" : printOperation(inverse), "");
      }
    }
    assertGolden("inverses.ts.txt", pages.join("\n"));
  });

  it("is its own inverse where nothing was left open", async () => {
    for (const { title, call } of samples) {
      for (const operation of await recordOperations(call)) {
        const inverse = invertOperation(operation);
        const again = inverse && invertOperation(inverse);
        if (again !== undefined) {
          assert.deepEqual(invertOperation(invertOperation(again) ?? again), again, title);
        }
      }
    }
  });

  const irreversible: readonly (readonly [string, (op: Operations, sql: SqlTag) => Promise<void>])[] = [
    ["a table that nobody described", (op) => op.dropTable("t")],
    ["a column that nobody described", (op) => op.dropColumn("t", "a")],
    ["an index that nobody described", (op) => op.dropIndex("ix", "t")],
    ["a constraint without a name", (op) => op.createUniqueConstraint(null, "t", ["a"])],
    ["a type without the one before", (op) => op.alterColumn("t", "a", { type: "text" })],
    ["a default without the one before", (op) => op.alterColumn("t", "a", { default: 1 })],
    [
      "a drop with all that depends on it",
      (op) => op.dropTable("t", { cascade: true, was: { columns: {} } }),
    ],
    ["rows", (op) => op.bulkInsert("t", [{ a: 1 }])],
    ["a statement", (op) => op.execute("UPDATE t SET a = 1")],
    ["a value of an enum", (op) => op.addEnumValue("mood", "fine")],
    [
      "values that became one",
      (op) => op.replaceEnum("mood", ["ok"], { mapping: { sad: "ok" }, columns: [], was: ["sad", "ok"] }),
    ],
    [
      "an option of a sequence without the one before",
      (op) => op.alterSequence("s", { increment: 2, cache: 5, was: { increment: 1 } }),
    ],
    [
      "values that became arrays",
      (op, sql) =>
        op.alterColumn("t", "a", { type: "integer[]", using: sql`ARRAY[a]`, existingType: "integer" }),
    ],
    ["a replaced function", (op) => op.createFunction("f", "AS ''", { orReplace: true })],
  ];
  for (const [title, call] of irreversible) {
    it(`has no way back from ${title}`, async () => {
      const [operation] = await recordOperations(call);
      assert.ok(operation);
      assert.equal(invertOperation(operation), undefined);
    });
  }

  it("has no way back of a batch that says more of the copy than its operations", async () => {
    for (const options of [
      { copyFrom: { columns: { a: { type: "text" } } } },
      { tableArgs: { checks: [{ condition: "a > 0" }] } },
      { partialReordering: [["b", "a"]] },
    ]) {
      const [operation] = await recordOperations(
        (op) => op.batchAlterTable("t", (batch) => batch.renameColumn("a", "b"), options),
        { dialect: "sqlite" },
      );
      assert.ok(operation);
      assert.equal(invertOperation(operation), undefined);
    }
  });

  it("takes a batch back in the opposite order", async () => {
    const [operation] = await recordOperations(
      (op) =>
        op.batchAlterTable("t", async (batch) => {
          await batch.renameColumn("a", "b");
          await batch.addColumn("c", { type: "text" });
        }),
      { dialect: "sqlite" },
    );
    assert.ok(operation);
    const inverse = invertOperation(operation);
    assert.ok(inverse);
    assert.equal(
      printOperation(inverse),
      `await op.batchAlterTable("t", async (batch) => {
  await batch.dropColumn("c", { was: { type: "text" } });
  await batch.renameColumn("b", "a");
});`,
    );
  });
});
