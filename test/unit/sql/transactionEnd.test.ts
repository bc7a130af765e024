import assert from "node:assert/strict";
import { transactionEnd } from "../../../src/sql/transactionEnd";

const ends = [
  "COMMIT",
  "commit work",
  "COMMIT AND CHAIN",
  "ROLLBACK",
  "/* back */ rollback transaction and no chain",
  "ROLLBACK AND CHAIN",
  "END",
  "END TRANSACTION",
  "ABORT",
  "ABORT AND CHAIN",
  "PREPARE TRANSACTION 'a'",
];

const others = [
  "COMMIT PREPARED 'a'",
  "ROLLBACK PREPARED 'a'",
  "ROLLBACK TO a",
  "ROLLBACK WORK TO SAVEPOINT a",
  "SAVEPOINT a",
  "PREPARE a AS SELECT 1",
  "SELECT CASE WHEN true THEN 1 END",
  "DO $$ BEGIN COMMIT; END $$",
  "SELECT 'ROLLBACK'",
  "CREATE TABLE t (a int) ON COMMIT DROP",
  "-- COMMIT",
];

describe("the end of a transaction in a text", () => {
  for (const text of ends) {
    it(`is found: ${text}`, () => {
      assert.equal(transactionEnd(`SELECT 1; ${text}; SELECT 2`, "postgresql"), text);
    });
  }
  for (const text of others) {
    it(`is not there: ${text}`, () => {
      assert.equal(transactionEnd(text, "postgresql"), undefined);
    });
  }
});
