import type { ColumnOptions } from "typeorm";
import { oneTable } from "../sets/columnSets";
import { entityPair, type EntityPair } from "../support/entityPair";

type Default = readonly [type: string, value: unknown, more?: ColumnOptions];

const expression =
  (sql: string): (() => string) =>
  () =>
    sql;

/** Defaults that TypeORM generates again and again, and ordinary ones. */
const defaults: readonly Default[] = [
  ["timestamp", expression("(now() at time zone 'utc')")],
  ["timestamptz", expression("now() + interval '1 day'")],
  ["jsonb", expression("'{}'::jsonb")],
  ["text", expression("ARRAY[]::text[]"), { array: true }],
  ["text", expression("array['a','b']"), { array: true }],
  ["varchar", expression("'active'::varchar")],
  ["text", "a::b"],
  ["numeric", 0.1],
  ["numeric", "0.00"],
  ["int", expression("5")],
  ["int", expression("1 + 1")],
  ["boolean", "true"],
  ["uuid", expression("gen_random_uuid()")],
  ["uuid", expression("uuid_generate_v4()")],
  ["text", expression("gen_random_uuid()::text")],
  ["text", expression("md5(random()::text)")],
  ["int", expression("nextval('s'::regclass)")],
  ["text", expression("current_user")],
  ["text", expression("CURRENT_USER::text")],
  ["interval", "24 hours"],
  ["bit", expression("B'0'")],
  ["money", 0],
  ["time", "09:00"],
  ["timestamptz", "2020-01-01"],
  ["timestamptz", expression("to_timestamp(0)")],
  ["tstzrange", expression("tstzrange(now(), null)")],
  ["text", expression("CASE WHEN random() > 0.5 THEN 'a' ELSE 'b' END")],
  ["timestamptz", expression("now()")],
  ["timestamptz", expression("CURRENT_TIMESTAMP")],
  ["timestamp", expression("LOCALTIMESTAMP")],
  ["date", expression("CURRENT_DATE")],
  ["date", expression("now()")],
  ["time", expression("CURRENT_TIME")],
  ["timestamptz", expression("clock_timestamp()")],
  ["timestamptz", expression("date_trunc('day', now())")],
  ["bigint", expression("(extract(epoch from now()) * 1000)::bigint")],
  ["text", "active"],
  ["text", ""],
  ["text", "NULL"],
  ["text", "with space and, comma"],
  ["text", "it''s"],
  ["text", "back\\slash"],
  ["varchar", "abc", { length: 10 }],
  ["char", "x", { length: 2 }],
  ["int", 0],
  ["int", -1],
  ["int", "42"],
  ["bigint", 9007199254740991],
  ["smallint", 3],
  ["numeric", 1.5, { precision: 10, scale: 2 }],
  ["numeric", -3],
  ["float8", 1e21],
  ["real", 0.25],
  ["boolean", false],
  ["boolean", expression("1 = 1")],
  ["jsonb", {}],
  ["jsonb", { b: 1, a: [1, 2] }],
  ["json", []],
  ["text", [], { array: true }],
  ["int", [1, 2], { array: true }],
  ["uuid", "00000000-0000-0000-0000-000000000000"],
  ["inet", "10.0.0.1"],
  ["point", expression("point(0, 0)")],
  ["tsvector", expression("to_tsvector('english', '')")],
  ["bytea", expression("'\\xdeadbeef'::bytea")],
  ["int4range", "[1,5)"],
];

function columns(withDefaults: boolean): Readonly<Record<string, ColumnOptions>> {
  return Object.fromEntries(
    defaults.map(([type, value, more], index) => [
      `c${String(index)}`,
      { type, nullable: true, ...more, ...(withDefaults ? { default: value } : {}) } as ColumnOptions,
    ]),
  );
}

const setup = 'CREATE SEQUENCE s; CREATE EXTENSION "uuid-ossp"';

/** All defaults at once: made with the table, added to it, taken away. */
export const defaultPairs: readonly EntityPair[] = [
  entityPair("every default comes", oneTable(columns(false)), oneTable(columns(true)), { setup }),
  entityPair("every default goes", oneTable(columns(true)), oneTable(columns(false)), { setup }),
  entityPair("every default stays", oneTable(columns(true)), oneTable(columns(true)), {
    setup,
    operations: [],
  }),
];
