import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** A naming strategy as projects write them. */
function snakeNaming({ typeorm }: Orm): object {
  class SnakeNaming extends typeorm.DefaultNamingStrategy {
    override tableName(className: string, customName: string | undefined): string {
      return customName ?? `${snakeCase(className)}s`;
    }
    override columnName(property: string, customName: string | undefined, prefixes: string[]): string {
      return snakeCase([...prefixes, customName ?? property].join("_"));
    }
    override joinColumnName(relation: string, column: string): string {
      return snakeCase(`${relation}_${column}`);
    }
    override primaryKeyName(table: { name: string } | string): string {
      return `pk_${typeof table === "string" ? table : table.name}`;
    }
    override foreignKeyName(table: { name: string } | string, columns: string[]): string {
      return `fk_${typeof table === "string" ? table : table.name}_${columns.join("_")}`;
    }
    override indexName(table: { name: string } | string, columns: string[]): string {
      return `ix_${typeof table === "string" ? table : table.name}_${columns.join("_")}`;
    }
  }
  return new SnakeNaming();
}

function manyEntities({
  entity,
  typeorm: { Column, ManyToOne, PrimaryGeneratedColumn },
}: Orm): readonly Class[] {
  const User: Class = entity("UserAccount", {}, { id: PrimaryGeneratedColumn(), fullName: Column("text") });
  return [
    User,
    entity(
      "BlogPost",
      {},
      { id: PrimaryGeneratedColumn(), createdBy: ManyToOne(() => User, { onDelete: "CASCADE" }) },
    ),
  ];
}

/** Inheritance, embedded columns, trees, naming, entity schemas, options of the DataSource. */
export const structureSets: readonly EntitySet[] = [
  entitySet(
    "single-table inheritance",
    (orm) => {
      const { ChildEntity, Column, Entity, ManyToOne, PrimaryGeneratedColumn, TableInheritance } =
        orm.typeorm;
      const Person: Class = orm.entity(
        "Person",
        Entity("people"),
        { id: PrimaryGeneratedColumn(), name: Column("text") },
        TableInheritance({ column: { type: "varchar", name: "type" } }),
      );
      const Student = orm.childOf(Person, "Student", ChildEntity(), { faculty: Column("text") });
      const Teacher = orm.childOf(Person, "Teacher", ChildEntity("teacher"), {
        salary: Column("numeric", { precision: 10, scale: 2 }),
        boss: ManyToOne(() => Person),
      });
      return [Person, Student, Teacher];
    },
    { onEmbedded: true },
  ),
  entitySet("inheritance of a plain class", (orm) => {
    const { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } = orm.typeorm;
    class Base {}
    PrimaryGeneratedColumn("uuid")(Base.prototype, "id");
    CreateDateColumn()(Base.prototype, "createdAt");
    const Photo = orm.childOf(Base, "Photo", Entity("photos"), { url: Column("text") });
    const Video = orm.childOf(Base, "Video", Entity("videos"), { seconds: Column("int") });
    return [Photo, Video];
  }),
  entitySet(
    "embedded columns",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => {
      class Name {}
      Column("text")(Name.prototype, "first");
      Column("text", { nullable: true })(Name.prototype, "last");
      class Address {}
      Column("text")(Address.prototype, "street");
      Column(() => Name)(Address.prototype, "owner");
      return [
        entity("User", "users", {
          id: PrimaryGeneratedColumn(),
          name: Column(() => Name),
          home: Column(() => Address),
          work: Column(() => Address, { prefix: "office" }),
          plain: Column(() => Name, { prefix: false }),
        }),
      ];
    },
    { onEmbedded: true },
  ),
  ...(["closure-table", "nested-set", "materialized-path"] as const).map((kind) =>
    entitySet(
      `a tree: ${kind}`,
      ({ entity, typeorm: { Column, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } }) => {
        const Category: Class = entity(
          "Category",
          "categories",
          {
            id: PrimaryGeneratedColumn(),
            name: Column("text"),
            parent: TreeParent(),
            children: TreeChildren(),
          },
          Tree(kind),
        );
        // Without emitted types, the kind of a tree's relation has to be said.
        return [Category];
      },
      { onEmbedded: kind === "closure-table" },
    ),
  ),
  entitySet("a naming strategy", manyEntities, {
    options: (orm) => ({ namingStrategy: snakeNaming(orm) as never }),
    onEmbedded: true,
  }),
  entitySet("a prefix for all tables", manyEntities, {
    options: () => ({ entityPrefix: "app_" }),
    onEmbedded: true,
  }),
  entitySet("names of classes", manyEntities),
  entitySet("a table that is not synchronised", ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
    entity("A", "a", { id: PrimaryGeneratedColumn() }),
    entity("B", { name: "b", synchronize: false }, { id: PrimaryGeneratedColumn() }),
  ]),
  entitySet(
    "a reference to a table that is not synchronised",
    ({ entity, typeorm: { ManyToOne, PrimaryGeneratedColumn } }) => {
      const Legacy: Class = entity(
        "Legacy",
        { name: "legacy", synchronize: false },
        { id: PrimaryGeneratedColumn() },
      );
      return [Legacy, entity("A", "a", { id: PrimaryGeneratedColumn(), legacy: ManyToOne(() => Legacy) })];
    },
    { setup: "CREATE TABLE legacy (id serial PRIMARY KEY)" },
  ),
  entitySet(
    "a cache of queries",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [entity("A", "a", { id: PrimaryGeneratedColumn() })],
    { options: () => ({ cache: true }) },
  ),
  entitySet(
    "names that need quotes",
    ({ entity, typeorm: { Column, Index, ManyToOne, PrimaryGeneratedColumn } }) => {
      const Order: Class = entity("Order", "order", {
        id: PrimaryGeneratedColumn(),
        user: Column("text", { name: "user" }),
      });
      return [
        Order,
        entity(
          "Line",
          "Order Line",
          { id: PrimaryGeneratedColumn(), order: ManyToOne(() => Order), Größe: Column("int") },
          Index("IX Order", ["Größe"]),
        ),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet("names of 60 bytes and more", ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
    entity("A", `a_${"very_".repeat(11)}long`, {
      id: PrimaryGeneratedColumn(),
      [`c_${"very_".repeat(11)}long`]: Column("int", { unique: true }),
    }),
  ]),
  entitySet("two entities of one table", ({ entity, typeorm: { Column, Index, PrimaryGeneratedColumn } }) => [
    entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("text") }),
    entity(
      "Login",
      "users",
      { id: PrimaryGeneratedColumn(), password: Column("text", { nullable: true }) },
      Index("ix_password", ["password"]),
    ),
  ]),
  entitySet(
    "entity schemas",
    ({ typeorm: { EntitySchema } }) => [
      new EntitySchema({
        name: "user",
        tableName: "users",
        columns: {
          id: { type: "int", primary: true, generated: true },
          email: { type: "varchar", length: 200, unique: true },
          age: { type: "int", nullable: true, default: 18 },
          role: { type: "enum", enum: ["a", "b"], enumName: "user_role", default: "a" },
        },
        indices: [
          { name: "ix_users_age", columns: ["age"], where: "age > 3" },
          { columns: ["age", "role"], unique: true },
        ],
        uniques: [{ name: "uq_both", columns: ["email", "age"] }],
        checks: [{ name: "ck_age", expression: "age >= 0" }],
      }),
      new EntitySchema<Record<string, unknown>>({
        name: "post",
        tableName: "posts",
        columns: {
          id: { type: "uuid", primary: true, generated: "uuid" },
          createdAt: { type: "timestamptz", createDate: true, name: "created_at" },
          body: { type: "text", comment: "the text" },
        },
        relations: {
          author: {
            type: "many-to-one",
            target: "user",
            joinColumn: { name: "author_id" },
            onDelete: "CASCADE",
          },
          readers: { type: "many-to-many", target: "user", joinTable: { name: "post_readers" } },
        },
        exclusions: [{ name: "ex_posts", expression: `USING gist (tstzrange("created_at", null) WITH &&)` }],
      }),
    ],
    { onEmbedded: true },
  ),
  entitySet("an entity schema with embedded columns", ({ typeorm: { EntitySchema } }) => {
    const name = new EntitySchema({
      name: "name",
      columns: { first: { type: "text" }, last: { type: "text" } },
    });
    return [
      new EntitySchema<Record<string, unknown>>({
        name: "user",
        columns: { id: { type: "int", primary: true, generated: "identity" as never } },
        embeddeds: { name: { schema: name, prefix: "name_" } },
      }),
    ];
  }),
  entitySet("many tables of one column", ({ entity, typeorm: { PrimaryColumn } }) =>
    Array.from({ length: 40 }, (_, index) =>
      entity(`T${String(index)}`, `t${String(index)}`, { id: PrimaryColumn("int") }),
    ),
  ),
];
