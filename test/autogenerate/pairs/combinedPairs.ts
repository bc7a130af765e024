import type { ColumnOptions } from "typeorm";
import { entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

type Entities = (orm: Orm) => readonly unknown[];
type Columns = Readonly<Record<string, ColumnOptions>>;

/** One table, with a key of its own. */
const table =
  (
    name: string | { readonly name: string; readonly schema: string },
    columns: Columns,
    decorate: (orm: Orm) => readonly ClassDecorator[] = () => [],
  ): Entities =>
  (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    const properties = Object.entries(columns).map(([key, options]) => [key, Column(options)] as const);
    return [
      orm.entity(
        "Row",
        name,
        { id: PrimaryGeneratedColumn(), ...Object.fromEntries(properties) },
        ...decorate(orm),
      ),
    ];
  };

const state = (values: readonly string[], more: ColumnOptions = {}): ColumnOptions => ({
  type: "enum",
  enum: [...values],
  enumName: "st",
  ...more,
});

/** A table that leads to another one by that one's code. */
const leading =
  (names: { readonly target: string; readonly column: string }, type: "varchar" | "int"): Entities =>
  ({ entity, typeorm: { Column, JoinColumn, ManyToOne, PrimaryGeneratedColumn } }) => {
    const Target = entity("Target", names.target, {
      id: PrimaryGeneratedColumn(),
      code: Column({ type, unique: true }),
    });
    return [
      Target,
      entity("Row", "c", {
        id: PrimaryGeneratedColumn(),
        to: [ManyToOne(() => Target), JoinColumn({ name: names.column, referencedColumnName: "code" })],
      }),
    ];
  };

const counted =
  (strategy: "increment" | "identity", name = "t"): Entities =>
  ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
    entity("Row", name, { id: PrimaryGeneratedColumn(strategy as "increment") }),
  ];

const leadingRows = "INSERT INTO b (code) VALUES ('7'); INSERT INTO c (bc) VALUES ('7')";

/** Several changes in one revision, of which each is in the way of another. */
export const combinedPairs: readonly EntityPair[] = [
  entityPair(
    "a foreign key gets columns of another type, and a name, as one of them is renamed",
    leading({ target: "b", column: "bc" }, "varchar"),
    leading({ target: "b", column: "bk" }, "int"),
    {
      rows: leadingRows,
      kept: ["SELECT bc FROM c", "SELECT bk::text FROM c"],
      renames: ["c.bc:c.bk"],
    },
  ),
  entityPair(
    "a foreign key gets columns of another type, as its target is renamed",
    leading({ target: "b", column: "bc" }, "varchar"),
    leading({ target: "bb", column: "bc" }, "int"),
    {
      rows: leadingRows,
      kept: ["SELECT bc, code FROM c, b", "SELECT bc::text, code::text FROM c, bb"],
      renames: ["b:bb"],
    },
  ),
  entityPair(
    "a table is renamed, and an enum of an index and a check without names loses a value",
    table("a", { s: state(["a", "b", "c"]) }, ({ typeorm: { Check, Index } }) => [
      Check("s <> 'b'"),
      Index(["id"], { where: "s = 'a'" }),
    ]),
    table("aa", { s: state(["a", "b"]) }, ({ typeorm: { Check, Index } }) => [
      Check("s <> 'b'"),
      Index(["id"], { where: "s = 'a'" }),
    ]),
    {
      rows: "INSERT INTO a (s) VALUES ('a')",
      kept: ["SELECT s FROM a", "SELECT s FROM aa"],
      renames: ["a:aa"],
    },
  ),
  entityPair(
    "a table is renamed, and a generated column of a unique key without a name is another one",
    table("a", {
      n: { type: "int" },
      g: { type: "int", asExpression: "n + 1", generatedType: "STORED", nullable: true, unique: true },
    }),
    table("aa", {
      n: { type: "int" },
      g: { type: "int", asExpression: "n + 2", generatedType: "STORED", nullable: true, unique: true },
    }),
    {
      rows: "INSERT INTO a (n) VALUES (1)",
      kept: ["SELECT n, g + 1 FROM a", "SELECT n, g FROM aa"],
      renames: ["a:aa"],
    },
  ),
  entityPair(
    "a table is renamed, and a column takes the name of one that goes",
    table("users", { a: { type: "text" }, b: { type: "text", default: "B" } }),
    table("accounts", { b: { type: "text" } }),
    {
      rows: "INSERT INTO users (a) VALUES ('one')",
      kept: ["SELECT a FROM users", "SELECT b FROM accounts"],
      renames: ["users:accounts", "users.a:accounts.b"],
    },
  ),
  entityPair(
    "a column takes the name of one that goes, and a column computed from both goes too",
    table("t", {
      a: { type: "int" },
      b: { type: "int", default: 2 },
      g: { type: "int", asExpression: "a + b", generatedType: "STORED", nullable: true, unique: true },
    }),
    table("t", { b: { type: "int" } }),
    {
      rows: "INSERT INTO t (a) VALUES (1)",
      kept: ["SELECT a FROM t", "SELECT b FROM t"],
      renames: ["t.a:t.b"],
    },
  ),
  entityPair(
    "a column takes the name of one that goes, and another one is computed from it",
    table("t", {
      a: { type: "int" },
      b: { type: "int", default: 2 },
      g: { type: "int", asExpression: "a + b", generatedType: "STORED", nullable: true },
    }),
    table("t", {
      b: { type: "int" },
      g: { type: "int", asExpression: "b * 10", generatedType: "STORED", nullable: true },
    }),
    {
      rows: "INSERT INTO t (a) VALUES (1)",
      kept: ["SELECT a, g * 10 / 3 FROM t", "SELECT b, g FROM t"],
      renames: ["t.a:t.b"],
    },
  ),
  entityPair(
    "a column goes with the value of its enum that its rows have",
    table("t", { s: state(["a", "b", "c"]), u: state(["a", "b", "c"], { default: "c" }) }),
    table("t", { s: state(["a", "b"]) }),
    { rows: "INSERT INTO t (s) VALUES ('b')", kept: ["SELECT s FROM t", "SELECT s FROM t"] },
  ),
  entityPair(
    "a column becomes text while its enum loses the value that its rows have",
    table("t", { s: state(["a", "b", "c"], { default: "c" }), u: state(["a", "b", "c"]) }),
    table("t", { s: { type: "text" }, u: state(["a", "b"]) }),
    { rows: "INSERT INTO t (u) VALUES ('b')", kept: ["SELECT s::text, u FROM t", "SELECT s, u FROM t"] },
  ),
  entityPair(
    "a column moves to another enum while its own loses the value that its rows have",
    table("t", { s: state(["a", "b", "c"]), u: state(["a", "b", "c"]) }),
    table("t", { s: state(["a", "c", "d"], { enumName: "st2" }), u: state(["a", "b"]) }),
    { rows: "INSERT INTO t (s, u) VALUES ('c', 'b')", kept: ["SELECT s, u FROM t", "SELECT s, u FROM t"] },
  ),
  entityPair(
    "an enum gets a value, and a table a column that has it",
    table("t", { s: state(["a", "b"]) }),
    table("t", { s: state(["a", "b", "c"]), u: state(["a", "b", "c"], { default: "c" }) }),
    { rows: "INSERT INTO t (s) VALUES ('b')", kept: ["SELECT s FROM t", "SELECT s FROM t"] },
  ),
  entityPair(
    "a computed column becomes an ordinary one, and what it was computed from gets another type",
    table("t", {
      p: { type: "int" },
      g: { type: "int", asExpression: "p + 1", generatedType: "STORED", nullable: true },
    }),
    table("t", { p: { type: "bigint" }, g: { type: "int", nullable: true } }),
    { rows: "INSERT INTO t (p) VALUES (1)", kept: ["SELECT p::bigint, g FROM t", "SELECT p, g FROM t"] },
  ),
  entityPair(
    "a computed column becomes an ordinary one, and the enum that it was computed from loses a value",
    table("t", {
      s: state(["a", "b", "c"]),
      g: {
        type: "boolean",
        asExpression: "s = 'a'",
        generatedType: "STORED",
        nullable: true,
      },
    }),
    table("t", { s: state(["a", "b"]), g: { type: "boolean", nullable: true } }),
    { rows: "INSERT INTO t (s) VALUES ('a')", kept: ["SELECT s, g FROM t", "SELECT s, g FROM t"] },
  ),
  entityPair(
    "a value of an enum that a list has as its default is renamed",
    table("t", { s: state(["a", "b"], { array: true, default: ["b"] }) }),
    table("t", { s: state(["a", "the z"], { array: true, default: ["the z"] }) }),
    {
      rows: "INSERT INTO t DEFAULT VALUES",
      kept: ["SELECT s::text = '{b}' FROM t", `SELECT s::text = '{"the z"}' FROM t`],
      renames: ["st.b:st.the z"],
    },
  ),
  entityPair(
    "two values of an enum swap their names",
    table("t", { s: state(["a", "b", "c"], { default: "a" }) }, ({ typeorm: { Check } }) => [
      Check("ck", "s <> 'b' OR id > 0"),
    ]),
    table("t", { s: state(["b", "a", "c"], { default: "b" }) }, ({ typeorm: { Check } }) => [
      Check("ck", "s <> 'a' OR id > 0"),
    ]),
    {
      rows: "INSERT INTO t (s) VALUES ('a'), ('b'), ('c')",
      kept: [
        "SELECT array_agg(s::text ORDER BY id) FROM t",
        "SELECT array_agg(translate(s::text, 'ab', 'ba') ORDER BY id) FROM t",
      ],
      renames: ["st.a:st.b", "st.b:st.a"],
    },
  ),
  entityPair(
    "a table moves to another schema, and a column takes the name of one that goes with its unique key",
    table("users", { a: { type: "text" }, b: { type: "text", default: "B", unique: true } }),
    table({ name: "accounts", schema: "other" }, { b: { type: "text" } }),
    {
      setup: "CREATE SCHEMA other",
      synchronizeSetup: "CREATE SCHEMA IF NOT EXISTS other",
      rows: "INSERT INTO users (a) VALUES ('one')",
      kept: ["SELECT a FROM users", "SELECT b FROM other.accounts"],
      renames: ["users:other.accounts", "other.accounts.a:b"],
    },
  ),
  entityPair(
    "a table is renamed, and its column goes with the value of its enum that its rows have",
    table("t", { s: state(["a", "b", "c"]), u: state(["a", "b", "c"], { default: "c" }) }),
    table("tt", { s: state(["a", "b"]) }),
    {
      rows: "INSERT INTO t (s) VALUES ('b')",
      kept: ["SELECT s FROM t", "SELECT s FROM tt"],
      renames: ["t:tt"],
    },
  ),
  ...(["increment", "identity"] as const).map((before) => {
    const after = before === "identity" ? "increment" : "identity";
    return entityPair(
      `a key of a renamed table continues as ${after}`,
      counted(before),
      counted(after, "tt"),
      {
        rows: "INSERT INTO t SELECT FROM generate_series(1, 10); DELETE FROM t WHERE id > 5",
        kept: ["SELECT last_value, is_called FROM t_id_seq", "SELECT last_value, is_called FROM tt_id_seq"],
        renames: ["t:tt"],
      },
    );
  }),
  ...(["increment", "identity"] as const).map((before) => {
    const after = before === "identity" ? "increment" : "identity";
    return entityPair(`a key continues as ${after}`, counted(before), counted(after), {
      rows: "INSERT INTO t SELECT FROM generate_series(1, 10); DELETE FROM t WHERE id > 5",
      kept: ["SELECT last_value, is_called FROM t_id_seq", "SELECT last_value, is_called FROM t_id_seq"],
    });
  }),
  entityPair(
    "a list becomes JSON",
    table("t", { c: { type: "text", array: true } }),
    table("t", { c: { type: "jsonb" } }),
    {
      rows: `INSERT INTO t (c) VALUES ('{x,"y z"}')`,
      kept: ["SELECT to_jsonb(c) FROM t", "SELECT c FROM t"],
      isRestored: false,
    },
  ),
];
