import type { NamingConvention } from "../../../src/operations/namingConvention";
import type { Operations } from "../../../src/operations/operations";
import type { SqlTag } from "../../../src/operations/sqlFragment";

type Call = (op: Operations, sql: SqlTag) => Promise<void> | void;

/** What Alembic's SQLAlchemy does by itself and here is said: an integer key is a serial one. */
export interface Counterpart {
  readonly call: Call;
  /** What has to be there before, if it is not the usual tables. */
  readonly setup?: string;
  readonly namingConvention?: NamingConvention;
  /** Our effect is another one on purpose. */
  readonly differs?: string;
}

const t = "CREATE TABLE t (a integer, b integer, x integer, z integer)";
const opsT = "CREATE SCHEMA ops; CREATE TABLE ops.t (a integer)";
const other = "CREATE TABLE other (id integer PRIMARY KEY)";
const o = "CREATE TABLE o (id integer PRIMARY KEY)";
const convention: NamingConvention = {
  ix: "ix_%(column_0_label)s",
  uq: "uq_%(table_name)s_%(column_0_name)s",
  ck: "ck_%(table_name)s_%(constraint_name)s",
  fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
  pk: "pk_%(table_name)s",
};
const checkConvention: NamingConvention = { ck: "ck_%(table_name)s_%(constraint_name)s" };

/** For each recorded call of Alembic, in the order of the recording, how it is written here. */
export const counterparts: readonly Counterpart[] = [
  { call: (op) => op.createTable("t", { columns: {} }) },
  {
    setup: "CREATE SCHEMA ops",
    call: (op) =>
      op.createTable("account", { columns: { id: { type: "bigserial", primaryKey: true } }, schema: "ops" }),
  },
  {
    call: (op) =>
      op.createTable("account", {
        columns: { id: { type: "integer", identity: "by default", primaryKey: true } },
      }),
  },
  {
    call: (op) =>
      op.createTable("account", {
        columns: {
          id: { type: "integer", identity: { always: true, start: 10, increment: 5 }, primaryKey: true },
        },
      }),
  },
  {
    call: (op) =>
      op.createTable("account", {
        columns: { id: { type: "serial", primaryKey: true } },
        comment: "it's a table",
      }),
  },
  {
    call: (op) =>
      op.createTable("account", { columns: { id: { type: "serial", primaryKey: true, comment: "the id" } } }),
  },
  {
    call: (op) =>
      op.createTable("t", {
        columns: { a: { type: "integer" }, b: { type: "integer" } },
        primaryKey: { name: "pk_t", columns: ["a", "b"] },
      }),
  },
  {
    setup: other,
    call: (op) =>
      op.createTable("t", {
        columns: {
          a: {
            type: "integer",
            references: {
              table: "other",
              column: "id",
              name: "fk_a",
              onDelete: "cascade",
              onUpdate: "set null",
              deferrable: true,
              initially: "deferred",
            },
          },
        },
      }),
  },
  {
    setup: "CREATE SCHEMA ops; CREATE TABLE ops.other (id integer PRIMARY KEY)",
    call: (op) =>
      op.createTable("t", {
        columns: { a: { type: "integer" } },
        foreignKeys: [
          { columns: ["a"], references: { schema: "ops", table: "other", columns: ["id"] }, name: "fk_a" },
        ],
      }),
  },
  {
    call: async (op) => {
      await op.createTable("t", {
        columns: { a: { type: "integer", unique: true }, b: { type: "integer" } },
      });
      await op.createIndex(null, "t", ["b"]);
    },
  },
  {
    call: (op, sql) =>
      op.createTable("t", {
        columns: { s: { type: "varchar(1)", check: { condition: sql`s IN ('a', 'b')`, name: "mood" } } },
      }),
  },
  {
    setup: "CREATE TYPE mood AS ENUM ('a', 'b')",
    call: (op) => op.createTable("t", { columns: { s: { type: "mood" } } }),
  },
  {
    call: (op, sql) =>
      op.createTable("t", {
        columns: {
          c: { type: "integer", generated: { expression: sql`a + b`, stored: true } },
          a: { type: "integer" },
          b: { type: "integer" },
        },
      }),
  },
  {
    call: (op, sql) =>
      op.createTable("t", {
        columns: {
          u: { type: "uuid", default: sql`gen_random_uuid()`, nullable: false },
          j: { type: "jsonb" },
          arr: { type: "integer[]" },
          ts: { type: "timestamptz", default: sql`now()` },
          n: { type: "numeric(10,2)" },
          b: { type: "boolean", default: false },
          by: { type: "bytea" },
          d: { type: "date" },
          i: { type: "interval" },
          inet: { type: "inet" },
          r: { type: "int4range" },
          tsv: { type: "tsvector" },
          f: { type: "double precision" },
          dp: { type: "double precision" },
          sm: { type: "smallint" },
          tx: { type: "text" },
          ti: { type: "time" },
        },
      }),
  },
  {
    call: (op) =>
      op.createTable("Mixed Case", { columns: { Order: { type: "integer" }, select: { type: "integer" } } }),
  },
  { call: (op) => op.createTable("t", { columns: { a: { type: "integer" } }, unlogged: true }) },
  {
    setup: "CREATE SCHEMA ops; CREATE TABLE ops.account ()",
    call: (op) => op.dropTable("account", { schema: "ops" }),
  },
  { setup: "CREATE TABLE a ()", call: (op) => op.renameTable("a", "b") },
  { call: (op) => op.createTableComment("t", "it's", { existingComment: "old" }), setup: t },
  { setup: opsT, call: (op) => op.createTableComment("t", "x", { schema: "ops" }) },
  { setup: opsT, call: (op) => op.dropTableComment("t", { schema: "ops" }) },
  { setup: "CREATE TABLE t ()", call: (op) => op.addColumn("t", "a", { type: "integer", nullable: false }) },
  {
    setup: "CREATE TABLE t ()",
    call: (op) => op.addColumn("t", "a", { type: "varchar(20)", default: "it's" }),
  },
  {
    setup: "CREATE TABLE t ()",
    call: (op, sql) => op.addColumn("t", "a", { type: "timestamp", default: sql`now()` }),
  },
  {
    setup: `CREATE TABLE t (); ${other}`,
    call: (op) => op.addColumn("t", "a", { type: "integer", references: "other.id" }),
  },
  { setup: "CREATE TABLE t ()", call: (op) => op.addColumn("t", "a", { type: "integer", unique: true }) },
  {
    setup: "CREATE TABLE t ()",
    call: async (op) => {
      await op.addColumn("t", "a", { type: "integer" });
      await op.createIndex(null, "t", ["a"]);
    },
  },
  {
    setup: "CREATE TABLE t ()",
    call: (op) => op.addColumn("t", "a", { type: "integer" }, { ifNotExists: true }),
  },
  {
    setup: "CREATE TABLE t (b integer)",
    call: (op, sql) => op.addColumn("t", "a", { type: "integer", generatedAs: sql`b * 2` }),
  },
  {
    setup: "CREATE TABLE t ()",
    call: (op) => op.addColumn("t", "a", { type: "integer", identity: "by default" }),
  },
  { setup: "CREATE TABLE t ()", call: (op) => op.addColumn("t", "m", { type: "boolean" }) },
  { call: (op) => op.dropColumn("t", "a"), setup: t },
  { setup: opsT, call: (op) => op.dropColumn("t", "a", { schema: "ops" }) },
  { call: (op) => op.dropColumn("t", "a", { ifExists: true }), setup: t },
  {
    setup: "CREATE TABLE t (a integer NOT NULL)",
    call: (op) => op.alterColumn("t", "a", { nullable: true }),
  },
  {
    setup: "CREATE TABLE t (a timestamptz)",
    call: (op, sql) => op.alterColumn("t", "a", { default: sql`now()` }),
  },
  {
    setup: "CREATE TABLE t (a integer DEFAULT 1)",
    call: (op) => op.alterColumn("t", "a", { default: null }),
  },
  { call: (op) => op.alterColumn("t", "a", { type: "varchar(100)" }), setup: t },
  { call: (op, sql) => op.alterColumn("t", "a", { using: sql`a::integer` }), setup: t },
  { call: (op) => op.alterColumn("t", "a", { comment: "hello" }), setup: t },
  { call: (op) => op.alterColumn("t", "a", { comment: null }), setup: `${t}; COMMENT ON COLUMN t.a IS 'x'` },
  {
    setup: "CREATE TABLE t (a integer)",
    call: (op) =>
      op.alterColumn("t", "a", {
        nullable: false,
        type: "bigint",
        default: "0",
        newName: "b",
        comment: "c",
        existingType: "integer",
      }),
  },
  { setup: opsT, call: (op) => op.alterColumn("t", "a", { nullable: false, schema: "ops" }) },
  {
    setup: "CREATE TABLE t (a integer NOT NULL)",
    call: (op) => op.alterColumn("t", "a", { identity: "by default", existingIdentity: null }),
  },
  {
    setup: "CREATE TABLE t (a integer NOT NULL GENERATED ALWAYS AS IDENTITY)",
    call: (op) => op.alterColumn("t", "a", { identity: null, existingIdentity: "always" }),
  },
  {
    setup: t,
    call: (op, sql) => op.alterColumn("t", "a", { generated: { expression: sql`x+1` } as unknown as null }),
  },
  { call: (op) => op.alterColumn("t", "a", { existingType: "integer" }), setup: t },
  { call: (op) => op.createIndex("ix", "t", ["a", "b"], { unique: true }), setup: t },
  { setup: "CREATE TABLE t (a text)", call: (op, sql) => op.createIndex("ix", "t", [sql`lower(a)`]) },
  { call: (op) => op.createIndex("ix", "t", ["a", { column: "b", order: "desc", nulls: "last" }]), setup: t },
  { call: (op) => op.createIndex("ix", "t", ["a"], { ifNotExists: true }), setup: t },
  { setup: "CREATE TABLE t (a jsonb)", call: (op) => op.createIndex("ix", "t", ["a"], { using: "gin" }) },
  { call: (op, sql) => op.createIndex("ix", "t", ["a"], { where: sql`a > 5` }), setup: t },
  { call: (op) => op.createIndex("ix", "t", ["a"], { concurrently: true }), setup: t },
  { call: (op) => op.createIndex("ix", "t", ["a"], { include: ["b"] }), setup: t },
  { call: (op) => op.createIndex("ix", "t", ["a"], { unique: true, nullsNotDistinct: true }), setup: t },
  { call: (op) => op.createIndex(null, "t", ["a"]), setup: t },
  { call: (op) => op.dropIndex("ix", "t"), setup: `${t}; CREATE INDEX ix ON t (a)` },
  {
    setup: `${opsT}; CREATE INDEX ix ON ops.t (a)`,
    call: (op) => op.dropIndex("ix", "t", { schema: "ops" }),
  },
  { setup: opsT, call: (op) => op.createPrimaryKey("pk", "t", ["a"], { schema: "ops" }) },
  { call: (op) => op.createPrimaryKey(null, "t", ["a"]), setup: t },
  { call: (op) => op.createUniqueConstraint("uq", "t", ["a", "b"]), setup: t },
  { setup: opsT, call: (op) => op.createUniqueConstraint("uq", "t", ["a"], { schema: "ops" }) },
  { call: (op) => op.createUniqueConstraint("uq", "t", ["a"], { nullsNotDistinct: true }), setup: t },
  { call: (op) => op.createCheckConstraint("ck", "t", "a > 0"), setup: t },
  { setup: opsT, call: (op, sql) => op.createCheckConstraint("ck", "t", sql`a > 0`, { schema: "ops" }) },
  {
    call: (op, sql) => op.createCheckConstraint("ck", "t", sql`${sql.identifier("a")} > ${5}`),
    setup: t,
  },
  { call: (op) => op.createCheckConstraint("ck", "t", "a > 0", { notValid: true }), setup: t },
  {
    setup: `${t}; CREATE TABLE other (x integer, y integer, PRIMARY KEY (x, y))`,
    call: (op) =>
      op.createForeignKey("fk", "t", "other", ["a", "b"], ["x", "y"], {
        onDelete: "cascade",
        onUpdate: "restrict",
      }),
  },
  {
    setup: `${t}; ${other}`,
    call: (op) =>
      op.createForeignKey("fk", "t", "other", ["a"], ["id"], {
        deferrable: true,
        initially: "deferred",
        match: "full",
      }),
  },
  {
    setup: "CREATE TABLE t (id integer PRIMARY KEY, parent integer)",
    call: (op) => op.createForeignKey("fk", "t", "t", ["parent"], ["id"]),
  },
  {
    setup: `${t}; ${other}`,
    call: (op) => op.createForeignKey("fk", "t", "other", ["a"], ["id"], { notValid: true }),
  },
  {
    setup: "CREATE TABLE t (period tsrange, grp text)",
    call: (op, sql) =>
      op.createExcludeConstraint(
        "ex",
        "t",
        [
          ["period", "&&"],
          ["grp", "="],
        ],
        { where: sql`grp != 'x'`, using: "gist" },
      ),
  },
  {
    setup: "CREATE TABLE t (period tsrange)",
    call: (op) =>
      op.createExcludeConstraint("ex", "t", [["period", "&&"]], {
        using: "gist",
        deferrable: true,
        initially: "deferred",
      }),
  },
  {
    setup: `${t}; ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)`,
    call: (op) => op.dropConstraint("ck", "t", { type: "check" }),
  },
  { call: (op) => op.dropConstraint("ck", "t", { type: "check", ifExists: true }), setup: t },
  { call: (op) => op.dropConstraint("ck", "t", { type: "bogus" as "check" }), setup: t },
  { call: (op) => op.execute("CREATE EXTENSION IF NOT EXISTS citext") },
  {
    setup: t,
    differs: "Alembic's text() reads :x as a parameter, even inside quotes; a string is plain SQL here",
    call: (op) => op.execute("SELECT ':x', ':y', a::int FROM t"),
  },
  { call: (op) => op.execute("select 'tab\there'") },
  { call: (op, sql) => op.execute(sql`UPDATE t SET a = ${5}`), setup: t },
  { call: (op, sql) => op.execute(sql`UPDATE t SET a = ${6} WHERE a = ${5}`), setup: t },
  {
    setup: "CREATE TABLE t (id integer, name text)",
    call: (op) =>
      op.bulkInsert("t", [
        { id: 1, name: "O'Neil" },
        { id: 2, name: null },
      ]),
  },
  { setup: "CREATE TABLE t (d date)", call: (op) => op.bulkInsert("t", [{ d: "2024-01-02" }]) },
  {
    setup: "CREATE TABLE t ()",
    call: (op) => op.batchAlterTable("t", (batch) => batch.addColumn("a", { type: "integer" })),
  },
  {
    setup: "CREATE TABLE t (x integer, z integer)",
    call: (op) =>
      op.batchAlterTable("t", async (batch) => {
        await batch.addColumn("a", { type: "integer" });
        await batch.alterColumn("x", { nullable: false });
        await batch.dropColumn("z");
      }),
  },
  { call: (op) => op.batchAlterTable("t", (batch) => batch.createCheckConstraint("ck", "a > 0")), setup: t },
  {
    setup: o,
    namingConvention: convention,
    call: (op) =>
      op.createTable("t", {
        columns: {
          id: { type: "serial", primaryKey: true },
          a: { type: "integer", references: "o.id", unique: true },
        },
      }),
  },
  {
    setup: `${t}; ${o}`,
    namingConvention: { fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s" },
    call: (op) => op.createForeignKey(null, "t", "o", ["a"], ["id"]),
  },
  {
    setup: t,
    namingConvention: checkConvention,
    call: (op) => op.createCheckConstraint("positive", "t", "a > 0"),
  },
  {
    setup: `${t}; ALTER TABLE t ADD CONSTRAINT ck_t_positive CHECK (a > 0)`,
    namingConvention: checkConvention,
    call: (op) => op.dropConstraint("positive", "t", { type: "check" }),
  },
  {
    setup: `${t}; ALTER TABLE t ADD CONSTRAINT ck_t_positive CHECK (a > 0)`,
    namingConvention: checkConvention,
    call: (op) => op.dropConstraint(op.f("ck_t_positive"), "t", { type: "check" }),
  },
];
