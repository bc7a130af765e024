import { entitySet, type EntitySet } from "../support/entitySet";
import type { ColumnOptions, ColumnType } from "typeorm";
import type { Orm } from "../support/typeorm";

type Columns = Readonly<Record<string, ColumnOptions>>;

/** One table with a key and these columns. */
export function oneTable(columns: Columns, table = "thing"): (orm: Orm) => readonly unknown[] {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    const properties = Object.fromEntries(
      Object.entries(columns).map(([name, options]) => [name, Column(options)]),
    );
    return [orm.entity("Thing", table, { id: PrimaryGeneratedColumn(), ...properties })];
  };
}

function ofTypes(types: readonly ColumnType[], options: ColumnOptions = {}): Columns {
  return Object.fromEntries(types.map((type, index) => [`c${String(index)}`, { type, ...options }]));
}

const numbers: readonly ColumnType[] = [
  "int",
  "int2",
  "int4",
  "int8",
  "smallint",
  "integer",
  "bigint",
  "decimal",
  "numeric",
  "real",
  "float",
  "float4",
  "float8",
  "double precision",
  "money",
];
const texts: readonly ColumnType[] = [
  "character varying",
  "varchar",
  "character",
  "char",
  "text",
  "xml",
  "bytea",
];
const times: readonly ColumnType[] = [
  "timetz",
  "timestamptz",
  "timestamp",
  "timestamp without time zone",
  "timestamp with time zone",
  "date",
  "time",
  "time without time zone",
  "time with time zone",
  "interval",
];
const networks: readonly ColumnType[] = ["cidr", "inet", "macaddr"];
const shapes: readonly ColumnType[] = ["point", "line", "lseg", "box", "path", "polygon", "circle"];
const ranges: readonly ColumnType[] = [
  "int4range",
  "int8range",
  "numrange",
  "tsrange",
  "tstzrange",
  "daterange",
];
const multiranges: readonly ColumnType[] = [
  "int4multirange",
  "int8multirange",
  "nummultirange",
  "tsmultirange",
  "tstzmultirange",
  "datemultirange",
];
const searches: readonly ColumnType[] = ["tsvector", "tsquery"];
const others: readonly ColumnType[] = [
  "uuid",
  "json",
  "jsonb",
  "bool",
  "boolean",
  "bit",
  "varbit",
  "bit varying",
];

/** Columns: every type, its arguments, arrays, nullability, defaults, comments, collations. */
export const columnSets: readonly EntitySet[] = [
  entitySet("number types", oneTable(ofTypes(numbers)), { onEmbedded: true }),
  entitySet("text types", oneTable(ofTypes(texts)), { onEmbedded: true }),
  entitySet("time types", oneTable(ofTypes(times)), { onEmbedded: true }),
  entitySet("network types", oneTable(ofTypes(networks))),
  entitySet("geometric types", oneTable(ofTypes(shapes))),
  entitySet("range types", oneTable(ofTypes(ranges))),
  entitySet("multirange types", oneTable(ofTypes(multiranges))),
  entitySet("text search types", oneTable(ofTypes(searches))),
  entitySet("other types", oneTable(ofTypes(others)), { onEmbedded: true }),
  entitySet("nullable columns", oneTable(ofTypes([...numbers, ...texts, ...times], { nullable: true }))),
  entitySet("arrays of numbers", oneTable(ofTypes(numbers, { array: true }))),
  entitySet("arrays of texts", oneTable(ofTypes(texts, { array: true, nullable: true })), {
    onEmbedded: true,
  }),
  entitySet("arrays of times", oneTable(ofTypes(times, { array: true }))),
  entitySet(
    "arrays of other types",
    oneTable(ofTypes([...others, ...networks, ...shapes, ...ranges], { array: true })),
  ),
  entitySet(
    "lengths",
    oneTable({
      a: { type: "varchar", length: 50 },
      b: { type: "varchar", length: "255" },
      c: { type: "char", length: 3 },
      d: { type: "character varying", length: 10, array: true },
      e: { type: "bit", length: 8 },
      f: { type: "varbit", length: 16 },
      g: { type: String, length: 40 },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "precision and scale",
    oneTable({
      a: { type: "numeric", precision: 10, scale: 2 },
      b: { type: "decimal", precision: 5 },
      c: { type: "numeric", precision: 12, scale: 0 },
      d: { type: "timestamp", precision: 3 },
      e: { type: "timestamptz", precision: 0 },
      f: { type: "time", precision: 6 },
      g: { type: "timetz", precision: 2 },
      h: { type: "interval", precision: 3 },
      i: { type: "numeric", precision: 10, scale: 2, array: true },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "JavaScript types",
    oneTable({ a: { type: String }, b: { type: Number }, c: { type: Boolean }, d: { type: Date } }),
  ),
  entitySet(
    "simple types",
    oneTable({ a: { type: "simple-array" }, b: { type: "simple-json", nullable: true } }),
  ),
  entitySet("simple-enum", oneTable({ a: { type: "simple-enum", enum: ["x", "y"], default: "x" } })),
  entitySet(
    "literal defaults",
    oneTable({
      a: { type: "varchar", default: "abc" },
      b: { type: "varchar", default: "" },
      c: { type: "text", default: "two words" },
      d: { type: "int", default: 0 },
      e: { type: "int", default: -1 },
      f: { type: "bigint", default: 5 },
      g: { type: "numeric", precision: 10, scale: 2, default: 0 },
      h: { type: "numeric", default: 0.5 },
      i: { type: "double precision", default: 1.5 },
      j: { type: "boolean", default: true },
      k: { type: "boolean", default: false },
      l: { type: "uuid", default: "00000000-0000-0000-0000-000000000000" },
      m: { type: "date", default: "2020-02-29" },
      n: { type: "smallint", default: 1 },
      o: { type: "char", length: 2, default: "DE" },
      p: { type: "real", default: 2 },
      q: { type: "varchar", length: 20, default: "it''s" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "defaults of JSON and arrays",
    oneTable({
      a: { type: "jsonb", default: {} },
      b: { type: "jsonb", default: { b: 1, a: [true, null, "x"] } },
      c: { type: "json", default: [] },
      d: { type: "jsonb", default: () => "'{}'" },
      e: { type: "text", array: true, default: [] },
      f: { type: "text", array: true, default: ["a", "b"] },
      g: { type: "int", array: true, default: [1, 2] },
      h: { type: "varchar", length: 5, array: true, default: () => "ARRAY['a','b']" },
      i: { type: "text", array: true, default: () => "'{}'" },
      j: { type: "jsonb", default: () => "'[]'::jsonb" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "defaults that are expressions",
    oneTable({
      a: { type: "timestamptz", default: () => "now()" },
      b: { type: "timestamp", default: () => "CURRENT_TIMESTAMP" },
      c: { type: "date", default: () => "CURRENT_DATE" },
      d: { type: "time", default: () => "LOCALTIME" },
      e: { type: "timestamptz", default: () => "now() + interval '1 day'" },
      f: { type: "timestamp", default: () => "(now() at time zone 'utc')" },
      g: { type: "text", default: () => "md5(random()::text)" },
      h: { type: "int", default: () => "1 + 1" },
      i: { type: "text", default: () => "current_user" },
      j: { type: "timestamp", precision: 3, default: () => "CURRENT_TIMESTAMP(3)" },
      k: { type: "interval", default: "24 hours" },
      l: { type: "tstzrange", default: () => "tstzrange(now(), null)" },
      m: { type: "text", default: () => "CASE WHEN random() > 0.5 THEN 'a' ELSE 'b' END" },
      n: { type: "double precision", default: () => "random()" },
      o: { type: "uuid", default: () => "gen_random_uuid()" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "comments",
    (orm) => {
      const { Column, PrimaryGeneratedColumn } = orm.typeorm;
      return [
        orm.entity(
          "Thing",
          { name: "thing", comment: "things, so they say" },
          {
            id: PrimaryGeneratedColumn({ comment: "the key" }),
            a: Column("text", { comment: 'it\'s "a" \\ comment' }),
            b: Column("text", { comment: "two\nlines" }),
            c: Column("text", { comment: "" }),
          },
        ),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet(
    "collations",
    oneTable({
      a: { type: "varchar", collation: "C" },
      b: { type: "text", collation: "POSIX", nullable: true },
      c: { type: "varchar", length: 30, collation: "C", default: "x" },
    }),
  ),
  entitySet(
    "unique columns",
    oneTable({ a: { type: "text", unique: true }, b: { type: "int", unique: true, nullable: true } }),
    {
      onEmbedded: true,
    },
  ),
  entitySet("names of columns", (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    return [
      orm.entity("Thing", "thing", {
        id: PrimaryGeneratedColumn({ name: "thing_id" }),
        a: Column("text", { name: "camelCase" }),
        b: Column("text", { name: "with space" }),
        c: Column("text", { name: "order" }),
        d: Column("text", { name: "Übung" }),
        e: Column("text", { name: "select", default: "x" }),
      }),
    ];
  }),
  entitySet(
    "special columns",
    (orm) => {
      const { CreateDateColumn, DeleteDateColumn, PrimaryGeneratedColumn, UpdateDateColumn, VersionColumn } =
        orm.typeorm;
      return [
        orm.entity("Thing", "thing", {
          id: PrimaryGeneratedColumn(),
          created: CreateDateColumn(),
          updated: UpdateDateColumn(),
          deleted: DeleteDateColumn(),
          version: VersionColumn(),
          createdAt: CreateDateColumn({ type: "timestamptz", name: "created_at", precision: 3 }),
          updatedAt: UpdateDateColumn({ type: "timestamptz", default: () => "clock_timestamp()" }),
        }),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet("a virtual column", (orm) => {
    const { Column, PrimaryGeneratedColumn, VirtualColumn } = orm.typeorm;
    return [
      orm.entity("Thing", "thing", {
        id: PrimaryGeneratedColumn(),
        a: Column("int"),
        b: VirtualColumn("int", { query: (alias) => `SELECT ${alias}.a + 1` }),
      }),
    ];
  }),
  entitySet(
    "generated columns",
    oneTable({
      a: { type: "text" },
      b: { type: "int", default: 2 },
      c: { type: "int", asExpression: "b * 2", generatedType: "STORED" },
      d: { type: "text", asExpression: "lower(a)", generatedType: "STORED", nullable: true },
      e: {
        type: "tsvector",
        asExpression: "to_tsvector('english', coalesce(a, ''))",
        generatedType: "STORED",
        nullable: true,
      },
    }),
    { onEmbedded: true },
  ),
];
