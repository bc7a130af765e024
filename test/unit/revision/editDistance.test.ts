import assert from "node:assert/strict";
import { editDistance } from "../../../src/revision/editDistance";

describe("editDistance", () => {
  const cases = [
    ["abc", "abc", 0],
    ["abc", "abd", 1],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["", "abc", 3],
  ] as const;
  for (const [a, b, distance] of cases) {
    it(`of “${a}” and “${b}” is ${distance}`, () => {
      assert.equal(editDistance(a, b), distance);
    });
  }
});
