import type { ColumnOptions } from "typeorm";
import { entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

/** A cup of a shelf, with an index, a key, a check and a view over it. */
const cups =
  (more: Readonly<Record<string, ColumnOptions>> = {}) =>
  ({ entity, typeorm }: Orm): readonly unknown[] => {
    const { Check, Column, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique, ViewEntity } =
      typeorm;
    const shelf = entity("Shelf", "shelf", { id: PrimaryGeneratedColumn() });
    const cup = entity(
      "Cup",
      "cup",
      {
        id: PrimaryGeneratedColumn({ primaryKeyConstraintName: "pk_cup" }),
        name: Column("text"),
        size: Column("int", { default: 0 }),
        shelf_id: Column("int", { nullable: true }),
        shelf: [
          ManyToOne(() => shelf, { onDelete: "SET NULL" }),
          JoinColumn({ name: "shelf_id", foreignKeyConstraintName: "fk_cup_shelf" }),
        ],
        ...Object.fromEntries(Object.entries(more).map(([name, options]) => [name, Column(options)])),
      },
      Index("ix_cup_name", ["name", "size"]),
      Index("ix_cup_search", { synchronize: false }),
      Unique("uq_cup", ["size"]),
      Check("ck_cup", "size >= 0"),
    );
    const bigCup = entity(
      "BigCup",
      ViewEntity({
        name: "big_cup",
        expression: "SELECT id, name FROM cup WHERE size > 9",
      }),
      {},
    );
    typeorm.ViewColumn()(bigCup.prototype as object, "id");
    typeorm.ViewColumn()(bigCup.prototype as object, "name");
    return [shelf, cup, bigCup];
  };

const left = (name: string, byHand: string, more: Partial<EntityPair> = {}): EntityPair =>
  entityPair(name, cups(), cups(), { byHand, operations: [], ...more });

/** A table whose only index, of a column or of an embedded one and a reference, has no name of its own. */
const searched =
  (options: { readonly synchronize?: false }, isOfClass: boolean) =>
  ({ entity, typeorm }: Orm): readonly unknown[] => {
    const { Column, Index, ManyToOne, PrimaryGeneratedColumn } = typeorm;
    const place = entity(
      "Place",
      "place",
      isOfClass ? { row: Column("int") } : { row: [Column("int"), Index(options as object)] },
    );
    const box: new () => object = entity(
      "Box",
      "box",
      {
        id: PrimaryGeneratedColumn(),
        name: isOfClass
          ? Column("text", { name: "label" })
          : [Column("text", { name: "label" }), Index(options as object)],
        at: Column(() => place),
        parent: ManyToOne(() => box),
      },
      ...(isOfClass ? [Index(["name", "at.row", "parent"], options as object)] : []),
    );
    return [box];
  };

const index = (definition: string): string =>
  `DROP INDEX ix_cup_name; CREATE INDEX ix_cup_name ON cup ${definition}`;

const constraint = (name: string, definition: string): string =>
  `ALTER TABLE cup DROP CONSTRAINT ${name}; ALTER TABLE cup ADD CONSTRAINT ${name} ${definition}`;

/** What somebody made by hand of something that entities have too, in ways that they have no words for. */
export const leftAlonePairs: readonly EntityPair[] = [
  left("an index with an order", index("(name DESC NULLS LAST, size NULLS FIRST)")),
  left(
    "an index with an operator class, a collation, covered columns and storage",
    index('(name COLLATE "C" text_pattern_ops, size) INCLUDE (shelf_id) WITH (fillfactor = 70)'),
  ),
  left(
    "an index of another method",
    `CREATE EXTENSION btree_gin; ${index("USING gin (name, size)")}`,
    // Later versions say the method, if only by leaving it out.
    { only: "0.3" },
  ),
  left(
    "an index that is not synchronised",
    "CREATE EXTENSION pg_trgm; CREATE INDEX ix_cup_search ON cup USING gin (name gin_trgm_ops)",
  ),
  ...[
    { name: "of a property", index: false },
    { name: "of a class", index: true },
  ].map(({ name, index: isOfClass }) =>
    entityPair(
      `an index ${name} that is not synchronised any more, and has no name`,
      searched({}, isOfClass),
      searched({ synchronize: false }, isOfClass),
      { operations: [], isBeyondSynchronize: true },
    ),
  ),
  left(
    "constraints that are not validated",
    [
      constraint("fk_cup_shelf", "FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE SET NULL NOT VALID"),
      constraint("ck_cup", "CHECK (size >= 0) NOT VALID"),
    ].join("; "),
  ),
  left(
    "a foreign key that is not validated, under another name",
    "ALTER TABLE cup DROP CONSTRAINT fk_cup_shelf; ALTER TABLE cup ADD CONSTRAINT fk FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE SET NULL NOT VALID",
    { operations: ["rename constraint fk on cup to fk_cup_shelf"] },
  ),
  left(
    "a foreign key that empties named columns, and one that matches whole keys",
    constraint("fk_cup_shelf", "FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE SET NULL (shelf_id)"),
  ),
  left(
    "keys with covered columns, or without doubles of NULL",
    [
      constraint("uq_cup", "UNIQUE NULLS NOT DISTINCT (size) INCLUDE (name)"),
      constraint("pk_cup", "PRIMARY KEY (id) INCLUDE (size)"),
    ].join("; "),
  ),
  left("a deferrable primary key", constraint("pk_cup", "PRIMARY KEY (id) DEFERRABLE")),
  left("a check that is not inherited", constraint("ck_cup", "CHECK (size >= 0) NO INHERIT")),
  left(
    "a view with options and comments",
    "ALTER VIEW big_cup SET (security_barrier = true); COMMENT ON VIEW big_cup IS 'big'; COMMENT ON COLUMN big_cup.name IS 'n'",
  ),
  entityPair(
    "a column of a domain",
    cups({ note: { type: "varchar", length: 50, nullable: true, default: "-" } }),
    cups({ note: { type: "varchar", length: 50, nullable: true, default: "-" } }),
    {
      byHand: "CREATE DOMAIN label AS varchar(50) CHECK (VALUE <> ''); ALTER TABLE cup ALTER note TYPE label",
      operations: [],
    },
  ),
  left(
    "storage, compression and statistics of a column",
    "ALTER TABLE cup ALTER name SET STORAGE EXTERNAL, ALTER name SET STATISTICS 500, ALTER size SET (n_distinct = -1)",
  ),
  left("options of the sequence of a key", "ALTER SEQUENCE cup_id_seq INCREMENT BY 10 CACHE 5"),
  entityPair(
    "traits of an index and constraints stay when something else changes",
    cups(),
    cups({ note: { type: "text", nullable: true } }),
    {
      byHand: [
        index("(name DESC, size)"),
        constraint("ck_cup", "CHECK (size >= 0) NOT VALID"),
        constraint("fk_cup_shelf", "FOREIGN KEY (shelf_id) REFERENCES shelf ON DELETE SET NULL NOT VALID"),
      ].join("; "),
      operations: ["add column cup.note"],
    },
  ),
  entityPair(
    "an index whose covered column gets another type",
    cups({ note: { type: "text", nullable: true } }),
    cups({ note: { type: "int", nullable: true } }),
    {
      byHand: index("(name DESC, size) INCLUDE (note)"),
      operations: ["alter column cup.note (type text to integer)"],
    },
  ),
  entityPair(
    "an index whose covered column goes is made anew",
    cups({ note: { type: "text", nullable: true } }),
    cups(),
    {
      byHand: index("(name DESC, size) INCLUDE (note)"),
      operations: [
        "drop index ix_cup_name on cup",
        "create index ix_cup_name on cup",
        "drop column cup.note",
      ],
    },
  ),
  entityPair(
    "a unique constraint whose covered column goes is made anew",
    cups({ note: { type: "text", nullable: true } }),
    cups(),
    {
      byHand: constraint("uq_cup", "UNIQUE NULLS NOT DISTINCT (size) INCLUDE (note)"),
      operations: [
        "drop constraint uq_cup on cup",
        "create unique constraint uq_cup on cup",
        "drop column cup.note",
      ],
    },
  ),
];
