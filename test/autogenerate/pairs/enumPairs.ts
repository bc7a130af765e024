import { columnPair, entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

function mood(values: readonly string[], more: object = {}): never {
  return { type: "enum", enum: [...values], enumName: "mood", ...more } as never;
}

function shared(values: readonly string[]): (orm: Orm) => readonly unknown[] {
  return ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) =>
    ["a", "b"].map((table) =>
      entity(table.toUpperCase(), table, { id: PrimaryGeneratedColumn(), v: Column(mood(values)) }),
    );
}

const sharedRows = "INSERT INTO a (v) VALUES ('low'); INSERT INTO b (v) VALUES ('high');";
const sharedQuery = "SELECT v::text FROM a UNION ALL SELECT v::text FROM b ORDER BY 1";

function indexed(values: readonly string[]): (orm: Orm) => readonly unknown[] {
  return ({ entity, typeorm: { Check, Column, Index, PrimaryGeneratedColumn } }) => [
    entity(
      "Thing",
      "thing",
      { id: PrimaryGeneratedColumn(), v: Column(mood(values, { default: "low" })) },
      Index("ix_low", ["id"], { where: "v = 'low'" }),
      Check("ck_high", "v <> 'high' OR id > 0"),
    ),
  ];
}

/** Enums: values added, removed, renamed, reordered, with defaults, arrays, and several columns. */
export const enumPairs: readonly EntityPair[] = [
  columnPair("a value is added at the end", mood(["low", "high"]), mood(["low", "high", "top"]), [
    "'low'",
    "'high'",
  ]),
  columnPair("a value is added in the middle", mood(["low", "high"]), mood(["low", "mid", "high"]), [
    "'low'",
    "'high'",
  ]),
  columnPair("a value is added at the beginning", mood(["low", "high"]), mood(["none", "low", "high"]), [
    "'low'",
  ]),
  columnPair("several values are added", mood(["b", "d"]), mood(["a", "b", "c", "d", "e"]), ["'b'", "'d'"]),
  columnPair(
    "a value is added and becomes the default",
    mood(["low", "high"], { default: "low" }),
    mood(["low", "high", "top"], { default: "top" }),
    ["'low'", "'high'"],
  ),
  columnPair(
    "a value is added on a column that has a default",
    mood(["low", "high"], { default: "low" }),
    mood(["low", "high", "top"], { default: "low" }),
    ["'low'"],
  ),
  columnPair("an unused value is removed", mood(["low", "mid", "high"]), mood(["low", "high"]), [
    "'low'",
    "'high'",
  ]),
  columnPair(
    "a value is removed on a column that has a default",
    mood(["low", "mid", "high"], { default: "low" }),
    mood(["low", "high"], { default: "low" }),
    ["'low'"],
  ),
  columnPair(
    "the default's value is removed",
    mood(["low", "mid", "high"], { default: "mid" }),
    mood(["low", "high"], { default: "low" }),
    ["'low'"],
  ),
  columnPair("values are reordered", mood(["low", "mid", "high"]), mood(["high", "mid", "low"]), [
    "'low'",
    "'high'",
  ]),
  columnPair("one value goes and another comes, no rename", mood(["low", "mid"]), mood(["low", "top"]), [
    "'low'",
  ]),
  columnPair("a value is renamed", mood(["low", "high"]), mood(["low", "tall"]), ["'low'", "'high'"], {
    renames: ["mood.high:mood.tall"],
    as: "replace(v::text, 'high', 'tall')",
  }),
  columnPair(
    "the default's value is renamed",
    mood(["low", "high"], { default: "high" }),
    mood(["low", "tall"], { default: "tall" }),
    ["'low'", "'high'"],
    {
      renames: ["mood.high:mood.tall"],
      as: "replace(v::text, 'high', 'tall')",
    },
  ),
  columnPair("an enum column becomes an array", mood(["a", "b"]), mood(["a", "b"], { array: true }), []),
  columnPair(
    "a value is added to an array",
    mood(["a", "b"], { array: true }),
    mood(["a", "b", "c"], { array: true }),
    ["'{a,b}'"],
  ),
  columnPair(
    "a value is removed from an array",
    mood(["a", "b", "c"], { array: true, default: [] }),
    mood(["a", "b"], { array: true, default: [] }),
    ["'{a,b}'"],
  ),
  columnPair("enum to varchar", mood(["low", "high"]), { type: "varchar" }, ["'low'"]),
  columnPair("varchar to enum", { type: "varchar" }, mood(["low", "high"]), ["'low'"]),
  columnPair(
    "enum with a default to text",
    mood(["low", "high"], { default: "low" }),
    { type: "text", default: "low" },
    ["'high'"],
  ),
  columnPair(
    "text with a default to enum",
    { type: "text", default: "low" },
    mood(["low", "high"], { default: "low" }),
    ["'high'"],
  ),
  columnPair("an enum column is added", undefined, mood(["low", "high"], { default: "low" }), ["1"]),
  columnPair(
    "an enum column is dropped with its type",
    mood(["low", "high"], { nullable: true }),
    undefined,
    ["'low'"],
  ),
  columnPair(
    "a default of an enum is set",
    mood(["low", "high"]),
    mood(["low", "high"], { default: "high" }),
    ["'low'"],
  ),
  columnPair(
    "a default of an enum is dropped",
    mood(["low", "high"], { default: "high" }),
    mood(["low", "high"]),
    ["'low'"],
  ),
  columnPair(
    "an enum type is renamed",
    mood(["low", "high"], { default: "low" }),
    { type: "enum", enum: ["low", "high"], enumName: "feeling", default: "low" },
    ["'low'"],
    { renames: ["mood:feeling"] },
  ),
  columnPair(
    "an enum gets a name",
    { type: "enum", enum: ["low", "high"] },
    mood(["low", "high"]),
    ["'low'"],
    { renames: ["thing_v_enum:mood"] },
  ),
  columnPair("values with quotes are added", mood(["a"]), mood(["a", "it's"]), ["'a'"]),
  entityPair("a shared enum gets a value", shared(["low", "high"]), shared(["low", "high", "top"]), {
    rows: sharedRows,
    kept: [sharedQuery, sharedQuery],
  }),
  entityPair("a shared enum loses a value", shared(["low", "mid", "high"]), shared(["low", "high"]), {
    rows: sharedRows,
    kept: [sharedQuery, sharedQuery],
  }),
  entityPair(
    "an enum under an index and a check gets a value",
    indexed(["low", "high"]),
    indexed(["low", "mid", "high"]),
  ),
  entityPair(
    "an enum under an index and a check loses a value",
    indexed(["low", "mid", "high"]),
    indexed(["low", "high"]),
  ),
];
