import { entitySet, type EntitySet } from "../support/entitySet";
import { oneTable } from "./columnSets";

enum Role {
  Admin = "admin",
  Editor = "editor",
  Ghost = "it's a ghost",
}
enum Level {
  Low,
  High,
}

/** Enums, types of extensions, schemas. */
export const typeSets: readonly EntitySet[] = [
  entitySet(
    "enums",
    oneTable({ a: { type: "enum", enum: Role }, b: { type: "enum", enum: ["x", "Y", "z z"] } }),
    {
      onEmbedded: true,
    },
  ),
  entitySet(
    "enums with defaults",
    oneTable({
      a: { type: "enum", enum: Role, default: Role.Editor },
      b: { type: "enum", enum: ["x", "y"], nullable: true, default: "x" },
    }),
    { onEmbedded: true },
  ),
  entitySet(
    "an enum whose default is an expression",
    oneTable({ a: { type: "enum", enum: Role, default: () => "'admin'" } }),
    {
      only: "1.x",
    },
  ),
  entitySet("an enum of numbers", oneTable({ a: { type: "enum", enum: Level, default: Level.High } })),
  entitySet(
    "arrays of enums",
    oneTable({
      a: { type: "enum", enum: Role, array: true },
      b: { type: "enum", enum: ["x", "y"], array: true, default: ["x"] },
      c: { type: "enum", enum: ["x", "y"], array: true, default: [] },
    }),
    { onEmbedded: true },
  ),
  entitySet("a named enum", oneTable({ a: { type: "enum", enum: Role, enumName: "user_role" } })),
  entitySet(
    "an enum of two tables",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity("A", "a", {
        id: PrimaryGeneratedColumn(),
        role: Column({ type: "enum", enum: Role, enumName: "role" }),
      }),
      entity("B", "b", {
        id: PrimaryGeneratedColumn(),
        role: Column({ type: "enum", enum: Role, enumName: "role", default: Role.Admin }),
        other: Column({ type: "enum", enum: Role, enumName: "role", array: true }),
      }),
    ],
    { onEmbedded: true },
  ),
  entitySet(
    "an enum with odd names",
    oneTable({
      roleOfUser: { type: "enum", enum: Role, enumName: "Role Of User" },
      camelCase: { type: "enum", enum: ["a"] },
    }),
  ),
  entitySet(
    "an enum under checks and indexes",
    ({ entity, typeorm: { Check, Column, Index, PrimaryGeneratedColumn } }) => [
      entity(
        "Thing",
        "thing",
        {
          id: PrimaryGeneratedColumn(),
          state: Column({ type: "enum", enum: ["new", "done"], default: "new" }),
        },
        Index("ix_new", ["id"], { where: "state = 'new'" }),
        Check("ck_state", "state <> 'done' OR id > 0"),
      ),
    ],
  ),
  entitySet(
    "citext and hstore",
    oneTable({
      a: { type: "citext" },
      b: { type: "hstore", nullable: true },
      c: { type: "citext", unique: true },
    }),
    {
      onEmbedded: true,
    },
  ),
  entitySet("ltree and cube", oneTable({ a: { type: "ltree" }, b: { type: "cube", nullable: true } }), {
    onEmbedded: true,
  }),
  entitySet(
    "extensions by name",
    oneTable({ a: { type: "text", default: () => "gen_random_uuid()::text" } }),
    { options: () => ({ extensions: ["pg_trgm", "unaccent"] }), only: "1.x" },
  ),
  entitySet("no extensions", oneTable({ a: { type: "uuid", default: () => "gen_random_uuid()" } }), {
    options: () => ({ installExtensions: false }),
  }),
  entitySet(
    "a table in a schema",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity("A", { name: "a", schema: "audit" }, { id: PrimaryGeneratedColumn(), note: Column("text") }),
    ],
    { synchronizeSetup: "CREATE SCHEMA audit", onEmbedded: true },
  ),
  entitySet(
    "tables in several schemas that reference each other",
    ({ entity, typeorm: { Column, Index, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: new () => object = entity("User", "users", {
        id: PrimaryGeneratedColumn("uuid"),
        role: Column({ type: "enum", enum: Role }),
      });
      const Entry: new () => object = entity(
        "Entry",
        { name: "entries", schema: "audit", comment: "who did what" },
        {
          id: PrimaryGeneratedColumn("identity"),
          user: ManyToOne(() => User, { onDelete: "CASCADE" }),
          kind: Column({ type: "enum", enum: ["in", "out"], default: "in", comment: "way" }),
          at: Column("timestamptz", { default: () => "now()" }),
        },
        Index("ix_at", ["at"]),
      );
      return [
        User,
        Entry,
        entity(
          "Detail",
          { name: "details", schema: "Odd Schema" },
          { id: PrimaryGeneratedColumn(), entry: ManyToOne(() => Entry) },
        ),
      ];
    },
    { synchronizeSetup: 'CREATE SCHEMA audit; CREATE SCHEMA "Odd Schema"', onEmbedded: true },
  ),
  entitySet(
    "tables and views whose names begin with a schema",
    ({ entity, typeorm }) => {
      const { Column, Index, ManyToOne, PrimaryGeneratedColumn } = typeorm;
      const Entry: new () => object = entity("Entry", "audit.entries", {
        id: PrimaryGeneratedColumn(),
        kind: Column({ type: "enum", enum: ["in", "out"], default: "in", comment: "way" }),
        mail: [Index(), Column("text", { unique: true, name: "e.mail" })],
      });
      return [
        Entry,
        entity("Tag", "tags", {
          id: PrimaryGeneratedColumn(),
          entry: ManyToOne(() => Entry, { onDelete: "CASCADE" }),
        }),
        entity(
          "Mails",
          typeorm.ViewEntity({
            name: "audit.mails",
            expression: `SELECT "e.mail" AS mail FROM audit.entries`,
          }),
          { mail: typeorm.ViewColumn() },
        ),
      ];
    },
    { synchronizeSetup: "CREATE SCHEMA audit", onEmbedded: true },
  ),
  entitySet(
    "a schema for all entities",
    ({ entity, typeorm: { Column, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: new () => object = entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        role: Column({ type: "enum", enum: Role }),
      });
      return [User, entity("Post", "posts", { id: PrimaryGeneratedColumn(), user: ManyToOne(() => User) })];
    },
    { options: () => ({ schema: "app" }), synchronizeSetup: "CREATE SCHEMA app", onEmbedded: true },
  ),
  entitySet(
    "a schema for all entities but one",
    ({ entity, typeorm: { ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: new () => object = entity(
        "User",
        { name: "users", schema: "public" },
        { id: PrimaryGeneratedColumn() },
      );
      return [User, entity("Post", "posts", { id: PrimaryGeneratedColumn(), user: ManyToOne(() => User) })];
    },
    { options: () => ({ schema: "app" }), synchronizeSetup: "CREATE SCHEMA app" },
  ),
];
