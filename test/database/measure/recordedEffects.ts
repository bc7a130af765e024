/**
 * What 68 statements did on PostgreSQL 15 and on PGlite alike, as recorded: the statement, the locks above ACCESS SHARE of the
 * tables, views and of ix_a, and what became of the table `big`.
 */
export const recordedEffects: readonly (readonly [sql: string, locks: string, big: string])[] = [
  ["ALTER TABLE big ADD COLUMN x int", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ADD COLUMN x int NOT NULL DEFAULT 0", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ADD COLUMN x timestamptz NOT NULL DEFAULT now()", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ADD COLUMN x timestamptz DEFAULT clock_timestamp()",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ADD COLUMN x uuid DEFAULT gen_random_uuid()",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ADD COLUMN x serial",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ADD COLUMN x int GENERATED ALWAYS AS IDENTITY",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ADD COLUMN x int GENERATED ALWAYS AS (a*2) STORED",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ADD COLUMN x int REFERENCES other(id)",
    "big: ACCESS EXCLUSIVE; other: SHARE ROW EXCLUSIVE",
    "",
  ],
  ["ALTER TABLE big ADD COLUMN x int UNIQUE", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big ADD COLUMN x int CHECK (x > 0)", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big DROP COLUMN a", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ALTER COLUMN a TYPE bigint",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN b TYPE varchar(100)", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ALTER COLUMN b TYPE varchar(20)",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN b TYPE text", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ALTER COLUMN c TYPE varchar(100)",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN c TYPE varchar", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN n TYPE numeric(12,2)", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ALTER COLUMN n TYPE numeric(12,4)",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN n TYPE numeric", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN ts TYPE timestamptz", "big: ACCESS EXCLUSIVE", ""],
  ["SET LOCAL timezone='UTC'; ALTER TABLE big ALTER COLUMN ts TYPE timestamptz", "big: ACCESS EXCLUSIVE", ""],
  [
    "SET LOCAL timezone='Europe/Berlin'; ALTER TABLE big ALTER COLUMN ts TYPE timestamptz",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN tm TYPE timestamp(6)", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN ip TYPE inet", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ALTER COLUMN j TYPE jsonb",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ALTER COLUMN ch TYPE char(5)",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  [
    "ALTER TABLE big ALTER COLUMN s TYPE text",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big ALTER COLUMN a SET NOT NULL", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big VALIDATE CONSTRAINT ck_nv", "big: SHARE UPDATE EXCLUSIVE", "read"],
  [
    "ALTER TABLE big VALIDATE CONSTRAINT ck_nv; ALTER TABLE big ALTER COLUMN a SET NOT NULL",
    "big: ACCESS EXCLUSIVE",
    "read",
  ],
  ["ALTER TABLE big ALTER COLUMN nn DROP NOT NULL", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN a SET DEFAULT 5", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ADD CONSTRAINT ck CHECK (a > 0)", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big ADD CONSTRAINT ck CHECK (a > 0) NOT VALID", "big: ACCESS EXCLUSIVE", ""],
  [
    "ALTER TABLE big ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES other(id) NOT VALID",
    "big: SHARE ROW EXCLUSIVE; other: SHARE ROW EXCLUSIVE",
    "",
  ],
  [
    "DELETE FROM big WHERE a > 100; ALTER TABLE big ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES other(id)",
    "big: SHARE ROW EXCLUSIVE; ix_a: ROW EXCLUSIVE; other: SHARE ROW EXCLUSIVE",
    "read",
  ],
  ["ALTER TABLE big ADD CONSTRAINT uq UNIQUE (a)", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big ADD CONSTRAINT uq UNIQUE USING INDEX ux_b", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ADD CONSTRAINT ex EXCLUDE USING gist (a WITH =)", "big: ACCESS EXCLUSIVE", "read"],
  ["ALTER TABLE big DROP CONSTRAINT ck0", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big RENAME COLUMN a TO z", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big RENAME TO big2", "big2: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big RENAME CONSTRAINT ck0 TO ck1", "big: ACCESS EXCLUSIVE", ""],
  ["ALTER INDEX ix_a RENAME TO ix_b", "ix_b: SHARE UPDATE EXCLUSIVE", ""],
  ["CREATE INDEX ixn ON big(c)", "big: SHARE", "read"],
  ["DROP INDEX ix_a", "big: ACCESS EXCLUSIVE", ""],
  ["REINDEX INDEX ix_a", "big: SHARE; ix_a: ACCESS EXCLUSIVE", "read, indexes rebuilt"],
  ["REINDEX TABLE big", "big: SHARE; ix_a: ACCESS EXCLUSIVE", "read, indexes rebuilt"],
  ["COMMENT ON COLUMN big.a IS $$x$$", "big: SHARE UPDATE EXCLUSIVE", ""],
  ["ALTER TYPE st ADD VALUE 'c'", "", ""],
  ["ALTER TYPE st RENAME VALUE 'a' TO 'aa'", "", ""],
  [
    "ALTER TABLE big SET UNLOGGED",
    "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE",
    "rewritten, read, indexes rebuilt",
  ],
  ["ALTER TABLE big SET (fillfactor=70)", "big: SHARE UPDATE EXCLUSIVE", ""],
  ["ALTER TABLE big ENABLE ROW LEVEL SECURITY", "big: ACCESS EXCLUSIVE", ""],
  [
    "CREATE TRIGGER tr BEFORE INSERT ON big FOR EACH ROW EXECUTE FUNCTION f()",
    "big: SHARE ROW EXCLUSIVE",
    "",
  ],
  [
    "ALTER TABLE pt ATTACH PARTITION pt_old FOR VALUES FROM (10) TO (20)",
    "pt: SHARE UPDATE EXCLUSIVE; pt_old: ACCESS EXCLUSIVE",
    "",
  ],
  ["ALTER TABLE pt DETACH PARTITION pt1", "pt: ACCESS EXCLUSIVE; pt1: ACCESS EXCLUSIVE", ""],
  ["REFRESH MATERIALIZED VIEW mv", "mv: ACCESS EXCLUSIVE", ""],
  ["TRUNCATE big", "big: ACCESS EXCLUSIVE; ix_a: ACCESS EXCLUSIVE", "rewritten, indexes rebuilt"],
  ["CREATE TABLE child(id int, big_id int REFERENCES big(id))", "big: SHARE ROW EXCLUSIVE", ""],
  ["CREATE OR REPLACE VIEW vw AS SELECT id, a FROM big", "vw: ACCESS EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN a SET STATISTICS 500", "big: SHARE UPDATE EXCLUSIVE", ""],
  ["CREATE STATISTICS stx ON a, b FROM big", "big: SHARE UPDATE EXCLUSIVE", ""],
  ["ALTER TABLE big CLUSTER ON ix_a", "big: SHARE UPDATE EXCLUSIVE; ix_a: SHARE UPDATE EXCLUSIVE", ""],
  ["ANALYZE big", "big: SHARE UPDATE EXCLUSIVE", ""],
  ["ALTER TABLE big ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY", "big: ACCESS EXCLUSIVE", ""],
];

/** The tables that the statements were run on. */
export const recordedTables = `
  CREATE TYPE st AS ENUM ('a', 'b');
  CREATE TABLE other (id int PRIMARY KEY);
  INSERT INTO other SELECT generate_series(1, 100);
  CREATE TABLE big (
    id int NOT NULL PRIMARY KEY, a int, b varchar(50), c text, n numeric(10, 2), ts timestamp, tm timestamp(3), ip cidr, j json,
    ch char(3), s st, nn int NOT NULL DEFAULT 1, CONSTRAINT ck0 CHECK (a < 10000)
  );
  INSERT INTO big SELECT i, i, 'b' || i, 'c', 1, now(), now(), '10.0.0.0/8', '{}', 'abc', 'a', 1 FROM generate_series(1, 1000) i;
  ALTER TABLE big ADD CONSTRAINT ck_nv CHECK (a IS NOT NULL) NOT VALID;
  CREATE INDEX ix_a ON big (a);
  CREATE UNIQUE INDEX ux_b ON big (b);
  CREATE TABLE pt (id int) PARTITION BY RANGE (id);
  CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
  CREATE TABLE pt_old (id int);
  CREATE MATERIALIZED VIEW mv AS SELECT id FROM other;
  CREATE VIEW vw AS SELECT id FROM big;
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
  CREATE EXTENSION IF NOT EXISTS btree_gist;
`;
