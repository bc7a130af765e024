import * as fc from "fast-check";
import type { BranchCase } from "./corpus";

/** What both branches of each pair stand on. */
export const randomShared: readonly string[] = [
  "CREATE TYPE mood AS ENUM ('ok', 'bad')",
  "CREATE DOMAIN zip AS text",
  "CREATE SEQUENCE numbers",
  "CREATE SCHEMA app",
  "CREATE TABLE users (id integer PRIMARY KEY, name text, mood mood DEFAULT 'ok', zip zip)",
  "CREATE TABLE orders (id serial PRIMARY KEY, user_id integer CONSTRAINT fk_user REFERENCES users (id), total numeric)",
  "CREATE TABLE items (id integer, order_id integer, price numeric, code text)",
  "CREATE TABLE app.logs (id integer DEFAULT nextval('numbers'), line text)",
  "CREATE TABLE tags (id integer, name varchar(20) NOT NULL)",
  "CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, body text, size integer GENERATED ALWAYS AS (length(body)) STORED)",
  "CREATE TABLE audit (at timestamptz DEFAULT now(), line text)",
  "CREATE TABLE measures (at date, v integer) PARTITION BY RANGE (at)",
  "CREATE TABLE measures_2024 PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
  "CREATE TABLE people (name text)",
  "CREATE TABLE staff (role text) INHERITS (people)",
  "CREATE INDEX ix_items_code ON items (code)",
  "CREATE VIEW user_names AS SELECT id, name FROM users",
  "CREATE VIEW short_names AS SELECT left(name, 1) AS name FROM user_names",
  "CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id",
  "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'",
  "CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit (line) VALUES (TG_TABLE_NAME); RETURN NEW; END'",
  "CREATE TRIGGER record_tags AFTER INSERT ON tags FOR EACH ROW EXECUTE FUNCTION record()",
  "INSERT INTO users VALUES (1, 'ann'), (2, 'ben')",
  "INSERT INTO orders (user_id, total) VALUES (1, 10)",
  "INSERT INTO items VALUES (1, 1, 5, 'a')",
  "INSERT INTO tags VALUES (1, 'first')",
];

const columns = {
  users: ["id", "name", "mood", "zip"],
  orders: ["id", "user_id", "total"],
  items: ["id", "order_id", "price", "code"],
  "app.logs": ["id", "line"],
  tags: ["id", "name"],
  notes: ["id", "body", "size"],
  audit: ["at", "line"],
  measures: ["at", "v"],
  measures_2024: ["at", "v"],
  people: ["name"],
  staff: ["name", "role"],
} as const;

const table = fc.constantFrom(...(Object.keys(columns) as (keyof typeof columns)[]));
const place = table.chain((name) => fc.tuple(fc.constant(name), fc.constantFrom<string>(...columns[name])));
/** So few that branches meet. */
const fresh = fc.constantFrom("n1", "n2", "n3", "n4", "n5", "n6", '"N 7"', "items_id_idx", "users_zip_key");
const type = fc.constantFrom("integer", "text", "varchar(40)", "numeric", "mood", "zip", "serial", "date");
const relation = fc.oneof(table, fc.constantFrom("user_names", "short_names", "totals"));
const end = fc.constantFrom("", "", " CASCADE");
const value = fc.constantFrom("NULL", "DEFAULT", "1", "2", "'x'", "'ok'", "'2024-05-05'");

/** SQL whose parts are drawn. */
function sql(texts: TemplateStringsArray, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts)
    .map((drawn) => texts.map((text, index) => `${text}${drawn[index] ?? ""}`).join(""));
}

/** A statement with a table and one of its columns. */
function at(
  write: (table: string, column: string, name: string) => string,
  name: fc.Arbitrary<string> = fresh,
): fc.Arbitrary<string> {
  return fc.tuple(place, name).map(([[of, column], drawn]) => write(of, column, drawn));
}

const additive = fc.oneof(
  sql`CREATE TABLE ${fresh} (id ${type}, x ${type})`,
  sql`CREATE TABLE ${fresh} (id serial PRIMARY KEY, ref integer REFERENCES ${fc.constantFrom("users", "orders")})`,
  sql`CREATE TABLE IF NOT EXISTS ${fresh} (id ${type})`,
  sql`CREATE TABLE ${fresh} (extra integer) INHERITS (${fc.constantFrom("people", "staff")})`,
  sql`CREATE TABLE ${fresh} (LIKE ${table} INCLUDING ALL)`,
  sql`CREATE TABLE ${fresh} AS SELECT * FROM ${relation}`,
  sql`CREATE TABLE ${fresh} PARTITION OF measures FOR VALUES FROM ('2025-01-01') TO ('${fc.constantFrom("2025-06-01", "2026-01-01")}')`,
  sql`ALTER TABLE ${table} ADD COLUMN ${fresh} ${type}`,
  sql`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${fresh} ${type}`,
  sql`ALTER TABLE ${table} ADD COLUMN ${fresh} integer NOT NULL DEFAULT 0, ADD COLUMN ${fresh} text`,
  sql`ALTER TABLE ${table} ADD COLUMN ${fresh} integer UNIQUE`,
  at((of, column, name) => `CREATE INDEX ${name} ON ${of} (${column})`),
  at((of, column) => `CREATE INDEX ON ${of} (${column})`),
  at((of, column, name) => `CREATE UNIQUE INDEX ${name} ON ${of} (${column})`),
  at((of, column) => `ALTER TABLE ${of} ADD UNIQUE (${column})`),
  at((of, column, name) => `ALTER TABLE ${of} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL)`),
  at((of, column) => `ALTER TABLE ${of} ADD CHECK (${column} IS NULL OR true)`),
  at(
    (of, column, name) => `ALTER TABLE ${of} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES users`,
  ),
  at((of, column, name) => `CREATE VIEW ${name} AS SELECT ${column} FROM ${of}`),
  sql`CREATE VIEW ${fresh} AS SELECT * FROM ${relation}`,
  sql`CREATE TYPE ${fresh} AS ENUM ('a')`,
  sql`CREATE TYPE ${fresh} AS (a ${type})`,
  sql`CREATE DOMAIN ${fresh} AS zip`,
  sql`CREATE SEQUENCE ${fresh}`,
  sql`CREATE SCHEMA ${fresh}`,
  sql`CREATE TRIGGER ${fresh} BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION record()`,
  sql`CREATE POLICY ${fresh} ON ${table} USING (true)`,
  sql`CREATE FUNCTION ${fresh}() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
);

const changing = fc.oneof(
  at((of, column) => `ALTER TABLE ${of} DROP COLUMN ${column}`),
  at((of, column) => `ALTER TABLE ${of} DROP COLUMN ${column} CASCADE`),
  at((of, column, name) => `ALTER TABLE ${of} RENAME ${column} TO ${name}`),
  at((of, column, name) => `ALTER TABLE ${of} ALTER ${column} TYPE ${name}`, type),
  at((of, column) => `ALTER TABLE ${of} ALTER ${column} SET NOT NULL`),
  at((of, column) => `ALTER TABLE ${of} ALTER ${column} DROP NOT NULL`),
  at((of, column, name) => `ALTER TABLE ${of} ALTER ${column} SET DEFAULT ${name}`, value),
  at((of, column) => `ALTER TABLE ${of} ALTER ${column} DROP DEFAULT`),
  at((of, column) => `ALTER TABLE ${of} ALTER ${column} SET DEFAULT nextval('numbers')`),
  at((of, column) => `COMMENT ON COLUMN ${of}.${column} IS 'a'`),
  at((of, column, name) => `UPDATE ${of} SET ${column} = ${name}`, value),
  sql`ALTER TABLE ${table} RENAME TO ${fresh}`,
  sql`ALTER TABLE ${table} SET SCHEMA ${fc.constantFrom("app", "public")}`,
  sql`ALTER TABLE ${table} SET (fillfactor = ${fc.constantFrom("70", "80")})`,
  sql`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  sql`ALTER TABLE orders DROP CONSTRAINT ${fc.constantFrom("fk_user", "orders_pkey")}${end}`,
  sql`ALTER TABLE users DROP CONSTRAINT users_pkey${end}`,
  sql`ALTER INDEX ${fc.constantFrom("ix_items_code", "users_pkey")} RENAME TO ${fresh}`,
  sql`ALTER TYPE mood ADD VALUE '${fc.constantFrom("good", "sad")}'`,
  sql`ALTER TYPE mood RENAME VALUE '${fc.constantFrom("ok", "bad")}' TO '${fc.constantFrom("good", "sad")}'`,
  sql`ALTER TYPE mood RENAME TO ${fresh}`,
  sql`ALTER DOMAIN zip ADD CONSTRAINT ${fresh} CHECK (value <> 'x')`,
  sql`ALTER DOMAIN zip SET DEFAULT '${fresh}'`,
  sql`ALTER SEQUENCE ${fc.constantFrom("numbers", "orders_id_seq")} INCREMENT ${fc.constantFrom("2", "3")}`,
  sql`ALTER VIEW user_names RENAME TO ${fresh}`,
  sql`CREATE OR REPLACE VIEW short_names AS SELECT ${fc.constantFrom("upper", "lower")}(name) AS name FROM user_names`,
  sql`CREATE OR REPLACE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT ${fc.constantFrom("n + n", "2 * n")}'`,
  sql`DROP VIEW IF EXISTS ${fc.constantFrom("user_names", "short_names", "n1", "n2")}${end}`,
  sql`DROP TABLE IF EXISTS ${fc.oneof(table, fresh)}${end}`,
  sql`DROP INDEX IF EXISTS ${fc.constantFrom("ix_items_code", "n1", "items_id_idx")}`,
  sql`DROP SEQUENCE numbers${end}`,
  sql`DROP TYPE mood${end}`,
  sql`DROP FUNCTION twice(integer)${end}`,
  sql`DROP TRIGGER record_tags ON tags`,
  sql`COMMENT ON TABLE ${table} IS '${fresh}'`,
  sql`GRANT ${fc.constantFrom("SELECT", "INSERT")} ON ${relation} TO PUBLIC`,
  sql`REVOKE SELECT ON ${relation} FROM PUBLIC`,
  sql`REFRESH MATERIALIZED VIEW totals`,
  sql`INSERT INTO ${table} VALUES (${value}, ${value})`,
  sql`INSERT INTO tags SELECT id, name FROM ${fc.constantFrom("users", "user_names", "staff")}`,
  sql`DELETE FROM ${table}`,
  sql`TRUNCATE ${table}${end}`,
  sql`DO 'BEGIN IF to_regclass(''${fresh}'') IS NULL THEN CREATE TABLE n6 (a integer); END IF; END'`,
);

const branch = fc.array(fc.oneof({ arbitrary: additive, weight: 3 }, { arbitrary: changing, weight: 2 }), {
  minLength: 1,
  maxLength: 3,
});

/** Two branches as they come; many can be applied by themselves, some can't. */
export const randomPair: fc.Arbitrary<Pick<BranchCase, "left" | "right">> = fc.record({
  left: branch,
  right: branch,
});
