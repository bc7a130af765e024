import type { ColumnOptions } from "typeorm";
import { table, type Entities, type RevisionCase } from "./revisionCase";

const text: ColumnOptions = { type: "text", nullable: true };

const state = (values: readonly string[], more: ColumnOptions = {}): ColumnOptions => ({
  type: "enum",
  enum: [...values],
  enumName: "order_state",
  ...more,
});

const members: Entities = ({ entity, typeorm: { Column, PrimaryColumn } }) => [
  entity("Member", "members", {
    team: PrimaryColumn("int"),
    number: Column("int"),
    name: Column("text"),
  }),
];

const membersKeyedByBoth: Entities = ({ entity, typeorm: { Column, PrimaryColumn } }) => [
  entity("Member", "members", {
    team: PrimaryColumn("int"),
    number: PrimaryColumn("int"),
    name: Column("text"),
  }),
];

/** Revisions that change what is there. */
export const changeCases: readonly RevisionCase[] = [
  {
    name: "added-columns",
    message: "add email_verified to users",
    before: table("users", { email: { type: "text" } }),
    after: table("users", {
      email: { type: "text" },
      email_verified: { type: "boolean", default: false },
      verified_at: { type: "timestamptz", nullable: true },
      country: { type: "char", length: 2 },
    }),
  },
  {
    name: "changed-types",
    message: "widen orders",
    before: table("orders", {
      code: { type: "varchar", length: 50 },
      quantity: { type: "int", default: 1 },
      placed_at: { type: "timestamp" },
      note: { type: "text", nullable: true },
      reference: { type: "varchar", nullable: true },
    }),
    after: table("orders", {
      code: { type: "varchar", length: 100 },
      quantity: { type: "bigint", default: 1 },
      placed_at: { type: "timestamptz" },
      note: { type: "varchar", length: 20, nullable: true },
      reference: { type: "int", nullable: true },
    }),
  },
  {
    name: "changed-columns",
    message: "tighten users",
    before: table("users", {
      email: text,
      name: { type: "text", comment: "as the user writes it" },
      visits: { type: "int" },
      plan: { type: "text", default: "free" },
    }),
    after: table("users", {
      email: { type: "text" },
      name: { type: "text", nullable: true, comment: "as the passport has it" },
      visits: { type: "int", default: 0 },
      plan: { type: "text" },
    }),
  },
  {
    name: "enum-values-added",
    message: "add states to orders",
    before: table("orders", { state: state(["new", "done"]) }),
    after: table("orders", { state: state(["new", "paid", "done", "returned"], { default: "paid" }) }),
  },
  {
    name: "enum-value-removed",
    message: "no more returned orders",
    before: table(
      "orders",
      { state: state(["new", "returned", "done"], { default: "new" }) },
      ({ typeorm: { Index } }) => [Index("ix_orders_new", ["id"], { where: "state = 'new'" })],
    ),
    after: table(
      "orders",
      { state: state(["new", "done"], { default: "new" }) },
      ({ typeorm: { Index } }) => [Index("ix_orders_new", ["id"], { where: "state = 'new'" })],
    ),
  },
  {
    name: "text-to-enum",
    message: "orders have a state",
    before: table("orders", { state: { type: "varchar", default: "new" } }),
    after: table("orders", { state: state(["new", "done"], { default: "new" }) }),
  },
  {
    name: "renames",
    message: "call people by their full name",
    before: table("users", { name: text, mail: { ...text, unique: true } }, ({ typeorm: { Index } }) => [
      Index(["name"]),
    ]),
    after: table(
      "people",
      { full_name: text, email: { ...text, unique: true } },
      ({ typeorm: { Index } }) => [Index(["full_name"])],
    ),
    renames: ["users:people", "people.name:people.full_name", "people.mail:people.email"],
  },
  {
    name: "possible-rename",
    message: "full names",
    before: table("users", { name: text }),
    after: table("users", { full_name: text }),
  },
  {
    name: "dropped-tables",
    message: "no more newsletters",
    before: (orm) => [
      ...table("users", { email: { type: "text" }, newsletter: { type: "boolean", default: false } })(orm),
      ...table(
        "newsletters",
        {
          title: { type: "varchar", length: 200, comment: "as in the subject line" },
          sent_at: { type: "timestamptz", default: () => "now()" },
          kind: { type: "enum", enum: ["daily", "weekly"], enumName: "newsletter_kind", default: "daily" },
        },
        ({ typeorm: { Index } }) => [Index("ix_newsletters_sent_at", ["sent_at"])],
      )(orm),
    ],
    after: table("users", { email: { type: "text" } }),
    drops: ["newsletters"],
  },
  {
    name: "indexes",
    message: "index articles",
    setup: "CREATE EXTENSION pg_trgm",
    before: table(
      "articles",
      {
        title: { type: "text" },
        slug: { type: "text" },
        tags: { type: "text", array: true },
        published: { type: "boolean" },
        place: { type: "point", nullable: true },
        written_at: { type: "timestamptz" },
      },
      ({ typeorm: { Index } }) => [Index("ix_articles_old", ["slug", "title"])],
    ),
    after: table(
      "articles",
      {
        title: { type: "text" },
        slug: { type: "text" },
        tags: { type: "text", array: true },
        published: { type: "boolean" },
        place: { type: "point", nullable: true },
        written_at: { type: "timestamptz" },
      },
      ({ typeorm: { Index } }) => [
        Index("ix_articles_title", ["title"]),
        Index("uq_articles_slug", ["slug"], { unique: true }),
        Index("ix_articles_published", ["written_at"], { where: "published AND slug <> ''" }),
        Index("ix_articles_tags", ["tags"], { type: "gin" } as never),
        Index("ix_articles_place", ["place"], { spatial: true }),
        Index("ix_articles_written_at", ["written_at", "title", "published"], { concurrent: true }),
      ],
    ),
  },
  {
    name: "indexes-by-hand",
    message: "add a subtitle",
    before: table("articles", { title: { type: "text" } }),
    byHand: `CREATE INDEX ix_articles_lower ON articles (lower(title) DESC, id) INCLUDE (id) WHERE title <> '';
      CREATE TABLE scratch_pad (id int)`,
    after: table("articles", { title: { type: "text" }, subtitle: text }),
  },
  {
    name: "changed-foreign-keys",
    message: "posts go with their authors",
    before: ({ entity, typeorm: { ManyToOne, PrimaryGeneratedColumn } }) => {
      const User = entity("User", "users", { id: PrimaryGeneratedColumn() });
      return [User, entity("Post", "posts", { id: PrimaryGeneratedColumn(), author: ManyToOne(() => User) })];
    },
    after: ({ entity, typeorm: { JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn } }) => {
      const User = entity("User", "users", { id: PrimaryGeneratedColumn() });
      return [
        User,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          author: ManyToOne(() => User, { onDelete: "CASCADE" }),
          reviewer: [OneToOne(() => User), JoinColumn()],
        }),
      ];
    },
  },
  { name: "changed-primary-key", message: "key members by both", before: members, after: membersKeyedByBoth },
  {
    name: "columns-under-views",
    message: "longer names",
    before: ({ entity, typeorm: { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } }) => [
      entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("varchar", { length: 20 }) }),
      entity(
        "Names",
        // Of a view over one table, versions of PostgreSQL print the columns differently.
        ViewEntity({
          name: "names",
          expression: `SELECT u.id, upper(o.name) AS name FROM users u JOIN users o ON o.id = u.id`,
        }),
        { id: ViewColumn(), name: ViewColumn() },
      ),
    ],
    after: ({ entity, typeorm: { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } }) => [
      entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("varchar", { length: 40 }) }),
      entity(
        "Names",
        ViewEntity({
          name: "names",
          expression: `SELECT id, upper(name) AS name FROM users WHERE name <> ''`,
        }),
        { id: ViewColumn(), name: ViewColumn() },
      ),
    ],
  },
];
