import { entitySet, type EntitySet } from "../support/entitySet";

/** Primary keys and what generates them. */
export const keySets: readonly EntitySet[] = [
  entitySet(
    "serial keys of every size",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn() }),
      entity("B", "b", { id: PrimaryGeneratedColumn("increment", { type: "bigint" }) }),
      entity("C", "c", { id: PrimaryGeneratedColumn("increment", { type: "smallint" }) }),
      entity("D", "d", { id: PrimaryGeneratedColumn({ type: "int8", name: "d_id" }) }),
    ],
    { onEmbedded: true },
  ),
  entitySet(
    "identity keys",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn("identity") }),
      entity("B", "b", { id: PrimaryGeneratedColumn("identity", { generatedIdentity: "ALWAYS" }) }),
      entity("C", "c", {
        id: PrimaryGeneratedColumn("identity", { generatedIdentity: "BY DEFAULT", type: "bigint" }),
      }),
    ],
    { onEmbedded: true },
  ),
  entitySet(
    "uuid keys",
    ({ entity, typeorm: { Column, Generated, PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn("uuid") }),
      entity("B", "b", { id: PrimaryGeneratedColumn("uuid"), other: [Generated("uuid"), Column("uuid")] }),
    ],
    { onEmbedded: true },
  ),
  entitySet(
    "uuid keys by pgcrypto",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn("uuid") }),
    ],
    { options: () => ({ uuidExtension: "pgcrypto" }), onEmbedded: true },
  ),
  entitySet(
    "generated columns beside the key",
    ({ entity, typeorm: { Column, Generated, PrimaryColumn } }) => [
      entity("A", "a", {
        id: PrimaryColumn("text"),
        counter: [Generated("increment"), Column("int")],
        big: [Generated("increment"), Column("bigint")],
        uid: [Generated("uuid"), Column("uuid")],
      }),
    ],
  ),
  entitySet(
    "composite keys",
    ({ entity, typeorm: { Column, PrimaryColumn } }) => [
      entity("A", "a", {
        tenant: PrimaryColumn("int"),
        id: PrimaryColumn("text"),
        value: Column("text", { nullable: true }),
      }),
      entity("B", "b", { x: PrimaryColumn("uuid"), y: PrimaryColumn("uuid"), z: PrimaryColumn("date") }),
    ],
    { onEmbedded: true },
  ),
  entitySet("named keys", ({ entity, typeorm: { PrimaryColumn, PrimaryGeneratedColumn } }) => [
    entity("A", "a", { id: PrimaryGeneratedColumn({ primaryKeyConstraintName: "a_pkey" }) }),
    entity("B", "b", {
      x: PrimaryColumn("int", { primaryKeyConstraintName: "pk of b" }),
      y: PrimaryColumn("int", { primaryKeyConstraintName: "pk of b" }),
    }),
  ]),
  entitySet(
    "a composite key with a serial",
    ({ entity, typeorm: { PrimaryColumn, PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn(), part: PrimaryColumn("text") }),
    ],
  ),
  entitySet("keys with defaults and comments", ({ entity, typeorm: { PrimaryColumn } }) => [
    entity("A", "a", {
      id: PrimaryColumn("uuid", { default: () => "gen_random_uuid()", comment: "random" }),
    }),
    entity("B", "b", { id: PrimaryColumn("varchar", { length: 26, default: "x" }) }),
    entity("C", "c", { id: PrimaryColumn("timestamptz", { default: () => "now()" }) }),
  ]),
  entitySet(
    "an object's id and a table of one column",
    ({ entity, typeorm: { ObjectIdColumn: _unused, PrimaryColumn } }) => [
      entity("A", "a", { id: PrimaryColumn("bigint") }),
    ],
  ),
];
