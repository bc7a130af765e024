/** SQL that a rule flags, and SQL that it does not, beside its own example. */
export interface RuleCases {
  readonly flagged: readonly string[];
  readonly clean: readonly string[];
}

/** What earlier revisions have made. */
export const earlier =
  "CREATE TABLE users (id integer, name text, email varchar(50), age integer, price numeric(10,2), seen_at timestamp, ip cidr, settings json);" +
  "CREATE TABLE posts (id bigint, user_id bigint); CREATE TABLE events (id bigint); CREATE VIEW active_users AS SELECT id FROM users";

const newTable = "CREATE TABLE fresh (id bigint, a text); ";

/** Statements that wait for a lock, or hold one, with nothing before them that limits it. */
function timeoutCases(setting: string): RuleCases {
  return {
    flagged: [
      "DROP INDEX ix_users",
      "REINDEX TABLE users",
      "REINDEX INDEX ix_users",
      "REINDEX SCHEMA app",
      "CLUSTER users",
      "CLUSTER",
      "VACUUM FULL users",
      "VACUUM (FULL)",
      "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
      "DROP TRIGGER t ON users",
      "ALTER TRIGGER t ON users RENAME TO u",
      "CREATE RULE r AS ON DELETE TO users DO INSTEAD NOTHING",
      "DROP RULE r ON users",
      "CREATE POLICY p ON users USING (true)",
      "ALTER POLICY p ON users USING (false)",
      "DROP POLICY p ON users",
      "ALTER TABLE users SET SCHEMA app",
      "ALTER TABLE users RENAME CONSTRAINT a TO b",
      "LOCK TABLE users IN SHARE MODE",
      "CREATE TABLE t (a bigint REFERENCES users)",
      "CREATE TABLE t (a bigint, FOREIGN KEY (a) REFERENCES users)",
      "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2)",
      "ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM (1) TO (2)",
      "ALTER INDEX ix ATTACH PARTITION ix_1",
      "ALTER INDEX ix SET TABLESPACE slow",
      "ALTER VIEW active_users RENAME COLUMN id TO key",
      "ALTER VIEW active_users RENAME TO v",
      "ALTER VIEW active_users SET SCHEMA app",
      "ALTER VIEW active_users ALTER COLUMN id SET DEFAULT 1",
      "CREATE OR REPLACE VIEW active_users AS SELECT id FROM users",
      "DROP VIEW active_users",
      "DROP MATERIALIZED VIEW totals",
      "REFRESH MATERIALIZED VIEW totals",
      "ALTER SEQUENCE s RESTART",
      "ALTER SEQUENCE s RENAME TO t",
      "DROP SEQUENCE s",
      "ALTER FOREIGN TABLE remote ADD COLUMN a text",
      "DROP FOREIGN TABLE remote",
      "ALTER DOMAIN mail ADD CONSTRAINT c CHECK (value <> '')",
      "ALTER DOMAIN mail SET NOT NULL",
      "ALTER DOMAIN mail VALIDATE CONSTRAINT c",
      "DROP TYPE mood CASCADE",
      "DROP SCHEMA app CASCADE",
      "DROP OWNED BY worker",
      `SET ${setting} = 0; DROP TABLE users`,
      `SET ${setting} = '0s'; DROP TABLE users`,
      `SET LOCAL ${setting} = '1s'; RESET ${setting}; DROP TABLE users`,
      `SET ${setting} = '1s'; RESET ALL; DROP TABLE users`,
      `SET ${setting} TO DEFAULT; DROP TABLE users`,
      `SELECT set_config('${setting}', '0', true); DROP TABLE users`,
      "DROP TABLE users",
      "CREATE INDEX i ON users (id)",
    ],
    clean: [
      "DROP INDEX CONCURRENTLY ix_users",
      "REINDEX TABLE CONCURRENTLY users",
      "VACUUM (FULL false) users",
      "LOCK TABLE users IN ROW EXCLUSIVE MODE",
      "ALTER INDEX ix RENAME TO iy",
      "ALTER TABLE users SET (fillfactor = 70)",
      "COMMENT ON TABLE users IS 'a'",
      "REFRESH MATERIALIZED VIEW CONCURRENTLY totals",
      "CREATE VIEW v AS SELECT id FROM users",
      "ALTER DOMAIN mail ADD CONSTRAINT c CHECK (value <> '') NOT VALID",
      "DROP TYPE mood",
      "ALTER TYPE mood ADD VALUE 'b' AFTER 'a'",
      "CREATE TABLE t (a bigint REFERENCES t)",
      `SELECT set_config('${setting}', '1s', true); DROP TABLE users`,
      `SET ${setting} = 0; SET LOCAL ${setting} = 500; DROP TABLE users`,
      `SET ${setting} = '1s'; DROP TABLE users`,
      newTable,
      "CREATE INDEX CONCURRENTLY i ON users (id)",
    ],
  };
}

export const ruleCases: Readonly<Record<string, RuleCases>> = {
  "drop-table": {
    flagged: ["DROP TABLE IF EXISTS app.users", "DROP TABLE users, posts CASCADE"],
    clean: [
      "DROP FOREIGN TABLE remote",
      `${newTable}DROP TABLE fresh`,
      "DROP VIEW active_users",
      "CREATE TABLE t (id bigint)",
    ],
  },
  "drop-column": {
    flagged: [
      "ALTER TYPE pair DROP ATTRIBUTE a",
      "ALTER TYPE app.pair DROP ATTRIBUTE IF EXISTS a CASCADE",
      "ALTER TABLE users DROP name",
      "ALTER TABLE app.users DROP COLUMN IF EXISTS name CASCADE",
    ],
    clean: [
      "CREATE TYPE pair AS (a integer); ALTER TYPE pair DROP ATTRIBUTE a",
      "ALTER TABLE users ADD COLUMN tmp text; ALTER TABLE users DROP COLUMN tmp",
      `${newTable}ALTER TABLE fresh DROP COLUMN a`,
      "ALTER TABLE users DROP CONSTRAINT c",
    ],
  },
  "column-dropped-and-added": {
    flagged: [
      "ALTER TABLE users DROP COLUMN name, ADD COLUMN name varchar(20)",
      "ALTER TABLE users DROP COLUMN name; ALTER TABLE users ADD name varchar(20)",
    ],
    clean: [
      "ALTER TABLE users DROP COLUMN name; ALTER TABLE posts ADD COLUMN name text",
      "ALTER TABLE users DROP COLUMN name; ALTER TABLE users ADD COLUMN title text",
      "ALTER TABLE users ADD COLUMN title text",
    ],
  },
  "drop-schema": {
    flagged: ["DROP SCHEMA archive", "DROP SCHEMA IF EXISTS a, b"],
    clean: ["CREATE SCHEMA s; DROP SCHEMA s", "DROP TABLE archive.a", "ALTER SCHEMA a OWNER TO b"],
  },
  "drop-database": {
    flagged: ["DROP DATABASE IF EXISTS a", "DROP DATABASE a WITH (FORCE)"],
    clean: ["CREATE DATABASE a", "DROP SCHEMA a", "ALTER DATABASE a SET timezone = 'UTC'"],
  },
  "drop-owned": {
    flagged: ["DROP OWNED BY a, b", "DROP OWNED BY a CASCADE"],
    clean: ["DROP ROLE a", "ALTER TABLE users OWNER TO a", "REVOKE ALL ON users FROM a"],
  },
  "drop-cascade": {
    flagged: [
      "ALTER TYPE pair DROP ATTRIBUTE a CASCADE",
      "DROP TABLE users CASCADE",
      "ALTER TABLE users DROP COLUMN name CASCADE",
    ],
    clean: [
      "ALTER TYPE pair ADD ATTRIBUTE a integer CASCADE",
      "DROP SCHEMA archive CASCADE",
      `${newTable}DROP TABLE fresh CASCADE`,
      "ALTER TABLE users DROP COLUMN name RESTRICT",
      "ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE",
    ],
  },
  "drop-sequence": {
    flagged: ["DROP SEQUENCE a, b", "DROP SEQUENCE IF EXISTS app.a"],
    clean: ["CREATE SEQUENCE a; DROP SEQUENCE a", "ALTER SEQUENCE a OWNED BY users.id", "DROP TABLE users"],
  },
  truncate: {
    flagged: ["TRUNCATE users, posts", "TRUNCATE TABLE users RESTART IDENTITY CASCADE"],
    clean: [`${newTable}TRUNCATE fresh`, "DELETE FROM users", "SELECT trunc(1.5)"],
  },
  "delete-without-where": {
    flagged: [
      "WITH gone AS (DELETE FROM users RETURNING *) INSERT INTO posts SELECT * FROM gone",
      "EXPLAIN ANALYZE DELETE FROM users",
      "EXPLAIN (ANALYZE, COSTS off) DELETE FROM users",
      "COPY (DELETE FROM users RETURNING id) TO STDOUT",
      "DELETE FROM ONLY users",
      "DELETE FROM app.users RETURNING id",
    ],
    clean: [
      "WITH gone AS (DELETE FROM users WHERE id = 1 RETURNING *) SELECT * FROM gone",
      "EXPLAIN DELETE FROM users",
      "EXPLAIN (ANALYZE off) DELETE FROM users",
      "PREPARE p AS DELETE FROM users",
      "CREATE RULE r AS ON INSERT TO posts DO ALSO DELETE FROM users",
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM users; END",
      "DELETE FROM users USING posts WHERE posts.user_id = users.id",
      `${newTable}DELETE FROM fresh`,
      "UPDATE users SET age = 1",
    ],
  },
  "column-type-narrows": {
    flagged: [
      "ALTER TABLE users ALTER seen_at TYPE date",
      "ALTER TABLE users ALTER seen_at TYPE timestamp(3)",
      "ALTER TABLE users ALTER id TYPE smallint",
      "ALTER TABLE users ALTER price TYPE numeric(8,2)",
    ],
    clean: [
      "ALTER TABLE users ALTER seen_at TYPE timestamptz",
      "ALTER TABLE users ALTER id TYPE bigint",
      "ALTER TABLE users ALTER price TYPE numeric(12,2)",
      "ALTER TABLE users ALTER unknown TYPE varchar(10)",
    ],
  },
  "column-type-rewrites": {
    flagged: [
      "ALTER TABLE users ALTER email TYPE text USING lower(email)",
      "ALTER TABLE users ALTER email TYPE text USING name",
      "ALTER TABLE users ALTER COLUMN email TYPE varchar(20)",
      "ALTER TABLE users ALTER settings TYPE jsonb",
      "ALTER TABLE users ALTER unknown TYPE text",
      "ALTER TABLE users ALTER seen_at TYPE timestamptz",
    ],
    clean: [
      "ALTER TABLE users ALTER email TYPE text USING email::text",
      "ALTER TABLE users ALTER email TYPE text USING users.email",
      "ALTER TABLE users ALTER COLUMN email TYPE text",
      "ALTER TABLE users ALTER email TYPE varchar(100)",
      "ALTER TABLE users ALTER price TYPE numeric",
      "ALTER TABLE users ALTER ip TYPE inet",
      `${newTable}ALTER TABLE fresh ALTER a TYPE integer USING a::integer`,
    ],
  },
  "volatile-default-rewrites": {
    flagged: [
      "ALTER TABLE users ADD COLUMN n bigint DEFAULT currval('s')",
      "ALTER TABLE users ADD COLUMN t timestamptz DEFAULT clock_timestamp()",
      "ALTER TABLE users ADD COLUMN t text DEFAULT my_own()",
      "ALTER TABLE users ADD COLUMN t float DEFAULT random() * 2",
    ],
    clean: [
      "ALTER TABLE users ADD COLUMN n bigint DEFAULT txid_current()",
      "ALTER TABLE users ADD COLUMN r tstzrange DEFAULT tstzrange(now(), NULL)",
      "ALTER TABLE users ADD COLUMN t timestamptz NOT NULL DEFAULT now()",
      "ALTER TABLE users ADD COLUMN t date DEFAULT CURRENT_DATE",
      "ALTER TABLE users ADD COLUMN t text DEFAULT lower('A')",
      `${newTable}ALTER TABLE fresh ADD COLUMN t uuid DEFAULT gen_random_uuid()`,
      "ALTER TABLE users ALTER COLUMN id SET DEFAULT random()",
    ],
  },
  "stored-generated-column-rewrites": {
    flagged: [
      "ALTER TABLE users ADD a text GENERATED ALWAYS AS (lower(name)) STORED",
      "ALTER TABLE app.users ADD COLUMN IF NOT EXISTS a int GENERATED ALWAYS AS (age) STORED",
    ],
    clean: [
      "ALTER TABLE users ADD a text GENERATED ALWAYS AS (lower(name)) VIRTUAL",
      `${newTable}ALTER TABLE fresh ADD b text GENERATED ALWAYS AS (a) STORED`,
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED)",
    ],
  },
  "auto-increment-column-rewrites": {
    flagged: [
      "ALTER TABLE users ADD COLUMN n serial",
      "ALTER TABLE users ADD COLUMN n int GENERATED BY DEFAULT AS IDENTITY",
    ],
    clean: [
      "CREATE TABLE t (id bigserial)",
      "ALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY",
      `${newTable}ALTER TABLE fresh ADD n serial`,
    ],
  },
  "constant-default-rewrites": {
    flagged: [
      "ALTER TABLE users ADD COLUMN a boolean NOT NULL DEFAULT false",
      "ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now()",
    ],
    clean: [
      "ALTER TABLE users ALTER COLUMN age SET DEFAULT 0",
      `${newTable}ALTER TABLE fresh ADD b int DEFAULT 0`,
      "CREATE TABLE t (a int DEFAULT 0)",
    ],
  },
  "persistence-change-rewrites": {
    flagged: ["ALTER TABLE users SET UNLOGGED", "ALTER TABLE app.users SET LOGGED"],
    clean: [
      "CREATE UNLOGGED TABLE t (id bigint)",
      `${newTable}ALTER TABLE fresh SET UNLOGGED`,
      "ALTER TABLE users SET (fillfactor = 70)",
    ],
  },
  "storage-move-rewrites": {
    flagged: ["ALTER TABLE users SET TABLESPACE a", "ALTER TABLE users SET ACCESS METHOD heap"],
    clean: [
      "ALTER INDEX ix SET TABLESPACE a",
      `${newTable}ALTER TABLE fresh SET TABLESPACE a`,
      "ALTER TABLE users ALTER name SET STORAGE EXTERNAL",
    ],
  },
  "vacuum-full-rewrites": {
    flagged: ["VACUUM (FULL true) users", "VACUUM (FULL, ANALYZE) users", "VACUUM FULL"],
    clean: [
      "VACUUM (FULL off, ANALYZE) users",
      "VACUUM (FULL false) users",
      "VACUUM (ANALYZE) users",
      "ANALYZE users",
      "VACUUM",
    ],
  },
  "cluster-rewrites": {
    flagged: [
      "CLUSTER users",
      "CLUSTER",
      "REPACK users",
      "REPACK (ANALYZE) app.users (name) USING INDEX ix;",
      "repack (concurrently off) users",
      "REPACK USING INDEX",
      "REPACK",
      "SET LOCAL lock_timeout = '5s'; REPACK users; ANALYZE users",
    ],
    clean: [
      `${newTable}CLUSTER fresh USING ix`,
      "REPACK (CONCURRENTLY) users USING INDEX ix",
      "VACUUM repack",
      "ALTER TABLE users SET WITHOUT CLUSTER",
      "VACUUM users",
    ],
  },
  "check-constraint-scans": {
    flagged: ["ALTER TABLE users ADD CHECK (age > 0)", "ALTER TABLE app.users ADD CONSTRAINT c CHECK (true)"],
    clean: [
      `${newTable}ALTER TABLE fresh ADD CHECK (id > 0)`,
      "CREATE TABLE t (id bigint CHECK (id > 0))",
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT ENFORCED",
    ],
  },
  "foreign-key-scans": {
    flagged: [
      "ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users",
      "ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES app.users (id) ON DELETE CASCADE",
    ],
    clean: [
      `${newTable}ALTER TABLE fresh ADD FOREIGN KEY (id) REFERENCES users`,
      "CREATE TABLE t (user_id bigint REFERENCES users)",
      "ALTER TABLE posts VALIDATE CONSTRAINT fk",
    ],
  },
  "foreign-key-of-new-table": {
    flagged: [
      "CREATE TABLE t (a bigint, FOREIGN KEY (a) REFERENCES users (id))",
      "CREATE TABLE t (a bigint REFERENCES app.users)",
    ],
    clean: [
      `${newTable}CREATE TABLE t (a bigint REFERENCES fresh)`,
      "CREATE TABLE t (id bigint PRIMARY KEY, parent bigint REFERENCES t)",
      "CREATE TABLE t (id bigint)",
    ],
  },
  "unique-constraint-builds-index": {
    flagged: [
      "ALTER TABLE users ADD UNIQUE (email)",
      "ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (email)",
    ],
    clean: [
      "ALTER TABLE users ADD UNIQUE USING INDEX ux",
      `${newTable}ALTER TABLE fresh ADD UNIQUE (a)`,
      "CREATE TABLE t (a text UNIQUE)",
    ],
  },
  "primary-key-builds-index": {
    flagged: ["ALTER TABLE users ADD PRIMARY KEY (id)", "ALTER TABLE app.users ADD PRIMARY KEY (id, name)"],
    clean: [
      "ALTER TABLE users ADD PRIMARY KEY USING INDEX ux",
      `${newTable}ALTER TABLE fresh ADD PRIMARY KEY (id)`,
      "CREATE TABLE t (a bigint PRIMARY KEY)",
    ],
  },
  "exclusion-constraint-builds-index": {
    flagged: [
      "ALTER TABLE users ADD EXCLUDE USING gist (age WITH =)",
      "ALTER TABLE users ADD CONSTRAINT e EXCLUDE USING gist (age WITH =) WHERE (age > 1)",
    ],
    clean: [
      `${newTable}ALTER TABLE fresh ADD EXCLUDE USING gist (id WITH =)`,
      "CREATE INDEX ix ON users USING gist (age)",
      "ALTER TABLE users DROP CONSTRAINT e",
    ],
  },
  "not-null-scans": {
    flagged: [
      "ALTER TABLE users ALTER name SET NOT NULL",
      "ALTER TABLE users ADD CONSTRAINT n NOT NULL name",
    ],
    clean: [
      "ALTER TABLE users ADD CONSTRAINT c CHECK (name IS NOT NULL); ALTER TABLE users ALTER name SET NOT NULL",
      `${newTable}ALTER TABLE fresh ALTER a SET NOT NULL`,
      "ALTER TABLE users ALTER name DROP NOT NULL",
      "ALTER TABLE users ADD CONSTRAINT n NOT NULL name NOT VALID",
    ],
  },
  "column-with-constraint": {
    flagged: [
      "ALTER TABLE users ADD COLUMN a bigint REFERENCES posts",
      "ALTER TABLE users ADD COLUMN a int CHECK (a > 0)",
    ],
    clean: [
      `${newTable}ALTER TABLE fresh ADD COLUMN b int UNIQUE`,
      "CREATE TABLE t (a int UNIQUE)",
      "ALTER TABLE users ADD COLUMN a int NOT NULL DEFAULT 0",
    ],
  },
  "validated-in-same-transaction": {
    flagged: [
      "ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users NOT VALID; ALTER TABLE posts VALIDATE CONSTRAINT fk",
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID, VALIDATE CONSTRAINT c",
    ],
    clean: [
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; CREATE INDEX CONCURRENTLY i ON users (age); ALTER TABLE users VALIDATE CONSTRAINT c",
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT d",
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID",
      `${newTable}ALTER TABLE fresh ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE fresh VALIDATE CONSTRAINT c`,
    ],
  },
  "domain-constraint-scans": {
    flagged: ["ALTER DOMAIN d ADD CHECK (value > 0)", "ALTER DOMAIN d SET NOT NULL"],
    clean: [
      "CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (value > 0)",
      "ALTER DOMAIN d DROP NOT NULL",
      "CREATE DOMAIN d AS int CHECK (value > 0)",
    ],
  },
  "index-not-concurrent": {
    flagged: [
      "CREATE UNIQUE INDEX ON users (email)",
      "CREATE INDEX IF NOT EXISTS i ON app.users USING gin (a)",
    ],
    clean: [
      `${newTable}CREATE INDEX i ON fresh (a)`,
      "CREATE TABLE public.t (a int); CREATE INDEX i ON t (a)",
      "CREATE TABLE a (x int); ALTER TABLE a RENAME TO b; CREATE INDEX i ON b (x)",
    ],
  },
  "drop-index-not-concurrent": {
    flagged: ["DROP INDEX IF EXISTS app.i", "DROP INDEX a, b CASCADE"],
    clean: [
      `${newTable}CREATE INDEX i ON fresh (a); DROP INDEX i`,
      "DROP INDEX CONCURRENTLY IF EXISTS i",
      "DROP TABLE users",
    ],
  },
  "reindex-not-concurrent": {
    flagged: ["REINDEX (CONCURRENTLY false) TABLE users", "REINDEX TABLE users", "REINDEX SCHEMA app"],
    clean: [
      "REINDEX SYSTEM app",
      "REINDEX (CONCURRENTLY) TABLE users",
      "REINDEX TABLE CONCURRENTLY users",
      "ANALYZE users",
    ],
  },
  "detach-partition-not-concurrent": {
    flagged: ["ALTER TABLE a.events DETACH PARTITION a.p", "ALTER TABLE events DETACH PARTITION p"],
    clean: [
      "ALTER TABLE events DETACH PARTITION p FINALIZE",
      "CREATE TABLE t (a int) PARTITION BY RANGE (a); ALTER TABLE t DETACH PARTITION p",
      "ALTER TABLE events ATTACH PARTITION p DEFAULT",
    ],
  },
  "attach-partition-scans": {
    flagged: [
      "ALTER TABLE p ADD CONSTRAINT c CHECK (id IS NOT NULL); ALTER TABLE events ATTACH PARTITION p FOR VALUES FROM (1) TO (9)",
      "ALTER TABLE p ADD CONSTRAINT c CHECK (id > 1) NOT VALID; ALTER TABLE events ATTACH PARTITION p FOR VALUES FROM (1) TO (9)",
      "ALTER TABLE p ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES users NOT VALID; ALTER TABLE p VALIDATE CONSTRAINT fk; ALTER TABLE events ATTACH PARTITION p FOR VALUES FROM (1) TO (9)",
      "ALTER TABLE events ATTACH PARTITION p DEFAULT",
      "ALTER TABLE events ATTACH PARTITION a.p FOR VALUES IN ('a')",
    ],
    clean: [
      "ALTER TABLE p ADD CONSTRAINT c CHECK (id IS NOT NULL AND id > 1); ALTER TABLE events ATTACH PARTITION p FOR VALUES FROM (1) TO (9)",
      "CREATE TABLE p (id bigint); ALTER TABLE events ATTACH PARTITION p DEFAULT",
      "ALTER TABLE p VALIDATE CONSTRAINT c; ALTER TABLE events ATTACH PARTITION p DEFAULT",
      "CREATE TABLE p PARTITION OF events DEFAULT",
    ],
  },
  "merge-or-split-partitions": {
    flagged: [
      'alter table if exists app."Events" merge partitions (app."Events_1", events_2) into events_3;',
      "ALTER TABLE events SPLIT PARTITION events_1 INTO (PARTITION a FOR VALUES FROM (1) TO (5), PARTITION b DEFAULT)",
      "SET LOCAL lock_timeout = '5s'; ALTER TABLE events MERGE PARTITIONS (a, b) INTO c; ANALYZE events",
    ],
    clean: [
      `CREATE TABLE fresh (id bigint) PARTITION BY RANGE (id); ALTER TABLE fresh MERGE PARTITIONS (a, b) INTO c`,
      "ALTER TABLE events RENAME COLUMN merge TO split",
      "LOCK TABLE events, events_1",
      "MERGE INTO users USING posts ON users.id = posts.id WHEN MATCHED THEN DELETE",
    ],
  },
  "refresh-not-concurrent": {
    flagged: ["REFRESH MATERIALIZED VIEW app.m", "REFRESH MATERIALIZED VIEW m WITH DATA"],
    clean: [
      "CREATE MATERIALIZED VIEW m AS SELECT 1; REFRESH MATERIALIZED VIEW m",
      "REFRESH MATERIALIZED VIEW m WITH NO DATA",
      "CREATE MATERIALIZED VIEW m AS SELECT 1",
    ],
  },
  "trigger-locks-table": {
    flagged: [
      "DROP TRIGGER t ON users",
      "CREATE OR REPLACE TRIGGER t AFTER UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION f()",
    ],
    clean: [
      `${newTable}CREATE TRIGGER t BEFORE INSERT ON fresh FOR EACH ROW EXECUTE FUNCTION f()`,
      "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
      "DROP FUNCTION f()",
    ],
  },
  "row-security-locks-table": {
    flagged: ["ALTER TABLE users DISABLE ROW LEVEL SECURITY", "ALTER TABLE users FORCE ROW LEVEL SECURITY"],
    clean: [
      `${newTable}ALTER TABLE fresh ENABLE ROW LEVEL SECURITY`,
      "DROP POLICY p ON users",
      "ALTER TABLE users ENABLE TRIGGER ALL",
    ],
  },
  "replace-view-locks": {
    flagged: ["CREATE OR REPLACE VIEW app.v AS SELECT 1", "CREATE OR REPLACE VIEW v (a) AS SELECT 1"],
    clean: [
      "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
      "CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT 2 AS a",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "DROP VIEW v",
    ],
  },
  "lock-table": {
    flagged: ["LOCK users, posts IN SHARE MODE", "LOCK TABLE app.users NOWAIT"],
    clean: [`${newTable}LOCK TABLE fresh`, "SET lock_timeout = '1s'", "SELECT pg_advisory_xact_lock(1)"],
  },
  "many-tables-locked": {
    flagged: [
      "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f(); CREATE POLICY p ON posts USING (true)",
      "ALTER TABLE users ADD a int; DROP TABLE posts",
      "CREATE INDEX i ON users (id); ALTER TABLE posts DROP COLUMN user_id",
    ],
    clean: [
      "DROP VIEW active_users; ALTER TABLE users ADD a int",
      "ALTER TABLE users ADD a int; CREATE INDEX CONCURRENTLY i ON users (a); ALTER TABLE posts ADD b int",
      `ALTER TABLE users ADD a int; ${newTable}ALTER TABLE fresh ADD b int`,
      "ALTER TABLE users ADD a int; CREATE INDEX CONCURRENTLY i ON posts (id)",
      "ALTER TABLE users ADD a int; ALTER TABLE posts VALIDATE CONSTRAINT c",
    ],
  },
  "no-lock-timeout": timeoutCases("lock_timeout"),
  "no-statement-timeout": timeoutCases("statement_timeout"),
  "required-column-added": {
    flagged: [
      "ALTER TABLE users ADD COLUMN a bigint PRIMARY KEY",
      "ALTER TABLE users ADD COLUMN a text NOT NULL, ADD COLUMN b text",
    ],
    clean: [
      "ALTER TABLE pg_temp.scratch ADD COLUMN n integer NOT NULL",
      `${newTable}ALTER TABLE fresh ADD COLUMN b int NOT NULL`,
      "ALTER TABLE users ADD COLUMN a text",
      "ALTER TABLE users ADD COLUMN a bigint NOT NULL GENERATED ALWAYS AS IDENTITY",
      "ALTER TABLE users ADD COLUMN a serial NOT NULL",
    ],
  },
  "rename-column": {
    flagged: ["ALTER TABLE users RENAME name TO n", "ALTER TABLE IF EXISTS app.users RENAME COLUMN a TO b"],
    clean: [
      `${newTable}ALTER TABLE fresh RENAME a TO b`,
      "ALTER TABLE users RENAME TO u",
      "ALTER TABLE users RENAME CONSTRAINT a TO b",
    ],
  },
  "rename-table": {
    flagged: ["ALTER TABLE app.users RENAME TO u", "ALTER TABLE IF EXISTS users RENAME TO u"],
    clean: [
      "ALTER TABLE app.users RENAME TO accounts; CREATE VIEW app.users AS SELECT * FROM app.accounts",
      `${newTable}ALTER TABLE fresh RENAME TO f`,
      "ALTER INDEX i RENAME TO j",
      "ALTER TABLE users RENAME name TO n",
    ],
  },
  "rename-schema": {
    flagged: ["ALTER SCHEMA a RENAME TO b", 'ALTER SCHEMA "A" RENAME TO b'],
    clean: [
      "CREATE SCHEMA s; ALTER SCHEMA s RENAME TO t",
      "ALTER SCHEMA a OWNER TO b",
      "ALTER TABLE users RENAME TO u",
    ],
  },
  "rename-object": {
    flagged: [
      "ALTER FUNCTION f(int) RENAME TO g",
      "ALTER TYPE app.t RENAME TO u",
      "ALTER SEQUENCE s RENAME TO t",
    ],
    clean: [
      "CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME TO u",
      "ALTER INDEX i RENAME TO j",
      "ALTER TABLE users RENAME TO u",
    ],
  },
  "rename-enum-value": {
    flagged: ["ALTER TYPE app.m RENAME VALUE 'a' TO 'b'", "ALTER TYPE m RENAME VALUE 'x y' TO 'z'"],
    clean: [
      "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m RENAME VALUE 'a' TO 'b'",
      "ALTER TYPE m ADD VALUE 'c' BEFORE 'a'",
      "ALTER TYPE m RENAME TO n",
    ],
  },
  "change-schema": {
    flagged: ["ALTER FUNCTION f(int) SET SCHEMA core", "ALTER TYPE t SET SCHEMA core"],
    clean: [`${newTable}ALTER TABLE fresh SET SCHEMA core`, "CREATE SCHEMA core", "SET search_path = core"],
  },
  "drop-view": {
    flagged: ["DROP FOREIGN TABLE remote", "DROP MATERIALIZED VIEW m", "DROP VIEW IF EXISTS app.v"],
    clean: ["CREATE VIEW v AS SELECT 1; DROP VIEW v", "DROP TABLE users", "ALTER VIEW v RENAME TO w"],
  },
  "drop-function": {
    flagged: ["DROP PROCEDURE p", "DROP FUNCTION IF EXISTS app.f(int, text)"],
    clean: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION f()",
      "DROP TABLE users",
      "DROP TRIGGER t ON users",
    ],
  },
  "drop-type": {
    flagged: ["DROP TYPE IF EXISTS app.t", "DROP TYPE a, b"],
    clean: ["CREATE TYPE t AS (a int); DROP TYPE t", "DROP DOMAIN d", "ALTER TYPE t ADD ATTRIBUTE b int"],
  },
  "drop-domain": {
    flagged: ["DROP DOMAIN IF EXISTS d", "DROP DOMAIN app.d CASCADE"],
    clean: ["CREATE DOMAIN d AS int; DROP DOMAIN d", "DROP TYPE t", "ALTER DOMAIN d DROP DEFAULT"],
  },
  "drop-extension": {
    flagged: ["DROP EXTENSION IF EXISTS a", "DROP EXTENSION a, b CASCADE"],
    clean: ["CREATE EXTENSION a; DROP EXTENSION a", "ALTER EXTENSION a UPDATE", "DROP SCHEMA a"],
  },
  "drop-trigger": {
    flagged: ["DROP TRIGGER IF EXISTS t ON app.users", "DROP TRIGGER t ON users CASCADE"],
    clean: [
      "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f(); DROP TRIGGER t ON users",
      "DROP FUNCTION f()",
      "DROP TABLE users",
    ],
  },
  "drop-constraint": {
    flagged: [
      "ALTER TABLE users DROP CONSTRAINT IF EXISTS c",
      "ALTER TABLE app.users DROP CONSTRAINT c CASCADE",
    ],
    clean: [
      "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users DROP CONSTRAINT c",
      `${newTable}ALTER TABLE fresh DROP CONSTRAINT c`,
      "ALTER TABLE users DROP COLUMN name",
      "ALTER TABLE users ALTER name DROP NOT NULL",
    ],
  },
  "drop-default": {
    flagged: ["ALTER TABLE users ALTER age DROP DEFAULT", "ALTER TABLE app.users ALTER a DROP DEFAULT"],
    clean: [
      `${newTable}ALTER TABLE fresh ALTER a DROP DEFAULT`,
      "ALTER TABLE users ALTER age SET DEFAULT NULL",
      "ALTER TABLE users ALTER age DROP NOT NULL",
    ],
  },
  "default-changed": {
    flagged: [
      "ALTER TABLE users ALTER age SET DEFAULT NULL",
      "ALTER TABLE users ALTER seen_at SET DEFAULT now()",
    ],
    clean: [
      `${newTable}ALTER TABLE fresh ALTER a SET DEFAULT 'x'`,
      "ALTER TABLE users ALTER age DROP DEFAULT",
      "CREATE TABLE t (a int DEFAULT 1)",
    ],
  },
  "drop-not-null": {
    flagged: ["ALTER TABLE users ALTER name DROP NOT NULL", "ALTER TABLE app.users ALTER a DROP NOT NULL"],
    clean: [
      `${newTable}ALTER TABLE fresh ALTER a DROP NOT NULL`,
      "ALTER TABLE users ALTER name SET NOT NULL",
      "ALTER TABLE users ALTER name DROP DEFAULT",
    ],
  },
  "generation-dropped": {
    flagged: ["ALTER TABLE users ALTER a DROP EXPRESSION", "ALTER TABLE users ALTER id SET GENERATED ALWAYS"],
    clean: [
      "ALTER TABLE users ALTER id SET GENERATED BY DEFAULT",
      "ALTER TABLE users ALTER id RESTART WITH 100",
      "ALTER TABLE users ALTER id SET INCREMENT BY 2",
      `${newTable}ALTER TABLE fresh ALTER id DROP IDENTITY IF EXISTS`,
      "ALTER TABLE users ALTER id DROP DEFAULT",
      "ALTER TABLE users DROP COLUMN id",
    ],
  },
  "enum-value-position": {
    flagged: ["ALTER TYPE app.m ADD VALUE 'c'", "ALTER TYPE m ADD VALUE IF NOT EXISTS 'c'"],
    clean: [
      "CREATE TYPE m AS ENUM (); ALTER TYPE m ADD VALUE 'a'",
      "ALTER TYPE m ADD VALUE 'c' BEFORE 'a'",
      "ALTER TYPE m RENAME VALUE 'a' TO 'b'",
    ],
  },
  "privileges-changed": {
    flagged: [
      "REVOKE editor FROM worker",
      "ALTER TABLE users OWNER TO a",
      "ALTER FUNCTION f() OWNER TO a",
      "REVOKE ALL ON SCHEMA app FROM PUBLIC",
    ],
    clean: [
      "GRANT editor TO worker",
      "GRANT SELECT ON users TO a",
      `${newTable}ALTER TABLE fresh OWNER TO a`,
      `${newTable}REVOKE ALL ON fresh FROM PUBLIC`,
    ],
  },
  "extension-updated": {
    flagged: ["ALTER EXTENSION a UPDATE TO '2'", 'ALTER EXTENSION "uuid-ossp" UPDATE'],
    clean: ["CREATE EXTENSION a", "DROP EXTENSION a", "ALTER EXTENSION a SET SCHEMA b"],
  },
  "transaction-control": {
    flagged: ["BEGIN", "ROLLBACK", "START TRANSACTION; SELECT 1"],
    clean: [
      "SAVEPOINT a",
      "ROLLBACK TO SAVEPOINT a",
      "CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
    ],
  },
  "schema-and-data-together": {
    flagged: [
      "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f(); UPDATE users SET age = 1 WHERE id = 1",
      "CREATE INDEX i ON users (age); UPDATE users SET age = 1 WHERE id = 1",
      "ALTER TABLE users ADD a int; UPDATE users SET a = 1",
      "ALTER TABLE users DROP CONSTRAINT c; DELETE FROM users WHERE age < 0",
    ],
    clean: [
      "ALTER TABLE users ADD a int; CREATE INDEX CONCURRENTLY i ON users (a); UPDATE users SET a = 1 WHERE id = 1",
      "ALTER TABLE users ALTER age SET STATISTICS 500; UPDATE users SET age = 1 WHERE id = 1",
      `${newTable}ALTER TABLE fresh ADD b int; UPDATE fresh SET b = 1`,
      "ALTER TABLE users ADD a int; UPDATE posts SET user_id = 1 WHERE id = 1",
      "UPDATE users SET age = 1 WHERE id = 1; ALTER TABLE users ADD a int",
    ],
  },
  "update-without-where": {
    flagged: [
      "WITH moved AS (UPDATE users SET age = 1 RETURNING id) SELECT count(*) FROM moved",
      "EXPLAIN ANALYZE UPDATE users SET age = 1",
      "UPDATE ONLY users SET age = 1",
      "UPDATE app.users AS u SET age = 1 RETURNING id",
    ],
    clean: [
      "EXPLAIN UPDATE users SET age = 1",
      "WITH moved AS (UPDATE users SET age = 1 WHERE id = 1 RETURNING id) SELECT count(*) FROM moved",
      "UPDATE users SET age = 1 FROM posts WHERE posts.user_id = users.id",
      `${newTable}UPDATE fresh SET a = 'x'`,
      "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET age = 1",
    ],
  },
  "enum-value-in-transaction": {
    flagged: ["ALTER TYPE m ADD VALUE 'c'", "ALTER TYPE m ADD VALUE IF NOT EXISTS 'c' BEFORE 'a'"],
    clean: [
      "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'c'",
      "ALTER TYPE m RENAME TO n",
      "CREATE TYPE m AS ENUM ('a', 'c')",
    ],
  },
  "enum-value-used-in-transaction": {
    flagged: [
      "ALTER TYPE m ADD VALUE 'c'; ALTER TABLE users ALTER COLUMN name SET DEFAULT 'c'",
      "ALTER TYPE app.m ADD VALUE IF NOT EXISTS 'c'; INSERT INTO users (name) VALUES ('c'::app.m)",
      "ALTER TYPE m ADD VALUE 'c'; CREATE INDEX i ON users (id) WHERE name = 'c'",
    ],
    clean: [
      "CREATE TYPE m AS ENUM ('a'); ALTER TYPE m ADD VALUE 'c'; INSERT INTO users (name) VALUES ('c')",
      "ALTER TYPE m ADD VALUE 'c'; CREATE INDEX CONCURRENTLY i ON users (id); UPDATE users SET name = 'c' WHERE id = 1",
      "ALTER TYPE m ADD VALUE 'c'; ALTER TYPE m ADD VALUE 'd' AFTER 'c'",
      "ALTER TYPE m ADD VALUE 'c'; UPDATE users SET name = 'a' WHERE id = 1",
      "ALTER TYPE m RENAME VALUE 'a' TO 'c'; UPDATE users SET name = 'c' WHERE id = 1",
    ],
  },
  "duplicate-column-assignment": {
    flagged: [
      "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 'a', name = 'b'",
      "MERGE INTO users u USING posts p ON p.user_id = u.id WHEN MATCHED THEN UPDATE SET age = 1, age = 2",
      "WITH u AS (UPDATE users SET age = 1, age = 2 WHERE id = 1 RETURNING id) SELECT * FROM u",
      "INSERT INTO users (id, name, id) VALUES (1, 'a', 2)",
      "UPDATE users SET (age, age) = (1, 2)",
    ],
    clean: [
      "INSERT INTO users (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET id = 1, name = 'b'",
      "MERGE INTO users u USING posts p ON p.user_id = u.id WHEN MATCHED THEN UPDATE SET age = 1 WHEN NOT MATCHED THEN INSERT (age) VALUES (1)",
      "INSERT INTO users (id, name) VALUES (1, 'a')",
      "UPDATE users SET tags[1] = 'a', tags[2] = 'b' WHERE id = 1",
      "INSERT INTO users VALUES (1)",
    ],
  },
  "name-too-long": {
    flagged: [
      `CREATE INDEX CONCURRENTLY "${"ü".repeat(40)}" ON users (id)`,
      `CREATE TABLE ${"t".repeat(70)} (id bigint)`,
    ],
    clean: [
      `COMMENT ON TABLE users IS '${"x".repeat(90)}'`,
      `ALTER TABLE users ADD COLUMN "${"b".repeat(63)}" int`,
      `SELECT 1 -- ${"c".repeat(80)}`,
    ],
  },
  "unqualified-name": {
    flagged: [
      "DROP TABLE users",
      "ALTER TABLE users RENAME TO a",
      "ALTER TABLE users RENAME name TO a",
      "ALTER TABLE users SET SCHEMA app",
      "CREATE TABLE t AS SELECT 1",
      "TRUNCATE users",
      "DROP MATERIALIZED VIEW totals",
      "CREATE TABLE t (id bigint)",
      "CREATE INDEX CONCURRENTLY i ON users (id)",
    ],
    clean: [
      "DROP TABLE app.users",
      "ALTER TYPE pair ADD ATTRIBUTE a integer",
      "ALTER INDEX ix SET TABLESPACE slow",
      "CREATE TEMP TABLE t AS SELECT 1",
      "ALTER TABLE app.users RENAME name TO a",
      "CREATE TABLE app.t (id bigint)",
      "CREATE INDEX CONCURRENTLY i ON app.users (id)",
      "CREATE TEMP TABLE t (id bigint)",
    ],
  },
  "security-definer-search-path": {
    flagged: [
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET timezone = 'UTC' AS 'SELECT 1'",
      "CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ],
    clean: [
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY INVOKER AS 'SELECT 1'",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path TO '' AS 'SELECT 1'",
    ],
  },
  "integer-key": {
    flagged: ["CREATE TABLE t (id serial PRIMARY KEY)", "CREATE TABLE t (id smallint, PRIMARY KEY (id))"],
    clean: [
      "CREATE TABLE t (id uuid PRIMARY KEY)",
      "CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b))",
      "CREATE TABLE t (id bigserial PRIMARY KEY, n integer)",
    ],
  },
  "serial-column": {
    flagged: ["CREATE TABLE t (id serial)", "ALTER TABLE users ADD COLUMN n smallserial"],
    clean: [
      "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY)",
      "CREATE SEQUENCE s",
      "ALTER TABLE users ADD COLUMN serial bigint",
    ],
  },
  "char-column": {
    flagged: [
      "ALTER TABLE users ALTER age TYPE char(9)",
      "CREATE TABLE t (a character(10))",
      "CREATE TABLE t (a char)",
    ],
    clean: [
      "ALTER TABLE users ALTER age TYPE text",
      "CREATE TABLE t (a varchar(10))",
      'CREATE TABLE t (a "char")',
      "CREATE TABLE t (char_code text)",
    ],
  },
  "varchar-limit": {
    flagged: [
      "ALTER TABLE users ALTER age TYPE varchar(9)",
      "CREATE TABLE t (a varchar(10))",
      "CREATE TABLE t (a character varying(10))",
    ],
    clean: [
      "ALTER TABLE users ALTER age TYPE varchar",
      "CREATE TABLE t (a varchar)",
      "CREATE TABLE t (a text)",
      "CREATE TABLE t (a numeric(10))",
    ],
  },
  "timestamp-without-zone": {
    flagged: [
      "ALTER TABLE users ALTER age TYPE timestamp",
      "CREATE TABLE t (a timestamp(3))",
      "CREATE TABLE t (a timestamp without time zone)",
    ],
    clean: [
      "ALTER TABLE users ALTER age TYPE timestamptz",
      "CREATE TABLE t (a timestamptz)",
      "CREATE TABLE t (a timestamp with time zone)",
      "CREATE TABLE t (a date)",
    ],
  },
  "json-column": {
    flagged: [
      "ALTER TABLE users ALTER age TYPE json",
      "CREATE TABLE t (a json)",
      "ALTER TABLE users ADD COLUMN IF NOT EXISTS a json",
    ],
    clean: [
      "ALTER TABLE users ALTER age TYPE jsonb",
      "CREATE TABLE t (a jsonb)",
      "CREATE TABLE t (json text)",
      "SELECT '{}'::json",
    ],
  },
  "money-column": {
    flagged: [
      "ALTER TABLE users ALTER age TYPE money",
      "CREATE TABLE t (a money)",
      "CREATE TABLE t (a money NOT NULL)",
    ],
    clean: [
      "ALTER TABLE users ALTER age TYPE numeric",
      "CREATE TABLE t (a numeric)",
      "CREATE TABLE t (money numeric)",
      "SELECT 1::money",
    ],
  },
  "domain-with-constraint": {
    flagged: [
      "CREATE DOMAIN filled AS text NOT NULL",
      "CREATE DOMAIN app.price AS numeric(10, 2) DEFAULT 0 CONSTRAINT positive CHECK (value >= 0)",
    ],
    clean: [
      "CREATE DOMAIN email AS text",
      "CREATE DOMAIN price AS numeric(10, 2) DEFAULT 0",
      'CREATE DOMAIN name AS text COLLATE "C" NULL',
    ],
  },
  "unique-index-may-fail": {
    flagged: ["ALTER TABLE users ADD UNIQUE (email)", "CREATE UNIQUE INDEX ON users (email)"],
    clean: [
      `${newTable}CREATE UNIQUE INDEX i ON fresh (a)`,
      "ALTER TABLE users ADD UNIQUE USING INDEX ux",
      "CREATE INDEX ON users (email)",
    ],
  },
  "wide-index": {
    flagged: ["CREATE INDEX i ON users (a, b, c, d, e)", "CREATE INDEX i ON users (a, lower(b), c, d)"],
    clean: [
      "CREATE UNIQUE INDEX i ON users (a, b, c, d)",
      "CREATE INDEX i ON users (a, b, c)",
      "CREATE INDEX i ON users (a)",
    ],
  },
  "duplicate-index": {
    flagged: [
      "CREATE INDEX a ON users (x); CREATE INDEX b ON users (x)",
      "CREATE UNIQUE INDEX a ON users (x, y); CREATE INDEX b ON users (x)",
    ],
    clean: [
      "CREATE INDEX a ON users (name); CREATE INDEX b ON users (name text_pattern_ops)",
      "CREATE INDEX a ON users (x); CREATE INDEX b ON users (x) INCLUDE (y)",
      'CREATE INDEX a ON users (name); CREATE INDEX b ON users (name COLLATE "C")',
      "CREATE INDEX a ON users (x); CREATE INDEX b ON users (x NULLS FIRST)",
      "CREATE INDEX a ON users (x); CREATE INDEX b ON posts (x)",
      "CREATE INDEX a ON users (x, y); CREATE INDEX b ON users (x) WHERE y > 1",
      "CREATE INDEX a ON users (x); CREATE UNIQUE INDEX b ON users (x)",
      "CREATE INDEX a ON users (x); CREATE INDEX b ON users USING hash (x)",
    ],
  },
  "foreign-key-without-index": {
    flagged: [
      "CREATE TABLE t (a bigint REFERENCES users, b text); CREATE INDEX i ON t (a) WHERE b = 'x'",
      "CREATE TABLE t (id bigint PRIMARY KEY, user_id bigint REFERENCES users)",
      "CREATE TABLE t (user_id bigint, FOREIGN KEY (user_id) REFERENCES users)",
    ],
    clean: [
      "CREATE TABLE t (user_id bigint PRIMARY KEY REFERENCES users)",
      "CREATE TABLE t (a bigint REFERENCES users); CREATE INDEX i ON t (a, b)",
      "CREATE TABLE t (a bigint, b bigint, UNIQUE (a, b), FOREIGN KEY (a) REFERENCES users)",
    ],
  },
  "expression-index-without-analyze": {
    flagged: [
      "CREATE INDEX ON users ((age + 1))",
      "CREATE INDEX i ON users (id, lower(name)); ANALYZE posts",
    ],
    clean: [
      "CREATE INDEX ON users (lower(name)); ANALYZE",
      `${newTable}CREATE INDEX ON fresh (lower(a))`,
      "CREATE INDEX ON users (name)",
    ],
  },
};
