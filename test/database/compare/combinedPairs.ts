import type { SchemaPair } from "./pairs";

/** Several changes that meet in one place. */
export const combinedPairs: readonly SchemaPair[] = [
  {
    name: "a column under a materialised view and a view on that",
    before:
      "CREATE TABLE t (a varchar(5)); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX mi ON m (a); CREATE VIEW v AS SELECT a FROM m",
    after:
      "CREATE TABLE t (a varchar(50)); CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX mi ON m (a); CREATE VIEW v AS SELECT a FROM m",
  },
  {
    name: "a renamed table with renamed columns, one referenced and one under a generated column",
    before:
      "CREATE TABLE a (id int PRIMARY KEY, x int, g int GENERATED ALWAYS AS (x * 2) STORED); CREATE TABLE b (a_id int REFERENCES a (id))",
    after:
      "CREATE TABLE aa (idd int PRIMARY KEY, xx int, g int GENERATED ALWAYS AS (xx * 2) STORED); CREATE TABLE b (a_id int REFERENCES aa (idd))",
    options: { renames: ["a:aa", "a.id:aa.idd", "a.x:xx"] },
  },
  {
    name: "a value that goes, in the default of an array",
    before: "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (x e[] DEFAULT '{a,c}', y e DEFAULT 'c')",
    after: "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e[] DEFAULT '{a}', y e DEFAULT 'a')",
  },
  {
    name: "a value that comes, in the default of an array of a new table",
    before: "CREATE TYPE e AS ENUM ('a')",
    after: "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e[] NOT NULL DEFAULT '{b}')",
    warnings: ["autocommit"],
  },
  {
    name: "a key that references itself changes its type",
    before: "CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t)",
    after: "CREATE TABLE t (id uuid PRIMARY KEY, p uuid REFERENCES t)",
  },
  {
    name: "a column that a check, a unique constraint and an exclusion share with another one goes",
    before:
      "CREATE TABLE t (a int, b int, c int, CONSTRAINT k CHECK (a < b), CONSTRAINT u UNIQUE (a, b), CONSTRAINT ex EXCLUDE USING gist (int4range(a, b) WITH &&))",
    after: "CREATE TABLE t (a int, c int)",
  },
  {
    name: "characters, intervals, bits, times and money",
    before: 'CREATE TABLE t (a char(3), b interval, c bit(3), d time, e "char", f name, g money DEFAULT 0)',
    after:
      "CREATE TABLE t (a char(5), b interval hour to minute, c bit varying(5), d timetz, e text, f text, g numeric DEFAULT 0)",
  },
  {
    name: "operator classes of an extension in a schema of its own",
    before: "CREATE SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext; CREATE TABLE t (a text)",
    after:
      "CREATE SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext; CREATE TABLE t (a text); CREATE INDEX i ON t USING gin (a ext.gin_trgm_ops); CREATE INDEX j ON t USING gist (a ext.gist_trgm_ops (siglen = 32))",
  },
  {
    name: "a table that inherits follows its parent",
    before: "CREATE TABLE p (id int, a text); CREATE TABLE c (b int) INHERITS (p)",
    after: "CREATE TABLE p (id int, a varchar, z int); CREATE TABLE c (b bigint) INHERITS (p)",
  },
  {
    name: "a unique key under a foreign key moves to another column, and the foreign key with it",
    before:
      "CREATE TABLE p (a int, b int, CONSTRAINT u UNIQUE (a)); CREATE TABLE c (a int CONSTRAINT f REFERENCES p (a))",
    after:
      "CREATE TABLE p (a int, b int, CONSTRAINT u UNIQUE (b)); CREATE TABLE c (a int CONSTRAINT f REFERENCES p (b))",
  },
  {
    name: "serial becomes a wider identity; an identity goes",
    before: "CREATE TABLE t (a smallserial, b int GENERATED ALWAYS AS IDENTITY)",
    after: "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY, b int)",
  },
];
