import type { CompareOptions } from "../../../src/autogenerate/compare/compareOptions";

/** Two schemas as DDL: what the database has, and what the entities want. */
export interface SchemaPair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly options?: CompareOptions;
  /** Rows for the database before the upgrade; a query then gives `kept` after it. */
  readonly rows?: string;
  readonly query?: string;
  readonly kept?: readonly (readonly unknown[])[];
  /** What the way up has to consist of, as kinds of operations. */
  readonly upgrade?: readonly string[];
  /** Codes of its warnings. */
  readonly warnings?: readonly string[];
  /** PostgreSQL from this version on. */
  readonly since?: number;
}

const mood = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');";

export const columnPairs: readonly SchemaPair[] = [
  {
    name: "no difference",
    before: "CREATE TABLE t (id serial PRIMARY KEY, a int DEFAULT 1 + 1, s varchar(50))",
    after: "CREATE TABLE t (s character varying(50), a integer DEFAULT (1 + 1), id serial PRIMARY KEY)",
    upgrade: [],
  },
  {
    name: "a column comes",
    before: "CREATE TABLE t (id serial PRIMARY KEY)",
    after:
      "CREATE TABLE t (id serial PRIMARY KEY, s varchar(50) DEFAULT 'it''s' NOT NULL, n numeric(10,2) DEFAULT 0.5)",
    upgrade: ["addColumn", "addColumn"],
    warnings: [],
  },
  {
    name: "a column goes",
    before: "CREATE TABLE t (id int, a int UNIQUE, b text); CREATE INDEX ix_b ON t (b, id) WHERE b <> ''",
    after: "CREATE TABLE t (id int)",
    upgrade: ["dropIndex", "dropConstraint", "dropColumn", "dropColumn"],
    warnings: ["data-loss", "data-loss"],
  },
  {
    name: "a column without NULL and without a default comes to a table with no rows",
    before: "CREATE TABLE t (id int)",
    after: "CREATE TABLE t (id int, name text NOT NULL)",
    upgrade: ["addColumn", "alterColumn"],
    warnings: ["backfill"],
  },
  {
    name: "a serial, an identity and a generated column come to a table with rows",
    before: "CREATE TABLE t (a int)",
    after:
      "CREATE TABLE t (a int, id serial PRIMARY KEY, i bigint GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS (a * 2) STORED)",
    rows: "INSERT INTO t VALUES (5), (6)",
    query: "SELECT a, id, i::int, g FROM t ORDER BY a",
    kept: [
      [5, 1, 1, 10],
      [6, 2, 2, 12],
    ],
  },
  {
    name: "varchar gets longer, shorter, unlimited, and becomes text",
    before: "CREATE TABLE t (a varchar(50), b varchar(50), c varchar(50), d varchar(50) DEFAULT 'x')",
    after: "CREATE TABLE t (a varchar(100), b varchar(10), c varchar, d text DEFAULT 'x')",
    rows: "INSERT INTO t VALUES ('a', 'b', 'c', 'd')",
    query: "SELECT a, b, c, d FROM t",
    kept: [["a", "b", "c", "d"]],
    upgrade: ["alterColumn", "alterColumn", "alterColumn", "alterColumn"],
    warnings: ["may-fail"],
  },
  {
    name: "integers get wider and narrower",
    before: "CREATE TABLE t (a int NOT NULL DEFAULT 7, b bigint, c smallint)",
    after: "CREATE TABLE t (a bigint NOT NULL DEFAULT 7, b int, c numeric(10,2))",
    rows: "INSERT INTO t VALUES (1, 2, 3)",
    query: "SELECT a::int, b, c::text FROM t",
    kept: [[1, 2, "3.00"]],
    warnings: ["rewrite", "may-fail", "rewrite"],
  },
  {
    name: "numbers lose digits",
    before: "CREATE TABLE t (a numeric(10,4), b numeric, c double precision, d timestamp(6))",
    after: "CREATE TABLE t (a numeric(10,2), b numeric(8,3), c integer, d timestamp(0))",
    warnings: ["data-loss", "data-loss", "data-loss", "data-loss"],
  },
  {
    name: "a timestamp gets a time zone",
    before: "CREATE TABLE t (a timestamp DEFAULT now(), b timestamptz)",
    after: "CREATE TABLE t (a timestamptz DEFAULT now(), b timestamp)",
    upgrade: ["alterColumn", "alterColumn"],
  },
  {
    name: "text becomes a number, a boolean, a date, a uuid, JSON",
    before: "CREATE TABLE t (a text DEFAULT '1', b varchar, c text, d text, e text, f json)",
    after: "CREATE TABLE t (a integer DEFAULT 1, b boolean, c date, d uuid, e jsonb, f jsonb)",
    rows: "INSERT INTO t VALUES ('12', 'true', '2020-01-02', '7d444840-9dc0-11d1-b245-5ffdce74fad2', '{\"a\": 1}', '[]')",
    query: "SELECT a, b, c::text, d::text, e::text, f::text FROM t",
    kept: [[12, true, "2020-01-02", "7d444840-9dc0-11d1-b245-5ffdce74fad2", '{"a": 1}', "[]"]],
  },
  {
    name: "anything becomes text",
    before: "CREATE TABLE t (a integer DEFAULT 3, b boolean, c jsonb, d uuid)",
    after: "CREATE TABLE t (a text DEFAULT '3', b varchar, c text, d text)",
    rows: "INSERT INTO t VALUES (1, true, '[1]', NULL)",
    query: "SELECT a, b, c, d FROM t",
    kept: [["1", "true", "[1]", null]],
  },
  {
    name: "types that know no cast of one another, with no rows",
    before: "CREATE TABLE t (id serial PRIMARY KEY, a point)",
    after: "CREATE TABLE t (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, a inet)",
  },
  {
    name: "a value becomes an array",
    before: "CREATE TABLE t (a text, b int, c varchar(20)[])",
    after: "CREATE TABLE t (a text[], b bigint[], c text[])",
    rows: "INSERT INTO t VALUES ('x', 1, '{p,q}'), (NULL, NULL, NULL)",
    query: "SELECT a::text, b::text, c::text FROM t ORDER BY a",
    kept: [
      ["{x}", "{1}", "{p,q}"],
      [null, null, null],
    ],
  },
  {
    name: "an array becomes its first value",
    before: "CREATE TABLE t (a text[])",
    after: "CREATE TABLE t (a text)",
    warnings: ["data-loss"],
  },
  {
    name: "nullability changes",
    before: "CREATE TABLE t (a int, b int NOT NULL)",
    after: "CREATE TABLE t (a int NOT NULL, b int)",
    upgrade: ["alterColumn", "alterColumn"],
    warnings: ["backfill"],
  },
  {
    name: "defaults come, change and go",
    before:
      "CREATE TABLE t (a int, b text DEFAULT 'x', c boolean DEFAULT true, d timestamptz DEFAULT now(), e json DEFAULT '{}')",
    after:
      "CREATE TABLE t (a int DEFAULT 5, b text DEFAULT 'y', c boolean, d timestamptz DEFAULT (now() + interval '1 day'), e json DEFAULT '[]')",
    upgrade: ["alterColumn", "alterColumn", "alterColumn", "alterColumn", "alterColumn"],
  },
  {
    name: "a collation comes and goes",
    before: 'CREATE TABLE t (a text, b text COLLATE "C")',
    after: 'CREATE TABLE t (a text COLLATE "C", b text)',
    upgrade: ["alterColumn", "alterColumn"],
  },
  {
    name: "comments of tables and columns come, change and go",
    before:
      "CREATE TABLE t (a int, b int, c int); COMMENT ON COLUMN t.a IS 'x'; COMMENT ON COLUMN t.b IS 'y'; COMMENT ON TABLE t IS 'z'",
    after:
      "CREATE TABLE t (a int, b int, c int); COMMENT ON COLUMN t.b IS 'it''s'; COMMENT ON COLUMN t.c IS 'new'; CREATE TABLE u (); COMMENT ON TABLE u IS 'u'",
    upgrade: ["createTable", "alterColumn", "alterColumn", "alterColumn", "dropTableComment"],
  },
  {
    name: "serial becomes identity, with rows",
    before: "CREATE TABLE t (id serial PRIMARY KEY)",
    after: "CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
    rows: "INSERT INTO t SELECT FROM generate_series(1, 3)",
    query: "INSERT INTO t DEFAULT VALUES RETURNING id",
    kept: [[4]],
  },
  {
    name: "identity becomes serial",
    before: "CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
    after: "CREATE TABLE t (id serial PRIMARY KEY)",
  },
  {
    name: "a plain column becomes serial, and identity",
    before: "CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT 3 NOT NULL)",
    after: "CREATE TABLE t (id serial PRIMARY KEY, n bigint GENERATED ALWAYS AS IDENTITY)",
    rows: "INSERT INTO t VALUES (8, 9)",
    query: "INSERT INTO t DEFAULT VALUES RETURNING id, n::int",
    kept: [[9, 10]],
  },
  {
    name: "serial becomes a plain column",
    before: "CREATE TABLE t (id serial PRIMARY KEY, n serial)",
    after: "CREATE TABLE t (id integer PRIMARY KEY, n integer DEFAULT 4)",
  },
  {
    name: "serial becomes bigserial, with a foreign key",
    before: "CREATE TABLE p (id serial PRIMARY KEY); CREATE TABLE c (p_id int REFERENCES p)",
    after: "CREATE TABLE p (id bigserial PRIMARY KEY); CREATE TABLE c (p_id bigint REFERENCES p)",
    rows: "INSERT INTO p DEFAULT VALUES; INSERT INTO c VALUES (1)",
    query: "SELECT p_id::int FROM c",
    kept: [[1]],
  },
  {
    name: "identity changes its kind and options, and its type",
    before:
      "CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY, b int GENERATED ALWAYS AS IDENTITY, c int GENERATED ALWAYS AS IDENTITY)",
    after:
      "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 5), c bigint GENERATED ALWAYS AS IDENTITY)",
  },
  {
    name: "a generated column comes, changes and goes",
    before:
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int GENERATED ALWAYS AS (a + 1) STORED, d int)",
    after:
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 3) STORED, c int, d int GENERATED ALWAYS AS (a - 1) STORED)",
    rows: "INSERT INTO t (a) VALUES (10)",
    query: "SELECT b, c, d FROM t",
    kept: [[30, 11, 9]],
  },
  {
    name: "a column under a generated column, a policy, a trigger, a check, an index and a view changes its type",
    before: `CREATE TABLE t (id int PRIMARY KEY, a varchar(20), g text GENERATED ALWAYS AS (upper(a)) STORED, CONSTRAINT c CHECK (length(a) > 1));
      CREATE INDEX ix_g ON t (g); CREATE INDEX ix_a ON t (lower(a));
      CREATE POLICY p ON t USING (a = 'x'); CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT a FROM v;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();`,
    after: `CREATE TABLE t (id int PRIMARY KEY, a text, g text GENERATED ALWAYS AS (upper(a)) STORED, CONSTRAINT c CHECK (length(a) > 1));
      CREATE INDEX ix_g ON t (g); CREATE INDEX ix_a ON t (lower(a));
      CREATE POLICY p ON t USING (a = 'x'); CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT a FROM v;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();`,
    rows: "INSERT INTO t VALUES (1, 'abc')",
    query: "SELECT a, g FROM t",
    kept: [["abc", "ABC"]],
  },
  {
    name: "the key of a foreign key changes to a type of another kind",
    before:
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p_id int CONSTRAINT fk REFERENCES p ON DELETE CASCADE)",
    after:
      "CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE c (p_id text CONSTRAINT fk REFERENCES p ON DELETE CASCADE)",
    rows: "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)",
    query: "SELECT p_id FROM c",
    kept: [["1"]],
  },
  {
    name: "a domain takes a column's type",
    before: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE TABLE t (a text)",
    after: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%'); CREATE TABLE t (a email)",
    upgrade: ["alterColumn"],
    warnings: ["may-fail"],
  },
];

export const renamePairs: readonly SchemaPair[] = [
  {
    name: "a column is renamed",
    before:
      "CREATE TABLE t (id int, name varchar(50) UNIQUE, CHECK (length(name) > 2)); CREATE INDEX ix ON t (lower(name), id) WHERE name <> ''",
    after:
      "CREATE TABLE t (id int, full_name varchar(50) UNIQUE, CHECK (length(full_name) > 2)); CREATE INDEX ix ON t (lower(full_name), id) WHERE full_name <> ''",
    options: { renames: ["t.name:t.full_name"] },
    rows: "INSERT INTO t VALUES (1, 'Ada')",
    query: "SELECT full_name FROM t",
    kept: [["Ada"]],
    upgrade: ["alterColumn", "renameConstraint", "renameConstraint"],
  },
  {
    name: "a column is renamed, gets longer and another one comes",
    before: "CREATE TABLE t (id int, name varchar(50))",
    after: "CREATE TABLE t (id int, full_name varchar(100), bio text)",
    options: { renames: ["t.name:full_name"] },
    rows: "INSERT INTO t VALUES (1, 'Ada')",
    query: "SELECT full_name, bio FROM t",
    kept: [["Ada", null]],
    upgrade: ["alterColumn", "alterColumn", "addColumn"],
  },
  {
    name: "two columns swap their names",
    before: "CREATE TABLE t (a int, b text)",
    after: "CREATE TABLE t (b int, a text)",
    options: { renames: ["t.a:t.b", "t.b:t.a"] },
    rows: "INSERT INTO t VALUES (1, 'x')",
    query: "SELECT a, b FROM t",
    kept: [["x", 1]],
  },
  {
    name: "a column takes the name of one that goes",
    before: "CREATE TABLE t (a int, b text UNIQUE)",
    after: "CREATE TABLE t (b int)",
    options: { renames: ["t.a:t.b"] },
    rows: "INSERT INTO t VALUES (1, 'x')",
    query: "SELECT b FROM t",
    kept: [[1]],
  },
  {
    name: "a table is renamed, with its sequence, key, index and foreign keys",
    before: `CREATE TABLE users (id serial PRIMARY KEY, name text); CREATE INDEX users_name ON users (name);
      CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY, user_id int CONSTRAINT fk REFERENCES users)`,
    after: `CREATE TABLE accounts (id serial PRIMARY KEY, name text); CREATE INDEX accounts_name ON accounts (name);
      CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY, user_id int CONSTRAINT fk REFERENCES accounts)`,
    options: { renames: ["users:accounts"] },
    rows: "INSERT INTO users (name) VALUES ('Ada')",
    query: "SELECT name FROM accounts",
    kept: [["Ada"]],
    upgrade: ["renameTable", "renameObject", "renameConstraint", "renameObject"],
  },
  {
    name: "a table moves to another schema under another name, and a column of it is renamed",
    before: "CREATE TABLE log (id serial PRIMARY KEY, msg text)",
    after: "CREATE SCHEMA audit; CREATE TABLE audit.events (id serial PRIMARY KEY, message text)",
    options: { renames: ["log:audit.events", "log.msg:message"] },
    rows: "INSERT INTO log (msg) VALUES ('x')",
    query: "SELECT message FROM audit.events",
    kept: [["x"]],
  },
  {
    name: "an enum and a value of it are renamed",
    before: `${mood} CREATE TABLE t (m mood DEFAULT 'sad' NOT NULL, CHECK (m <> 'happy'), a mood[])`,
    after: `CREATE TYPE feeling AS ENUM ('unhappy', 'ok', 'happy'); CREATE TABLE t (m feeling DEFAULT 'unhappy' NOT NULL, CHECK (m <> 'happy'), a feeling[])`,
    options: { renames: ["mood:feeling", "mood.sad:unhappy"] },
    rows: "INSERT INTO t VALUES ('sad')",
    query: "SELECT m::text FROM t",
    kept: [["unhappy"]],
    upgrade: ["renameObject", "renameEnumValue"],
  },
  {
    name: "an enum that is named after its column follows the column's rename",
    before: "CREATE TYPE t_role_enum AS ENUM ('a', 'b'); CREATE TABLE t (role t_role_enum)",
    after: "CREATE TYPE t_kind_enum AS ENUM ('a', 'b'); CREATE TABLE t (kind t_kind_enum)",
    options: { renames: ["t.role:t.kind"] },
    upgrade: ["renameObject", "alterColumn"],
  },
  {
    name: "a view reads a table and a column that are renamed",
    before: "CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT id, a FROM t",
    after: "CREATE TABLE u (id int, b int); CREATE VIEW v AS SELECT id, b FROM u",
    options: { renames: ["t:u", "t.a:b"] },
  },
  {
    name: "constraints and indexes are renamed, nothing is rebuilt",
    before: `CREATE TABLE p (id int CONSTRAINT pk_old PRIMARY KEY);
      CREATE TABLE t (a int CONSTRAINT uq_old UNIQUE, b int CONSTRAINT fk_old REFERENCES p, c int CONSTRAINT ck_old CHECK (c > 0), r int4range, CONSTRAINT ex_old EXCLUDE USING gist (r WITH &&));
      CREATE INDEX ix_old ON t (c DESC)`,
    after: `CREATE TABLE p (id int CONSTRAINT pk_new PRIMARY KEY);
      CREATE TABLE t (a int CONSTRAINT uq_new UNIQUE, b int CONSTRAINT fk_new REFERENCES p, c int CONSTRAINT ck_new CHECK (c > 0), r int4range, CONSTRAINT ex_new EXCLUDE USING gist (r WITH &&));
      CREATE INDEX ix_new ON t (c DESC)`,
    upgrade: [
      "renameConstraint",
      "renameConstraint",
      "renameConstraint",
      "renameConstraint",
      "renameConstraint",
      "renameObject",
    ],
  },
];

export const enumPairs: readonly SchemaPair[] = [
  {
    name: "an enum comes with a column of it, and goes",
    before: "CREATE TYPE gone AS ENUM ('x'); CREATE TABLE t (id int, g gone)",
    after: `${mood} CREATE TABLE t (id int, m mood DEFAULT 'ok')`,
  },
  {
    name: "values are added at the begin, in the middle and at the end",
    before: "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TABLE t (m mood)",
    after:
      "CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'good', 'happy', 'great'); CREATE TABLE t (m mood)",
    upgrade: ["addEnumValue", "addEnumValue", "addEnumValue", "addEnumValue"],
  },
  {
    name: "a value is added and becomes the default, in a check and in an index",
    before: `${mood} CREATE TABLE t (m mood DEFAULT 'ok')`,
    after: `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'it''s'); CREATE TABLE t (m mood DEFAULT 'it''s', CHECK (m <> 'it''s')); CREATE INDEX ix ON t (m) WHERE m = 'it''s'`,
    rows: "INSERT INTO t VALUES (DEFAULT)",
    query: "SELECT m::text FROM t",
    kept: [["ok"]],
    warnings: ["autocommit", "may-fail"],
  },
  {
    name: "a value becomes the default while a check, an index, a foreign key and a view are made anew",
    before: `${mood} CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (m mood DEFAULT 'ok', p int CONSTRAINT fk REFERENCES p, n int, CONSTRAINT c CHECK (n > 0));
      CREATE INDEX ix ON t (n) WHERE m = 'ok'; CREATE VIEW v AS SELECT n FROM t`,
    after: `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'proud', 'calm'); CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (m mood DEFAULT 'calm', p int CONSTRAINT fk REFERENCES p ON DELETE CASCADE, n int, CONSTRAINT c CHECK (n > 1));
      CREATE INDEX ix ON t (n) WHERE m = 'calm'; CREATE VIEW v AS SELECT m FROM t`,
    upgrade: [
      "addEnumValue",
      "addEnumValue",
      "dropView",
      "dropConstraint",
      "dropIndex",
      "dropConstraint",
      "alterColumn",
      "createCheckConstraint",
      "createIndex",
      "createForeignKey",
      "createView",
    ],
    warnings: ["autocommit", "dependent-view", "may-fail"],
  },
  {
    name: "a value is added beside a renamed one, to a type that is renamed and moves, and becomes the default",
    before: `CREATE SCHEMA "App"; ${mood} CREATE TABLE t (m mood DEFAULT 'ok')`,
    after: `CREATE SCHEMA "App"; CREATE TYPE "App".feeling AS ENUM ('unhappy', 'low', 'ok', 'happy'); CREATE TABLE u (m "App".feeling DEFAULT 'low')`,
    options: { renames: ["t:u", "mood:App.feeling", "App.feeling.sad:unhappy"] },
    rows: "INSERT INTO t VALUES (DEFAULT), ('sad')",
    query: "SELECT m::text FROM u ORDER BY m",
    kept: [["ok"], ["unhappy"]],
    upgrade: ["addEnumValue", "renameTable", "setSchema", "renameObject", "renameEnumValue", "alterColumn"],
    warnings: ["autocommit"],
  },
  {
    name: "a value is added under the name that another one had",
    before: `${mood} CREATE TABLE t (m mood DEFAULT 'ok')`,
    after:
      "CREATE TYPE mood AS ENUM ('unhappy', 'ok', 'happy', 'sad'); CREATE TABLE t (m mood DEFAULT 'sad')",
    options: { renames: ["mood.sad:unhappy"] },
    rows: "INSERT INTO t VALUES ('sad')",
    query: "SELECT m::text FROM t",
    kept: [["unhappy"]],
    upgrade: ["renameEnumValue", "addEnumValue", "alterColumn"],
    warnings: ["autocommit"],
  },
  {
    name: "a value goes, and comes back on the way down, where it is the default",
    before: `${mood} CREATE TABLE t (m mood DEFAULT 'sad', CONSTRAINT c CHECK (m <> 'sad' OR m IS NULL))`,
    after: "CREATE TYPE mood AS ENUM ('ok', 'happy'); CREATE TABLE t (m mood DEFAULT 'ok')",
  },
  {
    name: "a value goes that no row has; the type is in a default, an array, a check, an index and a view",
    before: `${mood} CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, a mood[] DEFAULT '{ok}', CONSTRAINT c CHECK (m <> 'happy'));
      CREATE INDEX ix ON t (id) WHERE m = 'ok'; CREATE INDEX ix_m ON t (m); CREATE VIEW v AS SELECT id FROM t WHERE m = 'ok'`,
    after: `CREATE TYPE mood AS ENUM ('ok', 'happy'); CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok' NOT NULL, a mood[] DEFAULT '{ok}', CONSTRAINT c CHECK (m <> 'happy'));
      CREATE INDEX ix ON t (id) WHERE m = 'ok'; CREATE INDEX ix_m ON t (m); CREATE VIEW v AS SELECT id FROM t WHERE m = 'ok'`,
    rows: "INSERT INTO t (id) VALUES (1)",
    query: "SELECT m::text, a::text FROM t",
    kept: [["ok", "{ok}"]],
    warnings: ["dependent-view", "may-fail"],
  },
  {
    name: "values change places, in a type of two tables",
    before: `${mood} CREATE TABLE t (m mood DEFAULT 'sad'); CREATE TABLE u (m mood)`,
    after:
      "CREATE TYPE mood AS ENUM ('happy', 'ok', 'sad'); CREATE TABLE t (m mood DEFAULT 'happy'); CREATE TABLE u (m mood)",
    rows: "INSERT INTO t VALUES ('sad'), ('happy')",
    query: "SELECT m::text FROM t ORDER BY m",
    kept: [["happy"], ["sad"]],
    upgrade: ["replaceEnum"],
  },
  {
    name: "text becomes an enum, and an enum text",
    before: `${mood} CREATE TABLE t (a text DEFAULT 'ok', b mood DEFAULT 'ok', c varchar)`,
    after: `${mood} CREATE TABLE t (a mood DEFAULT 'ok', b text DEFAULT 'ok', c mood)`,
    rows: "INSERT INTO t (c) VALUES ('sad')",
    query: "SELECT a::text, b, c::text FROM t",
    kept: [["ok", "ok", "sad"]],
  },
  {
    name: "a column moves to another enum, whose old one goes",
    before: `${mood} CREATE TABLE t (a mood DEFAULT 'ok')`,
    after: "CREATE TYPE level AS ENUM ('ok', 'fine', 'great'); CREATE TABLE t (a level DEFAULT 'fine')",
    rows: "INSERT INTO t VALUES (DEFAULT)",
    query: "SELECT a::text FROM t",
    kept: [["ok"]],
  },
  {
    name: "names that are words of SQL",
    before: `CREATE TYPE "order" AS ENUM ('a', 'b', 'c'); CREATE TABLE "user" ("group" "order" DEFAULT 'a', "table" int CHECK ("table" > 0))`,
    after: `CREATE TYPE "order" AS ENUM ('b', 'a'); CREATE TABLE "user" ("select" "order" DEFAULT 'b', "from" int CHECK ("from" > 0))`,
    options: { renames: ["user.group:select", "user.table:from"] },
    upgrade: ["alterColumn", "alterColumn", "renameConstraint", "replaceEnum"],
  },
  {
    name: "an enum in a schema of its own, with a name that needs quotes",
    before:
      'CREATE SCHEMA app; CREATE TYPE app."Mood" AS ENUM (\'a\'); CREATE TABLE app."T" ("M" app."Mood" DEFAULT \'a\')',
    after:
      'CREATE SCHEMA app; CREATE TYPE app."Mood" AS ENUM (\'b\', \'a\'); CREATE TABLE app."T" ("M" app."Mood" DEFAULT \'b\', x int); CREATE TABLE app.u (m app."Mood"[])',
  },
];

export const constraintPairs: readonly SchemaPair[] = [
  {
    name: "rows may be in the way of what is new",
    before: `CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (a int, b int, c int, d int, r int4range)`,
    after: `CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (a int CONSTRAINT uq UNIQUE, b int CONSTRAINT fk REFERENCES p, c int CONSTRAINT ck CHECK (c > 0), d int, r int4range, CONSTRAINT ex EXCLUDE USING gist (r WITH &&));
      CREATE UNIQUE INDEX ix ON t (d, lower(r)) WHERE d > 0`,
    warnings: ["may-fail", "may-fail", "may-fail", "may-fail", "may-fail"],
  },
  {
    name: "no row can be in the way",
    before: `CREATE TABLE p (id int PRIMARY KEY, code int CONSTRAINT uq_code UNIQUE);
      CREATE TABLE t (id int, a int CONSTRAINT fk_old REFERENCES p, b int CONSTRAINT ck_old CHECK (b > 0)); CREATE UNIQUE INDEX ix_id ON t (id)`,
    after: `CREATE TABLE p (id int PRIMARY KEY, code int); CREATE UNIQUE INDEX uq_code ON p (code, id);
      CREATE TABLE t (id int, a int CONSTRAINT fk_new REFERENCES p ON DELETE CASCADE, b int CONSTRAINT ck_new CHECK (b > 0),
        one int CONSTRAINT uq_one UNIQUE CONSTRAINT fk_one REFERENCES p, key uuid DEFAULT gen_random_uuid() CONSTRAINT uq_key UNIQUE, n int GENERATED ALWAYS AS IDENTITY CONSTRAINT uq_n UNIQUE,
        CONSTRAINT uq_id UNIQUE (id, b));
      ALTER TABLE t ADD CONSTRAINT ck_later CHECK (b < 9) NOT VALID;
      CREATE TABLE fresh (a int CONSTRAINT uq_fresh UNIQUE REFERENCES p)`,
    warnings: [],
  },

  {
    name: "the primary key moves to other columns, with a foreign key on the old one",
    before:
      "CREATE TABLE p (id int CONSTRAINT pk PRIMARY KEY, code text NOT NULL); CREATE TABLE c (p int CONSTRAINT fk REFERENCES p)",
    after:
      "CREATE TABLE p (id int CONSTRAINT uq UNIQUE, code text, CONSTRAINT pk PRIMARY KEY (id, code)); CREATE TABLE c (p int CONSTRAINT fk REFERENCES p (id))",
  },
  {
    name: "a primary key comes, changes and goes",
    before:
      "CREATE TABLE a (id int); CREATE TABLE b (id int, k int, PRIMARY KEY (id)); CREATE TABLE c (id int PRIMARY KEY)",
    after:
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, k int, PRIMARY KEY (id, k)); CREATE TABLE c (id int NOT NULL)",
  },
  {
    name: "unique constraints come, change and go, with every option",
    before:
      "CREATE TABLE t (a int, b int, c int, CONSTRAINT u1 UNIQUE (a), CONSTRAINT u2 UNIQUE (a, b), CONSTRAINT u3 UNIQUE (c))",
    after:
      "CREATE TABLE t (a int, b int, c int, CONSTRAINT u1 UNIQUE (a) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT u2 UNIQUE (b, a), CONSTRAINT u4 UNIQUE (c) INCLUDE (a))",
  },
  {
    name: "NULLS NOT DISTINCT comes",
    before: "CREATE TABLE t (a int, CONSTRAINT u UNIQUE (a)); CREATE UNIQUE INDEX ix ON t (a)",
    after:
      "CREATE TABLE t (a int, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a)); CREATE UNIQUE INDEX ix ON t (a) NULLS NOT DISTINCT",
    since: 15,
  },
  {
    name: "foreign keys come, change in every option and go",
    before: `CREATE TABLE p (id int PRIMARY KEY, k int UNIQUE);
      CREATE TABLE t (a int, b int CONSTRAINT fb REFERENCES p, c int CONSTRAINT fc REFERENCES p, d int CONSTRAINT fd REFERENCES p, e int CONSTRAINT fe REFERENCES p, f int CONSTRAINT ff REFERENCES p)`,
    after: `CREATE TABLE p (id int PRIMARY KEY, k int UNIQUE);
      CREATE TABLE t (a int CONSTRAINT fa REFERENCES p, b int, c int CONSTRAINT fc REFERENCES p ON DELETE CASCADE ON UPDATE SET NULL,
        d int CONSTRAINT fd REFERENCES p DEFERRABLE INITIALLY DEFERRED, e int CONSTRAINT fe REFERENCES p MATCH FULL, f int CONSTRAINT ff REFERENCES p (k))`,
  },
  {
    name: "a foreign key becomes valid, another one is not",
    before:
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT fa FOREIGN KEY (a) REFERENCES p NOT VALID",
    after:
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT fa FOREIGN KEY (a) REFERENCES p; ALTER TABLE t ADD CONSTRAINT cb CHECK (b > 0) NOT VALID",
    upgrade: ["createCheckConstraint", "validateConstraint"],
  },
  {
    name: "a foreign key sets only some columns",
    before: "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE t (a int, b int)",
    after:
      "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE t (a int, b int, CONSTRAINT f FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (a))",
    since: 15,
  },
  {
    name: "checks come, change under one name and go; one has no name",
    before: "CREATE TABLE t (a int, b text, CONSTRAINT ca CHECK (a > 0), CONSTRAINT cb CHECK (b <> ''))",
    after: "CREATE TABLE t (a int, b text, CONSTRAINT ca CHECK (a > 10), CHECK (b IN ('x', 'y')) NO INHERIT)",
  },
  {
    name: "exclusions come, change and go",
    before:
      "CREATE TABLE t (r int4range, s int4range, CONSTRAINT e1 EXCLUDE USING gist (r WITH &&), CONSTRAINT e2 EXCLUDE USING gist (s WITH &&))",
    after:
      "CREATE TABLE t (r int4range, s int4range, CONSTRAINT e1 EXCLUDE USING gist (r WITH &&, s WITH =) WHERE (lower(r) > 3) DEFERRABLE)",
  },
  {
    name: "indexes come and go",
    before: "CREATE TABLE t (a int, b text); CREATE INDEX i1 ON t (a)",
    after:
      "CREATE TABLE t (a int, b text); CREATE UNIQUE INDEX i2 ON t (a DESC, b NULLS FIRST) INCLUDE (b) WHERE a > 0; CREATE INDEX i3 ON t (lower(b) text_pattern_ops DESC NULLS LAST, (a + 1)); CREATE INDEX i4 ON t USING gin (to_tsvector('english', b)); CREATE INDEX i5 ON t (b COLLATE \"C\") WITH (fillfactor = 70)",
  },
  {
    name: "indexes change in method, columns, order, include, predicate, operator class, expression, uniqueness",
    before: `CREATE TABLE t (a int, b text, c text);
      CREATE INDEX i1 ON t (a); CREATE INDEX i2 ON t (a, b); CREATE INDEX i3 ON t (a); CREATE INDEX i4 ON t (b); CREATE INDEX i5 ON t (c, a); CREATE INDEX i6 ON t (c); CREATE INDEX i7 ON t (lower(b)); CREATE INDEX i8 ON t (c, b)`,
    after: `CREATE TABLE t (a int, b text, c text);
      CREATE INDEX i1 ON t USING hash (a); CREATE INDEX i2 ON t (b, a); CREATE INDEX i3 ON t (a DESC NULLS LAST); CREATE INDEX i4 ON t (b) INCLUDE (a); CREATE INDEX i5 ON t (c, a) WHERE a > 3; CREATE INDEX i6 ON t (c text_pattern_ops); CREATE INDEX i7 ON t (upper(b)); CREATE UNIQUE INDEX i8 ON t (c, b)`,
  },
  {
    name: "a unique constraint becomes a unique index, and the other way round",
    before: "CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a)); CREATE UNIQUE INDEX i ON t (b)",
    after: "CREATE TABLE t (a int, b int, CONSTRAINT i UNIQUE (b)); CREATE UNIQUE INDEX u ON t (a)",
  },
  {
    name: "comments of constraints and indexes come and go",
    before:
      "CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'x'",
    after:
      "CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON t (a); COMMENT ON CONSTRAINT c ON t IS 'y'; CREATE INDEX j ON t (a DESC); COMMENT ON INDEX j IS 'j'",
  },
];

export const tablePairs: readonly SchemaPair[] = [
  {
    name: "from nothing: tables with a ring of foreign keys, one on itself, and indexes",
    before: "",
    after: `CREATE TABLE a (id serial PRIMARY KEY, b_id int, parent int REFERENCES a);
      CREATE TABLE b (id serial PRIMARY KEY, a_id int REFERENCES a, c_id int);
      CREATE TABLE c (id serial PRIMARY KEY, b_id int REFERENCES b ON DELETE SET NULL);
      ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b; ALTER TABLE b ADD FOREIGN KEY (c_id) REFERENCES c;
      CREATE INDEX ON c (b_id); COMMENT ON TABLE a IS 'ring'; COMMENT ON COLUMN a.id IS 'id'`,
  },
  {
    name: "to nothing",
    before: `CREATE SCHEMA app; CREATE TYPE app.k AS ENUM ('x'); CREATE TABLE app.a (id serial PRIMARY KEY, k app.k, b_id int);
      CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a_id int REFERENCES app.a); ALTER TABLE app.a ADD FOREIGN KEY (b_id) REFERENCES b;
      CREATE VIEW v AS SELECT id FROM b; CREATE MATERIALIZED VIEW m AS SELECT id FROM v; CREATE INDEX ON m (id);
      CREATE SEQUENCE s; CREATE TABLE owned (n int); ALTER SEQUENCE s OWNED BY owned.n`,
    after: "",
  },
  {
    name: "a column references a new table, an old table references it too",
    before: "CREATE TABLE a (id int PRIMARY KEY)",
    after:
      "CREATE TABLE b (id int PRIMARY KEY, a_code text); CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES b, code text UNIQUE); ALTER TABLE b ADD FOREIGN KEY (a_code) REFERENCES a (code)",
  },
  {
    name: "a table that others reference goes",
    before:
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, p_id int REFERENCES p); CREATE TABLE j (p int REFERENCES p)",
    after: "CREATE TABLE t (id int, p_id int)",
  },
  {
    name: "schemas and extensions come",
    before: "",
    after:
      'CREATE SCHEMA audit; CREATE SCHEMA "Odd Name"; CREATE EXTENSION citext; CREATE EXTENSION btree_gist; CREATE TABLE audit.t (id serial PRIMARY KEY, e citext); CREATE TABLE "Odd Name"."T""x" ("a b" int PRIMARY KEY, "C" citext DEFAULT \'x\', r int4range, EXCLUDE USING gist ("a b" WITH =, r WITH &&))',
  },
  {
    name: "schemas and extensions go",
    before:
      "CREATE SCHEMA audit; CREATE EXTENSION pg_trgm; CREATE TABLE audit.t (a text); CREATE INDEX i ON audit.t USING gin (a gin_trgm_ops)",
    after: "",
  },
  {
    name: "foreign keys and enums across schemas",
    before: "CREATE SCHEMA x; CREATE TABLE x.p (id int PRIMARY KEY); CREATE TABLE t (a int)",
    after:
      "CREATE SCHEMA x; CREATE TYPE x.k AS ENUM ('a'); CREATE TABLE x.p (id int PRIMARY KEY, k x.k DEFAULT 'a'); CREATE TABLE t (a int REFERENCES x.p, ks x.k[]); CREATE TABLE x.u (t int REFERENCES x.p, k x.k NOT NULL DEFAULT 'a')",
  },
  {
    name: "unlogged, storage parameters, row security, replica identity",
    before:
      "CREATE TABLE a (id int); CREATE TABLE b (id int) WITH (autovacuum_enabled = false, fillfactor = 80); CREATE TABLE c (id int); ALTER TABLE c ENABLE ROW LEVEL SECURITY; CREATE TABLE d (id int)",
    after:
      "CREATE UNLOGGED TABLE a (id int); CREATE TABLE b (id int) WITH (fillfactor = 70); CREATE TABLE c (id int); CREATE TABLE d (id int); ALTER TABLE d ENABLE ROW LEVEL SECURITY; ALTER TABLE d FORCE ROW LEVEL SECURITY; ALTER TABLE d REPLICA IDENTITY FULL; CREATE UNLOGGED TABLE e (id int) WITH (fillfactor = 50); ALTER TABLE e ENABLE ROW LEVEL SECURITY",
  },
  {
    name: "policies, triggers, functions and statistics come, change and go",
    before: `CREATE TABLE t (a int, b int); CREATE POLICY p1 ON t USING (a > 0); CREATE POLICY p2 ON t FOR INSERT WITH CHECK (b > 0);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
      CREATE TRIGGER t1 BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE TRIGGER t2 AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION f();
      CREATE STATISTICS s1 ON a, b FROM t; CREATE FUNCTION g(n int) RETURNS int LANGUAGE sql AS 'SELECT n'`,
    after: `CREATE TABLE t (a int, b int); CREATE POLICY p1 ON t AS RESTRICTIVE USING (a > 1);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.a := 1; RETURN new; END $$;
      CREATE TRIGGER t1 BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (old.a > 1) EXECUTE FUNCTION f('x');
      CREATE CONSTRAINT TRIGGER t3 AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER t3;
      CREATE STATISTICS s1 (ndistinct) ON a, b FROM t; CREATE FUNCTION g(n int DEFAULT 3, m text = 'x') RETURNS text LANGUAGE sql AS 'SELECT m'; CREATE PROCEDURE h() LANGUAGE sql AS 'SELECT 1'; COMMENT ON FUNCTION g IS 'gee'`,
  },
  {
    name: "a function that a default, a check and an index call",
    before: "CREATE TABLE t (a int)",
    after:
      "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n'; CREATE TABLE t (a int DEFAULT twice(2) CHECK (twice(a) > 0)); CREATE INDEX i ON t (twice(a))",
  },
  {
    name: "sequences come, change and go; one is owned, one is a default",
    before: "CREATE SEQUENCE s1; CREATE SEQUENCE s2 START 5; CREATE TABLE t (a int)",
    after:
      "CREATE SEQUENCE s2 AS integer INCREMENT 3 MAXVALUE 1000 CYCLE; CREATE SEQUENCE s3; CREATE TABLE t (a int, b bigint DEFAULT nextval('s3')); ALTER SEQUENCE s2 OWNED BY t.a",
  },
  {
    name: "a serial column with a sequence of its own making",
    before: "",
    after:
      "CREATE SEQUENCE my_seq START 10 INCREMENT 2; CREATE TABLE t (id bigint PRIMARY KEY DEFAULT nextval('my_seq')); ALTER SEQUENCE my_seq OWNED BY t.id",
  },
  {
    name: "domains and composite types come, change and go",
    before:
      "CREATE DOMAIN d1 AS text; CREATE DOMAIN d2 AS int CONSTRAINT pos CHECK (VALUE > 0); CREATE TYPE c1 AS (a int); CREATE TABLE t (x d2)",
    after:
      'CREATE DOMAIN d2 AS int DEFAULT 3 NOT NULL CONSTRAINT pos CHECK (VALUE > 1); CREATE DOMAIN d3 AS varchar(20) COLLATE "C" CHECK (VALUE <> \'\'); CREATE TYPE c1 AS (a int, "B" text); CREATE TABLE t (x d2, y d3)',
  },
  {
    name: "a partitioned table comes, and one goes with its partitions",
    before:
      "CREATE TABLE p (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE p_d PARTITION OF p DEFAULT",
    after:
      "CREATE TABLE q (id int, k text) PARTITION BY LIST (lower(k)); CREATE TABLE q_a PARTITION OF q FOR VALUES IN ('a', 'b'); CREATE INDEX ON q (id)",
  },
  {
    name: "a partitioned table changes with its partitions",
    before:
      "CREATE TABLE p (id int, at date) PARTITION BY RANGE (at); CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE INDEX p_id ON p (id)",
    after:
      "CREATE TABLE p (id bigint, at date, n text) PARTITION BY RANGE (at); CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE INDEX p_id ON p (id, n)",
  },
  {
    name: "names of 63 bytes and with every odd sign",
    before: "",
    after: `CREATE TABLE "${"t".repeat(63)}" ("${"c".repeat(60)}" serial PRIMARY KEY, "select" int DEFAULT 1, "ä ö" text DEFAULT 'a\\b', "quo""te" varchar(5)[] DEFAULT '{a,"b c"}')`,
  },
];

export const viewPairs: readonly SchemaPair[] = [
  {
    name: "views come, one on another, with comments and options",
    before: "CREATE TABLE t (id int, a text)",
    after: `CREATE TABLE t (id int, a text); CREATE VIEW a_second WITH (security_barrier) AS SELECT id AS n FROM t WHERE id > 0 WITH LOCAL CHECK OPTION;
      CREATE VIEW a_first AS SELECT n FROM a_second; COMMENT ON VIEW a_first IS 'x'; COMMENT ON COLUMN a_first.n IS 'y';
      CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT n FROM a_first; CREATE UNIQUE INDEX m_n ON m (n); COMMENT ON MATERIALIZED VIEW m IS 'z'`,
  },
  {
    name: "a view gets a column at its end, and another where",
    before: "CREATE TABLE t (id int, a text); CREATE VIEW v AS SELECT id FROM t",
    after: "CREATE TABLE t (id int, a text); CREATE VIEW v AS SELECT id, a FROM t WHERE id > 1",
    upgrade: ["replaceView"],
  },
  {
    name: "a view loses a column, with views on it",
    before:
      "CREATE TABLE t (id int, a text); CREATE VIEW v AS SELECT id, a FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE MATERIALIZED VIEW m AS SELECT id FROM w; CREATE INDEX i ON m (id)",
    after:
      "CREATE TABLE t (id int, a text); CREATE VIEW v AS SELECT a, id FROM t; CREATE VIEW w AS SELECT id FROM v; CREATE MATERIALIZED VIEW m AS SELECT id FROM w; CREATE INDEX i ON m (id)",
  },
  {
    name: "a view becomes a materialised one; the indexes of another change",
    before:
      "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE INDEX i ON m (id)",
    after:
      "CREATE TABLE t (id int); CREATE MATERIALIZED VIEW v AS SELECT id FROM t; CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE UNIQUE INDEX i ON m (id)",
  },
  {
    name: "a view reads a column that goes, and one that comes",
    before: "CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT id, a FROM t",
    after: "CREATE TABLE t (id int, b text); CREATE VIEW v AS SELECT id, b FROM t",
  },
  {
    name: "only the comment of a view changes",
    before: "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; COMMENT ON VIEW v IS 'x'",
    after: "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; COMMENT ON COLUMN v.id IS 'y'",
    upgrade: ["execute", "execute"],
  },
];
