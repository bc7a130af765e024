import assert from "node:assert/strict";
import { lockLoss } from "../../../src/sql/lockLoss";

const losses = [
  "DISCARD ALL",
  "discard /* everything */ all",
  "SELECT pg_advisory_unlock_all()",
  "SELECT pg_catalog.PG_ADVISORY_UNLOCK_ALL ()",
  'SELECT "pg_advisory_unlock_all"()',
  "WITH a AS (SELECT pg_advisory_unlock_all()) SELECT 1 FROM a",
  "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$",
];

const others = [
  "DISCARD TEMP",
  "DISCARD PLANS",
  "DISCARD SEQUENCES",
  "RESET ALL",
  "SELECT pg_advisory_unlock(1)",
  "SELECT 'pg_advisory_unlock_all()'",
  "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_unlock_all()'",
  "-- DISCARD ALL",
];

describe("what frees every lock of a session", () => {
  for (const text of losses) {
    it(`is found: ${text}`, () => {
      assert.equal(lockLoss(`SELECT 1; ${text}; SELECT 2`), text);
    });
  }
  for (const text of others) {
    it(`is not there: ${text}`, () => {
      assert.equal(lockLoss(text), undefined);
    });
  }
});
