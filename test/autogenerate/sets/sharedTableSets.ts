import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

/** Users and tags with a relation whose junction table is `user_tags`, named by one side or by both. */
function taggedUsers({ entity, typeorm }: Orm, sides: "one" | "both"): readonly [user: Class, tag: Class] {
  const { JoinTable, ManyToMany, PrimaryGeneratedColumn } = typeorm;
  const user = entity("User", "users", { id: PrimaryGeneratedColumn() });
  const tag = entity("Tag", "tags", { id: PrimaryGeneratedColumn() });
  const [ofUser, ofTag] = [{ name: "user_id" }, { name: "tag_id" }];
  ManyToMany(() => tag, "users")(user.prototype as object, "tags");
  JoinTable({ name: "user_tags", joinColumn: ofUser, inverseJoinColumn: ofTag })(
    user.prototype as object,
    "tags",
  );
  ManyToMany(() => user, "tags")(tag.prototype as object, "users");
  if (sides === "both") {
    JoinTable({ name: "user_tags", joinColumn: ofTag, inverseJoinColumn: ofUser })(
      tag.prototype as object,
      "users",
    );
  }
  return [user, tag];
}

/** Several entities, or relations, that name one table. */
export const sharedTableSets: readonly EntitySet[] = [
  entitySet(
    "a second entity of a table, with constraints of its own",
    ({ entity, typeorm: { Check, Column, Index, PrimaryGeneratedColumn, Unique } }) => [
      entity("Pot", "pot", { id: PrimaryGeneratedColumn(), name: Column("text") }, Unique(["id", "name"])),
      entity(
        "FullPot",
        "pot",
        { id: PrimaryGeneratedColumn(), name: Column("text"), litres: Column("int") },
        Unique("uq_pot", ["name", "litres"]),
        Check("ck_pot", "litres > 0"),
        Index("ix_pot", ["litres"]),
      ),
    ],
    { onEmbedded: true },
  ),
  entitySet("three entities of a table", ({ entity, typeorm: { Check, Column, PrimaryGeneratedColumn } }) => [
    entity("Pot", "pot", { id: PrimaryGeneratedColumn(), name: Column("text") }),
    entity("RedPot", "pot", { id: PrimaryGeneratedColumn(), shade: Column("text") }),
    entity(
      "BigPot",
      "pot",
      { id: PrimaryGeneratedColumn(), shade: Column("text"), litres: Column("int") },
      Check("ck_big", "litres > 9"),
    ),
  ]),
  entitySet("three entities of a table that say the same", ({ entity, typeorm }) =>
    ["Pot", "OldPot", "NewPot"].map((name) =>
      entity(name, "pot", { id: typeorm.PrimaryGeneratedColumn(), name: typeorm.Column("text") }),
    ),
  ),
  entitySet(
    "entities of a table that define its columns differently",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity("Pot", "pot", {
        id: PrimaryGeneratedColumn(),
        name: Column("text"),
        litres: Column("int", { default: 1 }),
        code: Column("int", { unique: true }),
        kind: Column("enum", { enum: ["a", "b"] }),
      }),
      entity("FullPot", "pot", {
        id: PrimaryGeneratedColumn(),
        name: Column("varchar", { nullable: true }),
        litres: Column("int", { default: 2 }),
        code: Column("int"),
        kind: Column("enum", { enum: ["a", "b"] }),
      }),
    ],
  ),
  entitySet("a junction table that both sides name", (orm) => taggedUsers(orm, "both")),
  entitySet("a junction table that both sides and an entity name", (orm) => {
    const { Column, PrimaryColumn } = orm.typeorm;
    const link = orm.entity("Link", "user_tags", {
      user_id: PrimaryColumn("int"),
      tag_id: PrimaryColumn("int"),
      note: Column("text", { nullable: true }),
    });
    return [...taggedUsers(orm, "both"), link];
  }),
  entitySet("a junction table that is an entity too", (orm) => {
    const { Column, JoinColumn, ManyToOne, PrimaryColumn } = orm.typeorm;
    const [user, tag] = taggedUsers(orm, "one");
    const link = orm.entity("Link", "user_tags", {
      user_id: PrimaryColumn("int"),
      tag_id: PrimaryColumn("int"),
      note: Column("text", { nullable: true }),
      user: [ManyToOne(() => user, { onDelete: "RESTRICT" }), JoinColumn({ name: "user_id" })],
    });
    return [user, tag, link];
  }),
  entitySet(
    "a closure table of an inheritance",
    ({
      childOf,
      entity,
      typeorm: { ChildEntity, Column, PrimaryGeneratedColumn, TableInheritance, Tree },
    }) => {
      const node = entity(
        "Node",
        "node",
        { id: PrimaryGeneratedColumn(), kind: Column("text") },
        TableInheritance({ column: "kind" }),
        Tree("closure-table"),
      );
      const leaf = childOf(node, "Leaf", ChildEntity(), { colour: Column("text") });
      return [node, leaf];
    },
  ),
];
