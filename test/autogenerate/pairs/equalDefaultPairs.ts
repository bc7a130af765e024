import type { ColumnOptions } from "typeorm";
import { oneTable } from "../sets/columnSets";
import { entityPair, type EntityPair } from "../support/entityPair";

type Words = readonly [options: ColumnOptions, byHand: string, typeBefore?: string];

const sql =
  (text: string): (() => string) =>
  () =>
    text;

/** Defaults of entities, and the same value in other words, which the database has. */
const equal: readonly Words[] = [
  [{ type: "timestamptz", default: sql("now()") }, "CURRENT_TIMESTAMP"],
  [{ type: "timestamptz", default: sql("CURRENT_TIMESTAMP") }, "now()"],
  [{ type: "timestamptz", default: sql("CURRENT_TIMESTAMP") }, "transaction_timestamp()"],
  [{ type: "timestamptz", precision: 6, default: sql("CURRENT_TIMESTAMP(6)") }, "now()"],
  [{ type: "timestamptz", precision: 3, default: sql("CURRENT_TIMESTAMP(3)") }, "now()"],
  [{ type: "timestamp", default: sql("now()") }, "LOCALTIMESTAMP"],
  [{ type: "timestamp", default: sql("CURRENT_TIMESTAMP") }, "now()::timestamp"],
  [{ type: "timestamp", default: sql("(now() at time zone 'utc')") }, "timezone('utc', CURRENT_TIMESTAMP)"],
  [{ type: "date", default: sql("now()") }, "CURRENT_DATE"],
  [{ type: "date", default: sql("CURRENT_DATE") }, "('now'::text)::date"],
  [{ type: "time", default: sql("now()") }, "LOCALTIME"],
  [{ type: "time", default: sql("CURRENT_TIME") }, "LOCALTIMESTAMP"],
  [{ type: "text", default: sql("CURRENT_USER") }, "USER"],
  [{ type: "numeric", default: -9999999999 }, "-9999999999"],
  [{ type: "numeric", default: 0 }, "'0'::bigint"],
  [{ type: "numeric", precision: 10, scale: 2, default: 1.5 }, "1.50"],
  [{ type: "int", default: 0 }, "0", "smallint"],
  [{ type: "int", default: -5 }, "'-5'", "smallint"],
  [{ type: "varchar", default: "bowl" }, "'bowl'", "text"],
  [{ type: "varchar", length: 9, default: "it's" }, "'it''s'", "text"],
  [{ type: "text", default: "{}" }, "'{}'::varchar"],
  [{ type: "text", array: true, default: [] }, "ARRAY[]::text[]"],
  [{ type: "text", array: true, default: ["a", "b"] }, "ARRAY['a'::varchar, 'b']::text[]"],
  [{ type: "jsonb", default: { a: [1], b: "x" } }, '\'{"b":"x",  "a":[1]}\'::text::jsonb'],
  [{ type: "boolean", default: false }, "'f'::boolean"],
  [{ type: "interval", default: "24 hours" }, "'1440 minutes'::text::interval"],
  [{ type: "enum", enum: ["hot", "cold"], default: "hot" }, "'hot'"],
  [{ type: "double precision", default: 0.5 }, "'0.50'"],
  [{ type: "bigint", default: "9007199254740993" }, "9007199254740993"],
];

/** The same, of values that are not the same at any time. */
const different: readonly Words[] = [
  [{ type: "timestamptz", default: sql("now()") }, "clock_timestamp()"],
  [{ type: "timestamptz", default: sql("now()") }, "statement_timestamp()"],
  [{ type: "timestamptz", default: sql("now()") }, "CURRENT_TIMESTAMP(0)"],
  [{ type: "timestamptz", default: sql("now()") }, "LOCALTIMESTAMP"],
  [{ type: "timestamp", default: sql("now()") }, "CURRENT_DATE"],
  [{ type: "timestamp", default: sql("now()") }, "timezone('utc', now())"],
  [{ type: "date", default: sql("CURRENT_DATE") }, "CURRENT_TIMESTAMP(0)"],
  [{ type: "text", default: sql("CURRENT_USER") }, "SESSION_USER"],
  [{ type: "text", default: "CURRENT_TIMESTAMP" }, "'now()'"],
  [{ type: "text", default: "a" }, "'A'"],
  [{ type: "numeric", default: sql("3.14159265358979323846") }, "3.141592653589793"],
  [{ type: "int", default: 1 }, "'2'", "smallint"],
  [{ type: "uuid", default: sql("gen_random_uuid()") }, "uuid_generate_v4()"],
];

const columnsOf = (words: readonly Words[]): Readonly<Record<string, ColumnOptions>> =>
  Object.fromEntries(words.map(([options], at) => [`c${String(at)}`, { nullable: true, ...options }]));

/** A column that had another type when it got its default keeps the words of that type. */
const byHand = (words: readonly Words[]): string =>
  words
    .map(([{ type, length }, text, typeBefore], at) => {
      const alter = `ALTER TABLE thing ALTER c${String(at)}`;
      const target = `${String(type)}${length === undefined ? "" : `(${String(length)})`}`;
      const set = `${alter} SET DEFAULT ${text};`;
      return typeBefore === undefined
        ? set
        : `${alter} DROP DEFAULT; ${alter} TYPE ${typeBefore} USING NULL; ${set} ${alter} TYPE ${target};`;
    })
    .join("\n");

const setup = 'CREATE EXTENSION "uuid-ossp"';

/** What counts as the same default, and what does not. */
export const equalDefaultPairs: readonly EntityPair[] = [
  entityPair("defaults in other words", oneTable(columnsOf(equal)), oneTable(columnsOf(equal)), {
    setup,
    byHand: byHand(equal),
    operations: [],
  }),
  entityPair(
    "defaults that are like others, and different",
    oneTable(columnsOf(different)),
    oneTable(columnsOf(different)),
    {
      setup,
      byHand: byHand(different),
      operations: different.map((_, at) => `alter column thing.c${String(at)} (default)`),
    },
  ),
  entityPair(
    "a generated UUID by another function",
    ({ entity, typeorm }) => [entity("Cup", "cup", { id: typeorm.PrimaryGeneratedColumn("uuid") })],
    ({ entity, typeorm }) => [entity("Cup", "cup", { id: typeorm.PrimaryGeneratedColumn("uuid") })],
    { byHand: "ALTER TABLE cup ALTER id SET DEFAULT gen_random_uuid()", operations: [] },
  ),
];
