import assert from "node:assert/strict";
import { findConcurrentReindex, type ConcurrentReindex } from "../../../src/sql/concurrentIndex";

const cases: readonly (readonly [statement: string, reindex: ConcurrentReindex | undefined])[] = [
  ["REINDEX INDEX CONCURRENTLY ix", { kind: "index", schema: undefined, name: "ix" }],
  ['reindex (verbose, concurrently) index App."Ix"', { kind: "index", schema: "app", name: "Ix" }],
  ["REINDEX (CONCURRENTLY TRUE) TABLE t", { kind: "table", schema: undefined, name: "t" }],
  ["REINDEX TABLE CONCURRENTLY app.t -- all of it", { kind: "table", schema: "app", name: "t" }],
  ["REINDEX (TABLESPACE fast) SCHEMA CONCURRENTLY app", { kind: "schema", name: "app" }],
  ["REINDEX DATABASE CONCURRENTLY shop", { kind: "database" }],
  ["REINDEX (CONCURRENTLY) DATABASE", { kind: "database" }],
  ["REINDEX (CONCURRENTLY false) TABLE t", undefined],
  ["REINDEX TABLE t", undefined],
  ["REINDEX DATABASE shop", undefined],
  ["CREATE INDEX CONCURRENTLY ix ON t (a)", undefined],
];

describe("findConcurrentReindex", () => {
  for (const [statement, reindex] of cases) {
    it(statement, () => assert.deepEqual(findConcurrentReindex(statement), reindex));
  }
});
