import { columnPair, entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

/** The two cases of one table under the documentation's letters: A data loss, B can't run, C not seen, D churning. */
const typePairs: readonly EntityPair[] = [
  columnPair("int to bigint", { type: "int" }, { type: "bigint" }, ["1", "-7"]),
  columnPair("bigint to int", { type: "bigint" }, { type: "int" }, ["1", "-7"]),
  columnPair("smallint to int", { type: "smallint", nullable: true }, { type: "int", nullable: true }, [
    "1",
    "NULL",
  ]),
  columnPair("int to numeric", { type: "int" }, { type: "numeric", precision: 12, scale: 0 }, ["1", "20"]),
  columnPair("int to text", { type: "int" }, { type: "text" }, ["1", "20"]),
  columnPair("text to int", { type: "text" }, { type: "int" }, ["'1'", "'20'"]),
  columnPair(
    "varchar(50) to varchar(100)",
    { type: "varchar", length: 50 },
    { type: "varchar", length: 100 },
    ["'abc'"],
  ),
  columnPair(
    "varchar(100) to varchar(50)",
    { type: "varchar", length: 100 },
    { type: "varchar", length: 50 },
    ["'abc'"],
  ),
  columnPair("varchar(50) to varchar", { type: "varchar", length: 50 }, { type: "varchar" }, ["'abc'", "''"]),
  columnPair("varchar to text", { type: "varchar" }, { type: "text" }, ["'abc'"]),
  columnPair("text to varchar(20)", { type: "text" }, { type: "varchar", length: 20 }, ["'abc'"]),
  columnPair("char(3) to varchar(3)", { type: "char", length: 3 }, { type: "varchar", length: 3 }, ["'abc'"]),
  columnPair("char(3) to char(5)", { type: "char", length: 3 }, { type: "char", length: 5 }, ["'abc'"], {
    as: "trim(v)",
  }),
  columnPair("text to citext", { type: "text" }, { type: "citext" }, ["'Abc'"]),
  columnPair(
    "numeric(10,2) to numeric(12,2)",
    { type: "numeric", precision: 10, scale: 2 },
    { type: "numeric", precision: 12, scale: 2 },
    ["1.25"],
  ),
  columnPair("numeric(10,2) to numeric", { type: "numeric", precision: 10, scale: 2 }, { type: "numeric" }, [
    "1.25",
  ]),
  columnPair("numeric to double precision", { type: "numeric" }, { type: "float8" }, ["1.25"]),
  columnPair("real to double precision", { type: "real" }, { type: "double precision" }, ["1.5"]),
  columnPair(
    "timestamp to timestamptz",
    { type: "timestamp" },
    { type: "timestamptz" },
    ["'2020-01-01 12:00'"],
    {
      as: "extract(epoch from v)::int",
    },
  ),
  columnPair(
    "timestamptz to timestamp",
    { type: "timestamptz" },
    { type: "timestamp" },
    ["'2020-01-01 12:00Z'"],
    {
      as: "to_char(v, 'YYYY-MM-DD')",
    },
  ),
  columnPair(
    "timestamp(3) to timestamp(6)",
    { type: "timestamp", precision: 3 },
    { type: "timestamp", precision: 6 },
    ["'2020-01-01 12:00:00.123'"],
  ),
  columnPair("date to timestamp", { type: "date" }, { type: "timestamp" }, ["'2020-01-01'"], {
    as: "v::date::text",
  }),
  columnPair("timestamp to date", { type: "timestamp" }, { type: "date" }, ["'2020-01-01'"], {
    as: "v::date::text",
  }),
  columnPair("json to jsonb", { type: "json" }, { type: "jsonb" }, [`'{"a": 1}'`], { as: "v->>'a'" }),
  columnPair("jsonb to json", { type: "jsonb" }, { type: "json" }, [`'{"a": 1}'`], { as: "v->>'a'" }),
  columnPair("text to jsonb", { type: "text" }, { type: "jsonb" }, [`'{"a": 1}'`], { as: "v::jsonb->>'a'" }),
  columnPair("text to uuid", { type: "text" }, { type: "uuid" }, ["'6b1b9c3e-0f0a-4d2c-9b7e-1a2b3c4d5e6f'"]),
  columnPair("uuid to text", { type: "uuid" }, { type: "text" }, ["'6b1b9c3e-0f0a-4d2c-9b7e-1a2b3c4d5e6f'"]),
  columnPair("boolean to int", { type: "boolean" }, { type: "int" }, ["true", "false"], { as: "v::int" }),
  columnPair("int to boolean", { type: "int" }, { type: "boolean" }, ["1", "0"], { as: "v::int" }),
  columnPair("text to boolean", { type: "text" }, { type: "boolean" }, ["'true'", "'false'"]),
  columnPair("varchar[] to text[]", { type: "varchar", array: true }, { type: "text", array: true }, [
    "'{a,b}'",
  ]),
  columnPair("int[] to bigint[]", { type: "int", array: true }, { type: "bigint", array: true }, ["'{1,2}'"]),
  columnPair("simple-array to text[]", { type: "simple-array" }, { type: "text", array: true }, ["'a,b'"], {
    kept: ["SELECT v AS kept FROM thing", "SELECT v[1] AS kept FROM thing"],
    warning: /string_to_array\(v, ','\)/,
  }),
  columnPair("inet to cidr", { type: "cidr" }, { type: "inet" }, ["'10.0.0.0/8'"]),
  columnPair("int with a default to bigint", { type: "int", default: 5 }, { type: "bigint", default: 5 }, [
    "1",
  ]),
  columnPair(
    "varchar with a default to text",
    { type: "varchar", default: "x" },
    { type: "text", default: "x" },
    ["'a'"],
  ),
  columnPair("text with a default to int", { type: "text", default: "1" }, { type: "int", default: 1 }, [
    "'7'",
  ]),
  columnPair("a type and NOT NULL at once", { type: "int", nullable: true }, { type: "bigint", default: 0 }, [
    "1",
  ]),
  columnPair("int to interval", { type: "text" }, { type: "interval" }, ["'1 day'"]),
  columnPair("money to numeric", { type: "money" }, { type: "numeric" }, ["1.25"], { as: "v::numeric" }),
  columnPair("bytea to text and back", { type: "varbit" }, { type: "text" }, ["B'101'"]),
];

const shapePairs: readonly EntityPair[] = [
  columnPair("a column is added", undefined, { type: "text", nullable: true }, ["1", "2"]),
  columnPair("a column is added that has a default", undefined, { type: "int", default: 3 }, ["1", "2"]),
  columnPair("a required column is added to an empty table", undefined, { type: "int" }),
  columnPair(
    "a column with an expression as default is added",
    undefined,
    { type: "timestamptz", default: () => "now()" },
    ["1"],
  ),
  columnPair("a column is dropped", { type: "text", nullable: true }, undefined, ["'a'"], {
    isRestored: true,
    warning: /drops column thing.v/,
  }),
  columnPair("a required column is dropped", { type: "int", default: 1 }, undefined, ["1"]),
  columnPair("NOT NULL is set", { type: "text", nullable: true }, { type: "text" }, ["'a'"]),
  columnPair("NOT NULL is dropped", { type: "text" }, { type: "text", nullable: true }, ["'a'"]),
  columnPair("a default is set", { type: "text" }, { type: "text", default: "x" }, ["'a'"]),
  columnPair("a default is dropped", { type: "text", default: "x" }, { type: "text" }, ["'a'"]),
  columnPair("a default is changed", { type: "int", default: 1 }, { type: "int", default: 2 }, ["5"]),
  columnPair(
    "a default becomes an expression",
    { type: "int", default: 1 },
    { type: "int", default: () => "1 + 1" },
    ["5"],
  ),
  columnPair("a default that needs quoting", { type: "text" }, { type: "text", default: "it's" }, ["'a'"], {
    isBeyondSynchronize: true,
  }),
  columnPair("a comment is set", { type: "text" }, { type: "text", comment: "what" }, ["'a'"]),
  columnPair("a comment is changed", { type: "text", comment: "what" }, { type: "text", comment: "it is" }, [
    "'a'",
  ]),
  columnPair("a comment is dropped", { type: "text", comment: "what" }, { type: "text" }, ["'a'"]),
  columnPair("a collation is set", { type: "text" }, { type: "text", collation: "C" }, ["'a'"]),
  columnPair("a collation is dropped", { type: "text", collation: "C" }, { type: "text" }, ["'a'"]),
  columnPair("a column becomes unique", { type: "text" }, { type: "text", unique: true }, ["'a'", "'b'"]),
  columnPair("a column is no longer unique", { type: "text", unique: true }, { type: "text" }, [
    "'a'",
    "'b'",
  ]),
  columnPair(
    "a generated column is added",
    undefined,
    { type: "text", asExpression: "upper(note)", generatedType: "STORED", nullable: true },
    ["1"],
  ),
  columnPair(
    "a generated column is dropped",
    { type: "text", asExpression: "upper(note)", generatedType: "STORED", nullable: true },
    undefined,
    [],
    {
      rows: "INSERT INTO thing (note) VALUES ('n')",
      kept: ["SELECT note FROM thing", "SELECT note FROM thing"],
    },
  ),
  columnPair(
    "a generated column's expression changes",
    { type: "text", asExpression: "upper(note)", generatedType: "STORED", nullable: true },
    { type: "text", asExpression: "lower(note)", generatedType: "STORED", nullable: true },
    [],
    {
      rows: "INSERT INTO thing (note) VALUES ('n')",
      kept: ["SELECT note FROM thing", "SELECT note FROM thing"],
    },
  ),
  columnPair(
    "whitespace in a generated column's expression",
    { type: "text", asExpression: "upper(note)", generatedType: "STORED", nullable: true },
    { type: "text", asExpression: "upper( note )", generatedType: "STORED", nullable: true },
    [],
    { operations: [] },
  ),
  columnPair(
    "a default written in another way",
    { type: "timestamptz", default: () => "now()" },
    { type: "timestamptz", default: () => "NOW()" },
    [],
    { operations: [] },
  ),
];

function keyed(
  key: (orm: Orm) => PropertyDecorator,
  reference: "int" | "bigint" | "uuid",
): (orm: Orm) => readonly unknown[] {
  return (orm) => {
    const { Column, JoinColumn, ManyToOne } = orm.typeorm;
    const User: Class = orm.entity("User", "users", { id: key(orm), name: Column("text") });
    const Post: Class = orm.entity("Post", "posts", {
      id: key(orm),
      userId: Column(reference as "int", { name: "user_id", nullable: true }),
      user: [ManyToOne(() => User), JoinColumn({ name: "user_id" })],
    });
    return [User, Post];
  };
}

const keyRows = `INSERT INTO users (name) VALUES ('a'), ('b'); INSERT INTO posts (user_id) SELECT id FROM users;`;
const keyQuery =
  "SELECT u.id::text, u.name, p.id::text FROM users u JOIN posts p ON p.user_id = u.id ORDER BY 1";

const keyPairs: readonly EntityPair[] = [
  entityPair(
    "a key with references goes from int to bigint",
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn(), "int"),
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn("increment", { type: "bigint" }), "bigint"),
    { rows: keyRows, kept: [keyQuery, keyQuery] },
  ),
  entityPair(
    "serial to identity",
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn(), "int"),
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn("identity"), "int"),
    { rows: keyRows, kept: [keyQuery, keyQuery] },
  ),
  entityPair(
    "identity to serial",
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn("identity"), "int"),
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn(), "int"),
    { rows: keyRows, kept: [keyQuery, keyQuery] },
  ),
  entityPair(
    "identity BY DEFAULT to ALWAYS",
    keyed(({ typeorm }) => typeorm.PrimaryGeneratedColumn("identity"), "int"),
    keyed(
      ({ typeorm }) => typeorm.PrimaryGeneratedColumn("identity", { generatedIdentity: "ALWAYS" }),
      "int",
    ),
    { rows: keyRows, kept: [keyQuery, keyQuery] },
  ),
  entityPair(
    "a serial key becomes a plain one",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [entity("A", "a", { id: PrimaryGeneratedColumn() })],
    ({ entity, typeorm: { PrimaryColumn } }) => [entity("A", "a", { id: PrimaryColumn("int") })],
    { rows: "INSERT INTO a DEFAULT VALUES", kept: ["SELECT id FROM a", "SELECT id FROM a"] },
  ),
  entityPair(
    "a plain key becomes a serial one",
    ({ entity, typeorm: { PrimaryColumn } }) => [entity("A", "a", { id: PrimaryColumn("int") })],
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [entity("A", "a", { id: PrimaryGeneratedColumn() })],
    { rows: "INSERT INTO a VALUES (5)", kept: ["SELECT id FROM a", "SELECT id FROM a"] },
  ),
  entityPair(
    "a column joins the key",
    ({ entity, typeorm: { Column, PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("int"), part: Column("int") }),
    ],
    ({ entity, typeorm: { PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("int"), part: PrimaryColumn("int") }),
    ],
    { rows: "INSERT INTO a VALUES (5, 6)", kept: ["SELECT id, part FROM a", "SELECT id, part FROM a"] },
  ),
  entityPair(
    "a column leaves the key",
    ({ entity, typeorm: { PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("int"), part: PrimaryColumn("int") }),
    ],
    ({ entity, typeorm: { Column, PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("int"), part: Column("int") }),
    ],
    { rows: "INSERT INTO a VALUES (5, 6)", kept: ["SELECT id, part FROM a", "SELECT id, part FROM a"] },
  ),
  entityPair(
    "a key gets another name",
    ({ entity, typeorm: { PrimaryColumn } }) => [entity("A", "a", { id: PrimaryColumn("int") })],
    ({ entity, typeorm: { PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("int", { primaryKeyConstraintName: "a_pkey" }) }),
    ],
    { rows: "INSERT INTO a VALUES (5)", kept: ["SELECT id FROM a", "SELECT id FROM a"] },
  ),
];

/** One column at a time: its type, its value, its place in the key. */
export const columnPairs: readonly EntityPair[] = [...typePairs, ...shapePairs, ...keyPairs];
