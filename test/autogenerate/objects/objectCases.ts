import type { ObjectCase } from "./objectCase";

const touch = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := trim(NEW.name);
  RETURN NEW;
END
$$;
`;
const touchTrigger =
  "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();\n";

/** More views than an embedded server has locks for in one transaction. */
const chain = Array.from({ length: 200 }, (_, at) => `v${String(100 + at)}`);

/** What files of objects become, as the tests run it. */
export const objectCases: readonly ObjectCase[] = [
  {
    name: "a new view, in the words of its file",
    files: [
      {},
      {
        "named.sql":
          "-- Users with a name\nCREATE VIEW named AS\nSELECT id\nFROM users\nWHERE name IS NOT NULL;\n",
      },
    ],
    operations: ["create view named"],
    text: /Kept in a file: view named in objects\/named\.sql[^]*SELECT id\n\s*FROM users\n/,
  },
  {
    name: "an edited view, replaced in place",
    files: [
      { "named.sql": "CREATE VIEW named AS SELECT id FROM users WHERE name IS NOT NULL" },
      { "named.sql": "CREATE VIEW named AS SELECT id, name FROM users WHERE name <> ''" },
    ],
    operations: ["replace view named"],
  },
  {
    name: "a view that loses a column, dropped and made anew",
    files: [
      { "named.sql": "CREATE VIEW named AS SELECT id, name FROM users" },
      { "named.sql": "CREATE VIEW named AS SELECT name FROM users" },
    ],
    operations: ["drop view named", "create view named"],
    warning: /without its grants/,
  },
  {
    name: "an edited function",
    files: [{ "touch.sql": touch }, { "touch.sql": touch.replace("trim", "lower") }],
    operations: ["create function touch"],
    text: /orReplace: true/,
  },
  {
    name: "a trigger with its function, new",
    files: [{}, { "1_trigger.sql": touchTrigger, "2_function.sql": touch }],
    operations: ["create function touch", "create trigger users_touch on users"],
  },
  {
    name: "an edited trigger",
    files: [
      { "touch.sql": touch, "users_touch.sql": touchTrigger },
      { "touch.sql": touch, "users_touch.sql": touchTrigger.replace("UPDATE", "INSERT OR UPDATE") },
    ],
    operations: ["drop trigger users_touch on users", "create trigger users_touch on users"],
  },
  {
    name: "a chain of three views in the wrong alphabetical order, new and edited",
    files: [
      {
        "a.sql": "CREATE VIEW a AS SELECT * FROM b",
        "b.sql": "CREATE VIEW b AS SELECT * FROM c",
        "c.sql": "CREATE VIEW c AS SELECT id, name FROM users",
      },
      {
        "a.sql": "CREATE VIEW a AS SELECT * FROM b",
        "b.sql": "CREATE VIEW b AS SELECT * FROM c",
        "c.sql": "CREATE VIEW c AS SELECT name FROM users",
      },
    ],
    operations: [
      "drop view a",
      "drop view b",
      "drop view c",
      "create view c",
      "create view b",
      "create view a",
    ],
  },
  {
    name: "a view whose column gets another type",
    users: [{ age: "int" }, { age: "bigint" }],
    files: [
      { "ages.sql": "CREATE VIEW ages AS SELECT age FROM users" },
      { "ages.sql": "CREATE VIEW ages AS SELECT age FROM users" },
    ],
    operations: ["drop view ages", "alter column users.age (type integer to bigint)", "create view ages"],
  },
  {
    name: "views of a column that comes and of one that goes",
    users: [{ old: "text" }, { fresh: "text" }],
    options: { noRenames: true },
    files: [
      {
        "v.sql": "CREATE VIEW v AS SELECT id FROM users WHERE old IS NULL",
        "star.sql": "CREATE VIEW star AS SELECT * FROM users",
      },
      {
        "v.sql": "CREATE VIEW v AS SELECT id FROM users WHERE fresh IS NULL",
        "star.sql": "CREATE VIEW star AS SELECT * FROM users",
      },
    ],
    operations: [
      "drop view v",
      "drop view star",
      "add column users.fresh",
      "drop column users.old",
      "create view star",
      "create view v",
    ],
  },
  {
    name: "a function of another signature in the same file, with a view that calls it",
    isQuick: true,
    files: [
      {
        "total.sql": "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS $$ SELECT a + 1 $$",
        "totals.sql": "CREATE VIEW totals AS SELECT total(id) AS n FROM users",
      },
      {
        "total.sql": "CREATE FUNCTION total(a bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT a + 1 $$",
        "totals.sql": "CREATE VIEW totals AS SELECT total(id) AS n FROM users",
      },
    ],
    operations: ["drop view totals", "drop function total", "create function total", "create view totals"],
  },
  {
    name: "a function with another result, another name of an argument, or one default less",
    files: [
      {
        "a.sql": "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$",
        "b.sql": "CREATE FUNCTION b(x int) RETURNS int LANGUAGE sql AS $$ SELECT x $$",
        "c.sql": "CREATE FUNCTION c(x int DEFAULT 1) RETURNS int LANGUAGE sql AS $$ SELECT x $$",
        "d.sql": "CREATE FUNCTION d(x int) RETURNS int LANGUAGE sql AS $$ SELECT x $$",
      },
      {
        "a.sql": "CREATE FUNCTION a() RETURNS text LANGUAGE sql AS $$ SELECT '1' $$",
        "b.sql": "CREATE FUNCTION b(y int) RETURNS int LANGUAGE sql AS $$ SELECT y $$",
        "c.sql": "CREATE FUNCTION c(x int) RETURNS int LANGUAGE sql AS $$ SELECT x $$",
        "d.sql": "CREATE FUNCTION d(x int DEFAULT 2) RETURNS int LANGUAGE sql AS $$ SELECT x $$",
      },
    ],
    operations: [
      "drop function a",
      "drop function b",
      "drop function c",
      "create function a",
      "create function b",
      "create function c",
      "create function d",
    ],
  },
  {
    name: "a function that returns rows of a view that changes",
    files: [
      {
        "f.sql": "CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS $$ SELECT * FROM v $$",
        "v.sql": "CREATE VIEW v AS SELECT id, name FROM users",
        "w.sql": "CREATE VIEW w AS SELECT f.id FROM f()",
      },
      {
        "f.sql": "CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS $$ SELECT * FROM v $$",
        "v.sql": "CREATE VIEW v AS SELECT id FROM users",
        "w.sql": "CREATE VIEW w AS SELECT f.id FROM f()",
      },
    ],
    operations: [
      "drop view w",
      "drop function f",
      "drop view v",
      "create view v",
      "create function f",
      "create view w",
    ],
  },
  {
    name: "functions that call one another, and a trigger on a view",
    files: [
      {},
      {
        "a.sql": "CREATE FUNCTION a() RETURNS int LANGUAGE sql AS $$ SELECT b() $$",
        "b.sql": "CREATE FUNCTION b() RETURNS int LANGUAGE sql AS $$ SELECT count(*)::int FROM v $$",
        "t.sql": "CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch()",
        "touch.sql": touch,
        "v.sql": "CREATE VIEW v AS SELECT id, name FROM users",
      },
    ],
    operations: [
      "create view v",
      "create function b",
      "create function a",
      "create function touch",
      "create trigger t on v",
    ],
  },
  {
    name: "a view with a trigger that is made anew",
    files: [
      {
        "t.sql": "CREATE TRIGGER t INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION touch()",
        "touch.sql": touch,
        "v.sql": "CREATE VIEW v AS SELECT id, name FROM users",
      },
      {
        "t.sql": "CREATE TRIGGER t INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION touch()",
        "touch.sql": touch,
        "v.sql": "CREATE VIEW v AS SELECT name FROM users",
      },
    ],
    operations: ["drop view v", "create view v", "create trigger t on v"],
  },
  {
    name: "removed files: reported, and left alone",
    isQuick: true,
    files: [
      {
        "total.sql": "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$",
        "touch.sql": touch,
        "t.sql": touchTrigger,
        "v.sql": "CREATE VIEW v AS SELECT id FROM users",
      },
      { "touch.sql": touch },
    ],
    operations: [],
    drift: ["trigger users.users_touch", "view v", "function total(a integer)"],
  },
  {
    name: "removed files: dropped where somebody says so",
    files: [
      {
        "total.sql": "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$",
        "touch.sql": touch,
        "t.sql": touchTrigger,
        "v.sql": "CREATE VIEW v AS SELECT total(id) AS n FROM users",
      },
      { "touch.sql": touch },
    ],
    options: { drops: ["function total(a integer)", "trigger users.users_touch", "view v"] },
    operations: ["drop view v", "drop trigger users_touch on users", "drop function total"],
  },
  {
    name: "other layout and comments: no difference",
    files: [
      { "touch.sql": touch, "t.sql": touchTrigger, "v.sql": "CREATE VIEW v AS SELECT id FROM users" },
      {
        "touch.sql": `/* Trims */ ${touch.replace("BEGIN\n", "BEGIN\n    -- the name\n")}`,
        "t.sql": `-- On users\n${touchTrigger.replace(" ON", "\n  ON")}`,
        "v.sql": "create or replace view v as\n  select id -- the key\n  from users;\n",
      },
    ],
    operations: [],
  },
  {
    name: "a moved file: no difference",
    files: [
      { "total.sql": "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$" },
      { "functions/total.sql": "CREATE FUNCTION total(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$" },
    ],
    operations: [],
  },
  {
    name: "overloads in files of their own, of which one changes and one is removed",
    files: [
      {
        "a.sql": "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$ SELECT a $$",
        "b.sql": "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS $$ SELECT length(a) $$",
      },
      { "b.sql": "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$" },
    ],
    operations: ["create function f"],
    drift: ["function f(a integer)"],
  },
  {
    name: "two schemas and quoted names",
    setup: 'CREATE SCHEMA "Reports"; CREATE TABLE "Reports"."Other" (id int)',
    files: [
      { "v.sql": 'CREATE VIEW "Reports"."Named users" AS SELECT id AS "The id" FROM users' },
      {
        "v.sql": 'CREATE VIEW "Reports"."Named users" AS SELECT id AS "The id", name FROM users',
        "w.sql": 'CREATE VIEW w AS SELECT "The id" FROM "Reports"."Named users"',
        "f.sql":
          'CREATE FUNCTION "Reports"."Fn"("A b" int) RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM w $$',
      },
    ],
    operations: ["replace view Reports.Named users", "create view w", "create function Reports.Fn"],
  },
  {
    name: "modules that export their SQL",
    files: [
      {
        "v.ts":
          "const columns: readonly string[] = ['id'];\nexport const definition = `CREATE VIEW v AS SELECT ${columns.join(', ')} FROM users`;\n",
        "notes.md": "Nothing.",
        "v.d.ts": "export {};",
      },
      {
        "v.ts":
          "const columns: readonly string[] = ['id', 'name'];\nexport const definition = `CREATE VIEW v AS SELECT ${columns.join(', ')} FROM users`;\n",
      },
    ],
    operations: ["replace view v"],
  },
  {
    name: "a database that was changed by hand: brought back to what the file says",
    files: [
      { "v.sql": "CREATE VIEW v AS SELECT id FROM users" },
      { "v.sql": "CREATE VIEW v AS SELECT id FROM users" },
    ],
    byHand: "CREATE OR REPLACE VIEW v AS SELECT id FROM users WHERE id > 1",
    operations: ["replace view v"],
  },
  {
    name: "a materialized view keeps its indexes and its comment, and becomes a view",
    files: [
      {
        "m.sql": "CREATE MATERIALIZED VIEW m AS SELECT id, name FROM users",
        "n.sql": "CREATE MATERIALIZED VIEW n AS SELECT id FROM users",
      },
      {
        "m.sql": "CREATE MATERIALIZED VIEW m AS SELECT id, name FROM users WHERE id > 0",
        "n.sql": "CREATE VIEW n AS SELECT id FROM users",
      },
    ],
    byHand: "CREATE UNIQUE INDEX ix_m ON m (id); COMMENT ON MATERIALIZED VIEW m IS 'kept'",
    operations: [
      "drop materialized view n",
      "drop materialized view m",
      "create materialized view m",
      "create index ix_m on m",
      "create view n",
      "execute",
    ],
  },
  {
    name: "a procedure, and a view with options, a list of columns and a check",
    files: [
      {
        "p.sql":
          "CREATE PROCEDURE p(n int) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users WHERE id = n; END $$",
      },
      {
        "p.sql":
          "CREATE PROCEDURE p(n int) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users WHERE id > n; END $$",
        "v.sql":
          "CREATE VIEW v WITH (security_barrier) AS SELECT id, name FROM users WHERE id > 0 WITH LOCAL CHECK OPTION",
        "w.sql": "CREATE VIEW w (a, b) AS SELECT id, name FROM users",
      },
    ],
    operations: ["create function p", "create view v", "create view w"],
  },
  {
    name: "a check that calls a function of another result",
    setup: "CREATE FUNCTION fit(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t <> '' $$",
    files: [
      {},
      {
        "fit.sql":
          "CREATE FUNCTION fit(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t <> 'x' $$",
      },
    ],
    operations: ["create function fit"],
  },
  {
    name: "a view whose column is renamed",
    users: [{ name: "text" }, { full_name: "text" }],
    options: { renames: ["users.name:users.full_name"] },
    files: [
      { "v.sql": "CREATE VIEW v AS SELECT id, name FROM users", "w.sql": "CREATE VIEW w AS SELECT * FROM v" },
      {
        "v.sql": "CREATE VIEW v AS SELECT id, full_name AS name FROM users",
        "w.sql": "CREATE VIEW w AS SELECT * FROM v",
      },
    ],
    operations: ["alter column users.name (name full_name)", "replace view v"],
  },
  {
    name: "a view of no file between two of files",
    files: [
      { "a.sql": "CREATE VIEW a AS SELECT id, name FROM users" },
      { "a.sql": "CREATE VIEW a AS SELECT id FROM users", "c.sql": "CREATE VIEW c AS SELECT * FROM b" },
    ],
    byHand: "CREATE VIEW b AS SELECT id FROM a",
    operations: ["drop view b", "drop view a", "create view a", "create view b", "create view c"],
    drift: ["view b"],
  },
  {
    name: "texts with backticks, dollars, backslashes, quotes and other line ends",
    files: [
      {},
      {
        "f.sql":
          "CREATE FUNCTION f(t text) RETURNS text LANGUAGE sql AS $q$\r\n  SELECT t || '`${x}` \\d \\\\ ''a''' || $$ $1 $$ -- `\r\n$q$",
        "v.sql": "CREATE VIEW v AS SELECT f('`${1}\\') AS a, E'\\n' AS b FROM users",
      },
    ],
    operations: ["create function f", "create view v"],
  },
  {
    name: "a schema that only a file names",
    files: [{}, { "v.sql": "CREATE VIEW reports.v AS SELECT id FROM users" }],
    operations: ["create schema reports", "create view reports.v"],
  },
  {
    name: "a function of another result that a check, an index, a policy and a trigger call",
    files: [
      {
        "f.sql": "CREATE FUNCTION f(t text) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT length(t) $$",
        "touch.sql": touch,
      },
      {
        "f.sql": "CREATE FUNCTION f(t text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT length(t) $$",
        "touch.sql": touch,
      },
    ],
    byHand: `ALTER TABLE users ADD CONSTRAINT c CHECK (f(name) > 0); CREATE INDEX i ON users (f(name));
      CREATE POLICY p ON users USING (f(name) > 1);
      CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW WHEN (f(NEW.name) > 2) EXECUTE FUNCTION touch()`,
    operations: [
      "drop policy p on users",
      "drop trigger t on users",
      "drop index i on users",
      "drop constraint c on users",
      "drop function f",
      "create function f",
      "create check constraint c on users",
      "create index i on users",
      "create policy p on users",
      "create trigger t on users",
    ],
    drift: ["constraint users.c", "index users.i", "trigger users.t", "policy users.p"],
  },
  {
    name: "a table of the same revision, with a function of its rows and a trigger",
    users: [{ name: "text" }, { name: "text", age: "int" }],
    files: [
      {},
      {
        "a.sql": "CREATE FUNCTION a(u users) RETURNS int LANGUAGE sql AS $$ SELECT u.age $$",
        "b.sql":
          "CREATE FUNCTION b() RETURNS SETOF users LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM users WHERE age > 1; END $$",
        "c.sql": "CREATE VIEW c AS SELECT a(u) AS age FROM users u",
        "d.sql": "CREATE FUNCTION d() RETURNS int RETURN (SELECT max(age) FROM c)",
        "t.sql":
          "CREATE TRIGGER t AFTER INSERT ON users REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION touch()",
        "touch.sql": touch,
      },
    ],
    operations: [
      "add column users.age",
      "create function a",
      "create function b",
      "create view c",
      "create function d",
      "create function touch",
      "create trigger t on users",
    ],
  },
  {
    name: "functions that defaults of entities call, in the same revision",
    users: [
      { code: ["text", "new_code()"] },
      { code: ["text", "new_code()"], place: ["int", "app.next_place(1)"] },
    ],
    setup: "CREATE SCHEMA app",
    files: [
      { "new_code.sql": "CREATE FUNCTION new_code() RETURNS text LANGUAGE sql AS $$ SELECT md5('a') $$" },
      {
        "new_code.sql": "CREATE FUNCTION new_code() RETURNS text LANGUAGE sql AS $$ SELECT md5('b') $$",
        "next_place.sql": "CREATE FUNCTION app.next_place(n int) RETURNS int LANGUAGE sql AS $$ SELECT n $$",
      },
    ],
    operations: ["create function new_code", "create function app.next_place", "add column users.place"],
  },
  {
    name: "two hundred views in a chain",
    files: [
      {},
      Object.fromEntries(
        chain.map((name, at) => [
          `${name}.sql`,
          `CREATE VIEW ${name} AS SELECT id FROM ${chain[at + 1] ?? "users"}`,
        ]),
      ),
    ],
    operations: chain.toReversed().map((name) => `create view ${name}`),
  },
];
