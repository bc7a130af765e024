import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannedOperation } from "../../../../src/autogenerate/plan/plannedOperation";
import { printBody, withRemarks } from "../../../../src/autogenerate/propose/printBody";
import { allRemarks, driftRemark, keptRemark } from "../../../../src/autogenerate/read/driftRemarks";

const drift = driftRemark({ object: { kind: "index", schema: "public", table: "users", name: "ix_email" } });
const view = { kind: "view", schema: "public", table: undefined, name: "named_users" } as const;
const kept = keptRemark(view, `database/objects/${"long_".repeat(12)}name.sql`);
const remarks = [drift, kept];

/** What later revisions read in a file that says this. */
function readAgain(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-remarks-"));
  try {
    const path = join(folder, "a1_users.ts");
    writeFileSync(path, text);
    return allRemarks([{ path }, { path: "" }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("remarks of a generated revision", () => {
  const body = (...warnings: PlannedOperation["warnings"]): string =>
    printBody([{ operation: { kind: "dropView", name: "named_users" }, warnings, isAutocommit: false }], {
      namingConvention: {},
      renderItem: undefined,
      remarks,
    });
  const cases = [
    ["nothing follows", withRemarks(remarks, "")],
    ["an operation follows", body()],
    ["an operation with a warning follows", body({ code: "data-loss", text: "The view loses its grants." })],
    ["the title of a squashed revision follows", withRemarks(remarks, "// a1: users\nawait op.dropView();")],
  ] as const;
  for (const [name, text] of cases) {
    it(`are read again as they were given where ${name}`, () => assert.deepEqual(readAgain(text), remarks));
  }
});
