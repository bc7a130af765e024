import assert from "node:assert/strict";
import { shownStatement } from "../../../src/sqlText/shownStatement";

describe("a statement that a failure shows", () => {
  for (const [name, sql, shown] of [
    ["short", "SELECT 1", "SELECT 1"],
    ["as long as it may be", "x".repeat(10_000), "x".repeat(10_000)],
    [
      "longer",
      `${"x".repeat(10_000)}${"y".repeat(1_234)}`,
      `${"x".repeat(10_000)}\n… (1,234 characters more)`,
    ],
  ] as const) {
    it(`is shown up to a length: one that is ${name}`, () => {
      assert.equal(shownStatement(sql), shown);
    });
  }
});
