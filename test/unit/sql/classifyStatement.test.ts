import assert from "node:assert/strict";
import { refusesTransaction } from "../../../src/sql/classifyStatement";
import { transactionCases } from "./transactionCases";

describe("refusesTransaction", () => {
  for (const { text, refuses } of transactionCases) {
    it(`${refuses ? "keeps out of" : "allows in"} a transaction: ${JSON.stringify(text)}`, () => {
      assert.equal(refusesTransaction(text), refuses);
    });
  }
});
