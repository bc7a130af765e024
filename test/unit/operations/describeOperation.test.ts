import assert from "node:assert/strict";
import { describeOperation } from "../../../src/operations/describeOperation";
import type { AlterColumn } from "../../../src/operations/column/column";

const cases: readonly (readonly [string, Partial<AlterColumn>])[] = [
  ["type varchar(10) to varchar(50)", { existingType: "varchar(10)", type: "varchar(50)" }],
  ["collation C", { existingType: "varchar(50)", type: "varchar(50)", collation: "C" }],
  ["collation default", { existingType: "varchar(50)", type: "varchar(50)" }],
  ["type varchar(50) to text, collation C", { existingType: "varchar(50)", type: "text", collation: "C" }],
  ["not null", { existingType: "text", nullable: false }],
];

describe("a changed column in a few words", () => {
  for (const [words, changes] of cases) {
    it(words, () => {
      const operation: AlterColumn = { kind: "alterColumn", table: "cup", column: "name", ...changes };
      assert.equal(describeOperation(operation), `alter column cup.name (${words})`);
    });
  }
});
