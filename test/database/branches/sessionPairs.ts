import { branchCase, type BranchCase } from "./corpus";

/** A statement with the database's name or the role's in place of `%I`. */
const named = (statement: string, name: "current_database()" | "current_user"): string =>
  `DO $do$ BEGIN EXECUTE pg_catalog.format($sql$${statement}$sql$, ${name}); END $do$`;

const roleSchema = "CREATE SCHEMA AUTHORIZATION CURRENT_USER";
const newDatabasePath = named("ALTER DATABASE %I SET search_path = app, public", "current_database()");
const newRolePath = named(
  "ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = app, public",
  "current_database()",
);

/** What both branches of each pair of `pathPairs` stand on: a session searches the role's schema, if there is one, and then `public`. */
export const pathShared: readonly string[] = [
  "CREATE SCHEMA app",
  "CREATE TYPE mood AS ENUM ('ok')",
  "CREATE TABLE users (id integer, name text)",
  "CREATE TABLE app.notes (id integer)",
  "CREATE VIEW user_names AS SELECT name FROM users",
];

/** Pairs of branches of which one changes where the other's names are looked up. The verdicts are PostgreSQL's. */
export const pathPairs: readonly BranchCase[] = [
  branchCase("the role's schema, and a table", roleSchema, "CREATE TABLE t (id integer)", "differs"),
  branchCase("a table, and the role's schema", "CREATE TABLE t (id integer)", roleSchema, "differs"),
  branchCase(
    "the role's schema, and a table of another one",
    roleSchema,
    "CREATE TABLE app.t (id integer)",
    "commutes",
  ),
  branchCase("the role's schema, and a column", roleSchema, "ALTER TABLE users ADD x integer", "commutes"),
  branchCase("the role's schema, and an index", roleSchema, "CREATE INDEX ix ON users (name)", "commutes"),
  branchCase("the role's schema, and a view", roleSchema, "CREATE VIEW v AS SELECT 1 AS one", "differs"),
  branchCase(
    "the role's schema, and a function",
    roleSchema,
    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "differs",
  ),
  branchCase("the role's schema, and a type", roleSchema, "CREATE TYPE t AS ENUM ('a')", "differs"),
  branchCase("the role's schema, and a sequence", roleSchema, "CREATE SEQUENCE s", "differs"),
  branchCase("the role's schema, and one of another name", roleSchema, "CREATE SCHEMA other", "commutes"),
  branchCase(
    "a table in the role's schema, and a column of its namesake",
    `${roleSchema} CREATE TABLE users (id integer)`,
    "ALTER TABLE users ADD x integer",
    "differs",
  ),
  branchCase(
    "a type in the role's schema, and a column of its namesake",
    [roleSchema, named("CREATE TYPE %I.mood AS ENUM ('x')", "current_user")],
    "ALTER TABLE users ADD mood mood",
    "differs",
  ),
  branchCase(
    "a schema that gets the role's name, and a table",
    named("ALTER SCHEMA app RENAME TO %I", "current_user"),
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase(
    "a schema that gets another name, and a table",
    "ALTER SCHEMA app RENAME TO other",
    "CREATE TABLE t (id integer)",
    "commutes",
  ),
  branchCase(
    "a search path of the database, and a table",
    newDatabasePath,
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase("a search path of the role, and a table", newRolePath, "CREATE TABLE t (id integer)", "differs"),
  branchCase(
    "a search path of the database, and a table of a named schema",
    newDatabasePath,
    "CREATE TABLE public.t (id integer)",
    "commutes",
  ),
  branchCase(
    "a search path of the database, and a column",
    newDatabasePath,
    "ALTER TABLE users ADD x integer",
    "commutes",
  ),
  branchCase(
    "a time zone of the database, and a default",
    named("ALTER DATABASE %I SET timezone = 'Asia/Tokyo'", "current_database()"),
    "ALTER TABLE users ADD x timestamptz DEFAULT '2024-01-01 00:00'",
    "differs",
  ),
  branchCase(
    "two search paths of the database",
    newDatabasePath,
    named("ALTER DATABASE %I SET search_path = public", "current_database()"),
    "differs",
  ),
  branchCase(
    "a search path that stays set, and a table",
    "SET search_path = app, public",
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase(
    "a search path that a function sets, and a table",
    "SELECT set_config('search_path', 'app', false)",
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase(
    "a search path of one transaction, and a table",
    ["SET LOCAL search_path = app", "CREATE TABLE s (id integer)"],
    "CREATE TABLE t (id integer)",
    "commutes",
  ),
  branchCase(
    "a search path that a function sets for one transaction, and a table",
    ["SELECT set_config('search_path', 'app', true)", "CREATE TABLE s (id integer)"],
    "CREATE TABLE t (id integer)",
    "commutes",
  ),
  branchCase(
    "a search path that is set and taken back, and a table",
    ["SET search_path = app", "CREATE TABLE s (id integer)", "SET search_path TO DEFAULT"],
    "CREATE TABLE t (id integer)",
    "commutes",
  ),
  branchCase(
    "a tablespace that stays set, and a table",
    "SET default_tablespace = pg_default",
    "CREATE TABLE t (id integer)",
    "commutes",
  ),
  branchCase(
    "a temporary table, and a column of its namesake",
    "CREATE TEMP TABLE users (id integer)",
    "ALTER TABLE users ADD x integer",
    "differs",
  ),
  branchCase(
    "a temporary table, and a view of its namesake",
    "CREATE TEMP TABLE users (id integer, name text)",
    "CREATE VIEW v AS SELECT name FROM users",
    "differs",
  ),
  branchCase(
    "a temporary view, and the view itself",
    "CREATE TEMP VIEW user_names AS SELECT 1 AS one",
    "DROP VIEW user_names",
    "differs",
  ),
  branchCase(
    "a temporary table for the time of a transaction, and a column of its namesake",
    "CREATE TEMP TABLE users (id integer) ON COMMIT DROP",
    "ALTER TABLE users ADD x integer",
    "commutes",
  ),
];

/** As `pathShared`, with a search path of the database that has `app` before `public`. */
export const shadowShared: readonly string[] = [
  "CREATE SCHEMA app",
  newDatabasePath,
  "CREATE TYPE public.mood AS ENUM ('ok')",
  "CREATE DOMAIN public.zip AS text",
  "CREATE SEQUENCE public.numbers",
  "CREATE TABLE public.users (id integer, name text, zip text)",
  "CREATE VIEW public.names AS SELECT name FROM public.users",
  "CREATE FUNCTION public.label(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT t'",
  "CREATE FUNCTION public.same(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a = b'",
  "CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = public.same)",
  "CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
  'CREATE COLLATION public.plain FROM "C"',
];

/** Pairs of branches of which one makes what hides something that the other names. The verdicts are PostgreSQL's. */
export const shadowPairs: readonly BranchCase[] = [
  branchCase(
    "a table that is hidden",
    "CREATE TABLE app.users (id integer)",
    "ALTER TABLE users ADD x integer",
    "differs",
  ),
  branchCase(
    "a table that is hidden, named in full",
    "CREATE TABLE app.users (id integer)",
    "ALTER TABLE public.users ADD x integer",
    "commutes",
  ),
  branchCase(
    "a table that is hidden by a view",
    "CREATE VIEW app.users AS SELECT 1 AS id",
    "CREATE INDEX ix ON users (id)",
    "refused",
  ),
  branchCase(
    "a table that is hidden by one of the other branch's",
    "CREATE TABLE users (id integer, name text)",
    "CREATE VIEW v AS SELECT name FROM users",
    "differs",
  ),
  branchCase(
    "a table that moves before its namesake",
    "ALTER TABLE public.users SET SCHEMA app",
    "CREATE VIEW v AS SELECT name FROM users",
    "commutes",
  ),
  branchCase(
    "a type that is hidden",
    "CREATE TYPE app.mood AS ENUM ('bad')",
    "ALTER TABLE users ADD mood mood",
    "differs",
  ),
  branchCase(
    "a type that is hidden by a table",
    "CREATE TABLE app.mood (id integer)",
    "ALTER TABLE users ADD mood mood",
    "differs",
  ),
  branchCase(
    "a domain that is hidden",
    "CREATE DOMAIN app.zip AS integer",
    "CREATE TABLE t (zip zip)",
    "differs",
  ),
  branchCase(
    "a sequence that is hidden",
    "CREATE SEQUENCE app.numbers",
    "ALTER TABLE users ALTER id SET DEFAULT nextval('numbers')",
    "differs",
  ),
  branchCase(
    "a collation that is hidden",
    'CREATE COLLATION app.plain FROM "POSIX"',
    "ALTER TABLE users ADD x text COLLATE plain",
    "differs",
  ),
  branchCase(
    "a function that is hidden",
    "CREATE FUNCTION app.label(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(t)'",
    "CREATE VIEW v AS SELECT label(name) FROM users",
    "differs",
  ),
  branchCase(
    "a function that another one fits better",
    "CREATE FUNCTION app.label(t varchar) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(t)'",
    "CREATE VIEW v AS SELECT label(name::varchar) FROM users",
    "differs",
  ),
  branchCase(
    "a trigger's function that is hidden",
    "CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    "differs",
  ),
  branchCase(
    "a function of PostgreSQL's own, which nothing hides",
    "CREATE FUNCTION app.upper(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT t'",
    "CREATE VIEW v AS SELECT upper(name) FROM users",
    "commutes",
  ),
  branchCase(
    "an operator that is hidden",
    "CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = public.same)",
    "ALTER TABLE users ADD CHECK (name === zip)",
    "differs",
  ),
  branchCase(
    "an operator of PostgreSQL's own with other types",
    [
      "CREATE FUNCTION app.plus(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a || b'",
      "CREATE OPERATOR app.+ (LEFTARG = text, RIGHTARG = text, FUNCTION = app.plus)",
    ],
    "CREATE VIEW v AS SELECT name + zip AS both FROM users",
    "refused",
  ),
  branchCase(
    "a cast, and a default that needs it",
    ["CREATE CAST (integer AS public.mood) WITH INOUT AS ASSIGNMENT"],
    "ALTER TABLE users ADD mood mood DEFAULT 1",
    "refused",
  ),
  branchCase(
    "a schema of the path that goes, and a table",
    "DROP SCHEMA app",
    "CREATE TABLE t (id integer)",
    "refused",
  ),
  branchCase(
    "a schema of the path that gets another name, and a table",
    "ALTER SCHEMA app RENAME TO other",
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase(
    "a search path of the database that goes, and a table",
    named("ALTER DATABASE %I RESET search_path", "current_database()"),
    "CREATE TABLE t (id integer)",
    "differs",
  ),
  branchCase("two tables", "CREATE TABLE t (id integer)", "CREATE TABLE public.s (id integer)", "commutes"),
];
