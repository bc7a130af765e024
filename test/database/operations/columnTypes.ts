import type { DefaultArgument } from "../../../src/operations/arguments";
import { sql } from "../../../src/operations/sqlFragment";
import type { Draw } from "./draw";

/** A type with what a column of it may have. */
export interface SampleType {
  readonly type: string;
  readonly defaults: readonly DefaultArgument[];
  /** Has btree's order, so that keys and plain indexes are possible. */
  readonly isOrdered: boolean;
  /** The other method of an index that it has. */
  readonly method?: "gin" | "gist" | "brin" | "hash";
  readonly isText?: true;
  readonly isNumber?: true;
}

function ordered(type: string, ...defaults: readonly DefaultArgument[]): SampleType {
  return { type, defaults, isOrdered: true, method: "hash" };
}

/** With btree alone. */
function treeOnly(type: string, ...defaults: readonly DefaultArgument[]): SampleType {
  return { type, defaults, isOrdered: true };
}

function number(type: string, ...defaults: readonly DefaultArgument[]): SampleType {
  return { type, defaults, isOrdered: true, isNumber: true, method: "brin" };
}

function text(type: string, ...defaults: readonly DefaultArgument[]): SampleType {
  return { type, defaults, isOrdered: true, isText: true, method: "hash" };
}

function unordered(type: string, ...defaults: readonly DefaultArgument[]): SampleType {
  return { type, defaults, isOrdered: false };
}

const numberTypes: readonly SampleType[] = [
  number("smallint", 0, -1),
  number("integer", 42, "7", sql`1 + 1`, sql.raw("-5")),
  number("bigint", 12345678901234567890n / 10n, sql`2 ^ 3`),
  number("numeric(10, 2)", 1.5, "99.90", -0.5),
  number("numeric", 1e21, "1e-7"),
  number("double precision", 0.1, 1e-7, sql`pi()`),
  number("real", 2.5),
];

const textTypes: readonly SampleType[] = [
  text("text", "", "it's", "back\\slash", "two\nlines", "now()", sql`upper(${"x"})`, sql`current_user`),
  text("varchar(50)", "abc", sql`'abc'`),
  text("character varying", "ü"),
  text("char(5)", "a b"),
  text("name", "n"),
];

const otherTypes: readonly SampleType[] = [
  ordered("boolean", true, false, sql`NOT ${true}`),
  ordered("date", "2020-02-29", sql`CURRENT_DATE`, sql`'tomorrow'::date`),
  ordered("timestamp(3)", "2020-01-01 00:00:00", sql`LOCALTIMESTAMP(3)`),
  ordered("timestamptz", new Date(0), sql`now()`, sql`now() AT TIME ZONE 'utc'`),
  ordered("timestamp(0) with time zone", sql`clock_timestamp()`),
  ordered("time", "12:30", sql`LOCALTIME`),
  ordered("interval", "1 day 2 hours", sql`make_interval(days => 3)`),
  ordered("interval day to second(3)", "1 day"),
  ordered("uuid", "b0a3f9a0-0000-4000-8000-000000000000", sql`gen_random_uuid()`),
  ordered("bytea", new Uint8Array([0, 255, 92]), sql`'\\x00'`),
  ordered("inet", "10.0.0.1/8"),
  ordered("macaddr", "08:00:2b:01:02:03"),
  treeOnly("bit(3)", "101", sql`B'110'`),
  treeOnly("bit varying(8)", "1"),
  treeOnly("money", "12.50"),
  ordered("oid", 26),
  unordered("json", { a: [1, "x'y"] }, [1, 2], "{}"),
  { ...ordered("jsonb", { nested: { quote: 'a"b\\c' } }, [], true, 5), method: "gin" },
  { ...unordered("tsvector", sql`to_tsvector('simple', ${"a b"})`), method: "gin" },
  unordered("point", "(1,2)"),
  { ...ordered("int4range", "[1,5)", sql`int4range(1, 2, ${"[]"})`), method: "gist" },
  { ...ordered("tstzrange", "empty"), method: "gist" },
  { ...ordered("integer[]", [1, 2], [[1], [2]], [], sql`ARRAY[1, 2]`), method: "gin" },
  { ...ordered("text[]", ["a", "b c", 'd"e', "f\\g", "NULL", ""], sql`'{}'`), method: "gin" },
  ordered("varchar(10)[]", ["x"], ["a,b", null]),
  ordered("numeric(5, 1)[][]", [[1.5], [2]]),
];

export function randomType(draw: Draw): SampleType {
  return draw.pick(...numberTypes, ...textTypes, ...otherTypes);
}

export function randomOrderedType(draw: Draw): SampleType {
  return draw.pick(...[...numberTypes, ...textTypes, ...otherTypes].filter(({ isOrdered }) => isOrdered));
}

/** Changes of type that PostgreSQL makes of an empty table, with USING where it asks for one. */
export const typeChanges: readonly {
  readonly from: string;
  readonly to: string;
  readonly using?: (column: string) => string;
  readonly fromDefault: DefaultArgument;
  readonly toDefault: DefaultArgument;
}[] = [
  { from: "integer", to: "bigint", fromDefault: 5, toDefault: 6 },
  { from: "bigint", to: "integer", fromDefault: 5, toDefault: sql`1 + 1` },
  { from: "integer", to: "numeric(10, 2)", fromDefault: 5, toDefault: 1.5 },
  { from: "varchar(50)", to: "text", fromDefault: "a", toDefault: "b'c" },
  { from: "text", to: "varchar(5)", fromDefault: "a", toDefault: "b" },
  { from: "varchar(10)", to: "varchar(20)", fromDefault: "a", toDefault: "b" },
  { from: "timestamp", to: "timestamptz", fromDefault: sql`now()`, toDefault: "2020-01-01 00:00:00+00" },
  { from: "json", to: "jsonb", using: (column) => `${column}::jsonb`, fromDefault: [1], toDefault: { a: 1 } },
  { from: "text", to: "integer", using: (column) => `${column}::integer`, fromDefault: "1", toDefault: 2 },
  {
    from: "text",
    to: "uuid",
    using: (column) => `${column}::uuid`,
    fromDefault: "",
    toDefault: sql`gen_random_uuid()`,
  },
  {
    from: "boolean",
    to: "integer",
    using: (column) => `CASE WHEN ${column} THEN 1 ELSE 0 END`,
    fromDefault: true,
    toDefault: 1,
  },
  { from: "text[]", to: "varchar(5)[]", fromDefault: ["a", "b c"], toDefault: ["x"] },
  { from: "date", to: "timestamptz", fromDefault: sql`CURRENT_DATE`, toDefault: sql`now()` },
];
