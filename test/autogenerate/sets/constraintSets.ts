import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

/** A table of a few columns with class decorators. */
function withDecorators(decorators: (orm: Orm) => readonly ClassDecorator[]): EntitySet["entities"] {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    return [
      orm.entity(
        "Thing",
        "thing",
        {
          id: PrimaryGeneratedColumn(),
          a: Column("int"),
          b: Column("text"),
          c: Column("jsonb", { nullable: true }),
          d: Column("tsvector", { nullable: true }),
          e: Column("tstzrange", { nullable: true }),
          f: Column("boolean", { default: false }),
          createdAt: Column("timestamptz", { name: "created_at", default: () => "now()" }),
          g: Column("point", { nullable: true }),
        },
        ...decorators(orm),
      ),
    ];
  };
}

const methods = ["btree", "hash", "brin"] as const;

/** Unique, check and exclusion constraints, and indexes with every option. */
export const constraintSets: readonly EntitySet[] = [
  entitySet(
    "unique constraints",
    withDecorators(({ typeorm: { Unique } }) => [
      Unique(["a", "b"]),
      Unique("uq_b", ["b"]),
      Unique("Uq Mixed", ["a", "createdAt"]),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "deferrable unique constraints",
    withDecorators(({ typeorm: { Unique } }) => [
      Unique("uq_deferred", ["a"], { deferrable: "INITIALLY DEFERRED" }),
      Unique("uq_immediate", ["b"], { deferrable: "INITIALLY IMMEDIATE" }),
      Unique(["a", "b"], { deferrable: "INITIALLY DEFERRED" }),
    ]),
  ),
  entitySet(
    "check constraints",
    withDecorators(({ typeorm: { Check } }) => [
      Check("a > 0"),
      Check("ck_b", "length(b) between 1 and 50"),
      Check("ck_either", `"a" <> 5 OR ("b" IN ('x', 'y'))`),
      Check("b ~ '^[a-z]+$'"),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "exclusion constraints",
    withDecorators(({ typeorm: { Exclusion } }) => [
      Exclusion(`USING gist ("e" WITH &&)`),
      Exclusion("ex_named", `USING gist ("a" WITH =, "e" WITH &&) WHERE ("f")`),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "deferrable exclusion constraints",
    withDecorators(({ typeorm: { Exclusion } }) => [
      (Exclusion as unknown as (name: string, expression: string, options: object) => ClassDecorator)(
        "ex_deferred",
        `USING gist ("e" WITH &&)`,
        { deferrable: "INITIALLY DEFERRED" },
      ),
    ]),
    { only: "1.x" },
  ),
  entitySet(
    "indexes",
    withDecorators(({ typeorm: { Index } }) => [
      Index(["a"]),
      Index(["a", "b"]),
      Index("ix_named", ["b", "a"]),
      Index("ix_unique", ["createdAt"], { unique: true }),
      Index(["b"], { unique: true }),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "partial indexes",
    withDecorators(({ typeorm: { Index } }) => [
      Index(["a"], { where: "f" }),
      Index("ix_text", ["b"], { where: "b IS NOT NULL AND a > 3" }),
      Index("ix_date", ["a"], { unique: true, where: `"created_at" > '2020-01-01'` }),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "a spatial index",
    withDecorators(({ typeorm: { Index } }) => [
      Index("ix_range", ["e"], { spatial: true }),
      Index("ix_point", ["g"], { spatial: true }),
    ]),
  ),
  ...methods.map((type) =>
    entitySet(
      `a ${type} index`,
      withDecorators(({ typeorm: { Index } }) => [Index(`ix_${type}`, ["a"], { type } as never)]),
      { only: "1.x" as const },
    ),
  ),
  entitySet(
    "gin, gist and spgist indexes",
    withDecorators(({ typeorm: { Index } }) => [
      Index("ix_gin", ["c"], { type: "gin" } as never),
      Index("ix_search", ["d"], { type: "gin" } as never),
      Index("ix_gist", ["e"], { type: "gist" } as never),
      Index("ix_spgist", ["b"], { type: "spgist" } as never),
    ]),
    { only: "1.x", onEmbedded: true },
  ),
  entitySet("indexes of columns", ({ entity, typeorm: { Column, Index, PrimaryGeneratedColumn } }) => [
    entity("Thing", "thing", {
      id: PrimaryGeneratedColumn(),
      a: [Index(), Column("int")],
      b: [Index("ix_thing_b"), Column("text")],
      c: [Index({ unique: true }), Column("text", { name: "see" })],
      d: [Index("ix_thing_d", { where: "d > 0" }), Column("int")],
    }),
  ]),
  entitySet(
    "an index that TypeORM leaves alone",
    withDecorators(({ typeorm: { Index } }) => [Index("ix_by_hand", { synchronize: false }), Index(["b"])]),
  ),
  entitySet(
    "a concurrent index",
    withDecorators(({ typeorm: { Index } }) => [Index("ix_concurrent", ["a"], { concurrent: true })]),
    { options: () => ({ migrationsTransactionMode: "none" }) },
  ),
  entitySet("checks of columns", ({ entity, typeorm: { Check, Column, PrimaryGeneratedColumn } }) => [
    entity("Thing", "thing", {
      id: PrimaryGeneratedColumn(),
      age: [Column("int"), Check("ck_age", `"age" >= 18`)],
    }),
  ]),
  entitySet(
    "uniques of columns with names",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn, Unique } }) => [
      entity("Thing", "thing", {
        id: PrimaryGeneratedColumn(),
        a: [Column("int"), Unique("uq_a", ["a"])],
      }),
    ],
  ),
];
