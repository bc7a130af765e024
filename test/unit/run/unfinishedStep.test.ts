import assert from "node:assert/strict";
import { givesNoRows, isReading, isSessionSetting } from "../../../src/run/unfinishedStep";

const statements: readonly (readonly [text: string, kind: "reading" | "setting" | "other"])[] = [
  ["SELECT id, lower(name) FROM users WHERE id IN (1, 2) AND (a OR b)", "reading"],
  ["SELECT count(*) FILTER (WHERE a) FROM t GROUP BY (a)", "reading"],
  ["WITH old AS (SELECT 1), new AS MATERIALIZED (SELECT 2) SELECT * FROM old", "reading"],
  ["(SELECT 1) UNION ALL (SELECT 2)", "reading"],
  ["SELECT pg_catalog.to_regclass('t')", "reading"],
  ["SELECT a::numeric(4, 2) FROM t", "reading"],
  ["TABLE t", "reading"],
  ["SHOW search_path", "reading"],
  ["SELECT create_hypertable('t', 'at')", "other"],
  ["SELECT public.lower('a')", "other"],
  ['SELECT "lower"(1)', "other"],
  ["SELECT nextval('s')", "other"],
  ["SELECT setval('s', max(id)) FROM t", "other"],
  ["SELECT * FROM archive_rows(10)", "other"],
  ["SELECT cron.schedule('a', 'b')", "other"],
  ["WITH a AS (SELECT f()) SELECT * FROM a", "other"],
  ["WITH a AS (DELETE FROM t RETURNING id) SELECT * FROM a", "other"],
  ["VALUES (f())", "other"],
  ["SELECT 1 INTO t", "other"],
  ["SET search_path = app", "setting"],
  ["SET SESSION ROLE app", "setting"],
  ["SELECT pg_catalog.set_config('search_path', 'app', false)", "setting"],
  ["SET LOCAL search_path = app", "other"],
  ["SELECT set_config('a.b', f(), false)", "other"],
  ["UPDATE t SET a = 1", "other"],
];

describe("a statement that an earlier run has done", () => {
  for (const [text, kind] of statements) {
    it(`is ${kind === "other" ? "not run again" : `run again, as ${kind}`}: ${text}`, () => {
      assert.deepEqual(
        { reading: isReading(text), setting: isSessionSetting(text) },
        { reading: kind === "reading", setting: kind === "setting" },
      );
    });
  }
});

describe("the rows of a statement that an earlier run has done", () => {
  const cases: readonly (readonly [text: string, isWithout: boolean])[] = [
    ["INSERT INTO t VALUES (1)", true],
    ["-- why\nupdate t SET a = 1;", true],
    ["CREATE TABLE t AS SELECT 1", true],
    ["DELETE FROM t RETURNING id", false],
    ["INSERT INTO t VALUES ('RETURNING')", true],
    ["CREATE TABLE t (); SELECT 1", false],
    ["WITH a AS (DELETE FROM t RETURNING id) SELECT * FROM a", false],
    ["CALL p()", false],
    ["SELECT f()", false],
  ];
  for (const [text, isWithout] of cases) {
    it(`${isWithout ? "are none" : "are not known"}: ${text}`, () =>
      assert.equal(givesNoRows(text), isWithout));
  }
});
