import type { ColumnOptions } from "typeorm";
import { columnPair, entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

type Class = new () => object;
type Entities = (orm: Orm) => readonly unknown[];

/** A person with an embedded address, whose columns begin with a prefix. */
const person =
  (prefix: string | undefined): Entities =>
  ({ entity, typeorm: { Column, Index, PrimaryGeneratedColumn } }) => {
    const Address = class Address {};
    Column("text", { nullable: true })(Address.prototype, "street");
    Index()(Address.prototype, "street");
    Column("text", { nullable: true })(Address.prototype, "city");
    return [
      entity("Person", "people", {
        id: PrimaryGeneratedColumn(),
        home: Column(() => Address, prefix === undefined ? {} : { prefix }),
      }),
    ];
  };

/** Contents in one table; `kinds` are the children that there are, with a column each. */
const contents =
  (kinds: readonly string[]): Entities =>
  ({ childOf, entity, typeorm }) => {
    const { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } = typeorm;
    const Content = entity(
      "Content",
      Entity("content"),
      { id: PrimaryGeneratedColumn(), title: Column("text", { default: "-" }) },
      TableInheritance({ column: { type: "varchar", name: "kind" } }),
    );
    return [
      Content,
      ...kinds.map((kind) =>
        childOf(Content, kind, ChildEntity(kind), { [`${kind}_size`]: Column("int", { nullable: true }) }),
      ),
    ];
  };

/** Two tables with the same columns beside their own, and another one that references the first. */
const severalTables =
  (columns: Readonly<Record<string, ColumnOptions>>, isOneNew = false): Entities =>
  ({ entity, typeorm: { Column, Index, ManyToOne, PrimaryGeneratedColumn } }) => {
    const properties = (): Readonly<Record<string, PropertyDecorator>> => ({
      id: PrimaryGeneratedColumn(),
      ...Object.fromEntries(Object.entries(columns).map(([name, options]) => [name, Column(options)])),
    });
    const Cup: Class = entity("Cup", "cup", properties(), Index("ix_cup", ["id"]));
    const Jar: Class = entity("Jar", "jar", properties());
    return isOneNew
      ? [Cup, Jar, entity("Lid", "lid", { ...properties(), cup: ManyToOne(() => Cup) })]
      : [Cup, Jar];
  };

const tagged =
  (names: { readonly table: string; readonly left: string; readonly right: string } | undefined): Entities =>
  ({ entity, typeorm: { Column, JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
    const Tag: Class = entity("Tag", "tags", { id: PrimaryGeneratedColumn(), name: Column("text") });
    return [
      Tag,
      entity("Post", "posts", {
        id: PrimaryGeneratedColumn(),
        title: Column("text"),
        ...(names === undefined
          ? {}
          : {
              tags: [
                ManyToMany(() => Tag),
                JoinTable({
                  name: names.table,
                  joinColumn: { name: names.left },
                  inverseJoinColumn: { name: names.right },
                }),
              ],
            }),
      }),
    ];
  };

const taggedRows = `INSERT INTO tags (name) VALUES ('a'), ('b'); INSERT INTO posts (title) VALUES ('x');
  INSERT INTO post_tags (post_id, tag_id) VALUES (1, 1), (1, 2)`;

/** An order that belongs to one of two tables. */
const orders =
  (target: "users" | "teams", nullable = true): Entities =>
  ({ entity, typeorm: { JoinColumn, ManyToOne, PrimaryGeneratedColumn } }) => {
    const User: Class = entity("User", "users", { id: PrimaryGeneratedColumn() });
    const Team: Class = entity("Team", "teams", { id: PrimaryGeneratedColumn() });
    return [
      User,
      Team,
      entity("Order", "orders", {
        id: PrimaryGeneratedColumn(),
        owner: [
          ManyToOne(() => (target === "users" ? User : Team), { nullable }),
          JoinColumn({ name: "owner_id" }),
        ],
      }),
    ];
  };

const category =
  (isTree: boolean): Entities =>
  ({ entity, typeorm }) => {
    const { Column, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } = typeorm;
    const columns = { id: PrimaryGeneratedColumn(), name: Column("text") };
    if (!isTree) {
      return [entity("Category", "categories", columns)];
    }
    const Category = class Category {};
    Reflect.defineMetadata("design:type", Category, Category.prototype, "parent");
    const all = { ...columns, children: TreeChildren(), parent: TreeParent() };
    for (const [property, decorate] of Object.entries(all)) {
      decorate(Category.prototype, property);
    }
    Tree("closure-table")(Category);
    typeorm.Entity("categories")(Category);
    return [Category];
  };

/** A table with any columns and class decorators. */
const things =
  (
    columns: Readonly<Record<string, ColumnOptions>>,
    decorators: (orm: Orm) => readonly ClassDecorator[] = () => [],
    options: object = {},
  ): Entities =>
  (orm) => [
    orm.entity(
      "Thing",
      { name: "thing", ...options },
      {
        id: orm.typeorm.PrimaryGeneratedColumn(),
        ...Object.fromEntries(
          Object.entries(columns).map(([name, column]) => [name, orm.typeorm.Column(column)] as const),
        ),
      },
      ...decorators(orm),
    ),
  ];

const states = (values: readonly string[], more: ColumnOptions = {}): ColumnOptions => ({
  type: "enum",
  enum: [...values],
  enumName: "state",
  ...more,
});

const structureChanges: readonly EntityPair[] = [
  entityPair("an embedded column gets another prefix", person(undefined), person("address"), {
    rows: "INSERT INTO people (\"homeStreet\", \"homeCity\") VALUES ('s', 'c')",
    kept: [
      'SELECT "homeStreet", "homeCity" FROM people',
      'SELECT "addressStreet", "addressCity" FROM people',
    ],
    renames: ["people.homeStreet:people.addressStreet", "people.homeCity:people.addressCity"],
  }),
  entityPair(
    "a child of a table comes, and another goes",
    contents(["photo", "post"]),
    contents(["photo", "video"]),
    {
      rows: "INSERT INTO content (kind, photo_size) VALUES ('photo', 3)",
      kept: ["SELECT kind, photo_size, title FROM content", "SELECT kind, photo_size, title FROM content"],
      warning: /drops column content\.post_size/,
      drops: ["content.post_size"],
    },
  ),
  entityPair(
    "a junction table and its columns get other names",
    tagged({ table: "post_tags", left: "post_id", right: "tag_id" }),
    tagged({ table: "tags_of_posts", left: "post", right: "tag" }),
    {
      rows: taggedRows,
      kept: ["SELECT post_id, tag_id FROM post_tags", "SELECT post, tag FROM tags_of_posts"],
      renames: ["post_tags:tags_of_posts", "tags_of_posts.post_id:post", "tags_of_posts.tag_id:tag"],
    },
  ),
  entityPair(
    "many-to-many goes",
    tagged({ table: "post_tags", left: "post_id", right: "tag_id" }),
    tagged(undefined),
    {
      rows: taggedRows,
      kept: ["SELECT title FROM posts", "SELECT title FROM posts"],
      warning: /drops the table post_tags/,
      drops: ["post_tags"],
    },
  ),
  entityPair("a foreign key leads to another table", orders("users"), orders("teams"), {
    rows: "INSERT INTO users DEFAULT VALUES; INSERT INTO teams DEFAULT VALUES; INSERT INTO orders (owner_id) VALUES (1)",
    kept: ["SELECT owner_id FROM orders", "SELECT owner_id FROM orders"],
  }),
  entityPair("a table becomes a tree", category(false), category(true), {
    rows: "INSERT INTO categories (name) VALUES ('a')",
    kept: ["SELECT name FROM categories", "SELECT name FROM categories"],
  }),
  entityPair("a tree becomes a table", category(true), category(false), {
    rows: "INSERT INTO categories (name) VALUES ('a')",
    kept: ["SELECT name FROM categories", "SELECT name FROM categories"],
    drops: ["categories_closure"],
  }),
  entityPair(
    "a column is renamed that others are computed from",
    things(
      {
        price: { type: "numeric", default: 1 },
        double: { type: "numeric", asExpression: "price * 2", generatedType: "STORED", nullable: true },
      },
      ({ typeorm: { Check, Index } }) => [
        Check("ck", "price > 0"),
        Index("ix", ["id"], { where: "price > 5" }),
      ],
    ),
    things(
      {
        cost: { type: "numeric", default: 1 },
        double: { type: "numeric", asExpression: "cost * 2", generatedType: "STORED", nullable: true },
      },
      ({ typeorm: { Check, Index } }) => [
        Check("ck", "cost > 0"),
        Index("ix", ["id"], { where: "cost > 5" }),
      ],
    ),
    {
      rows: "INSERT INTO thing (price) VALUES (7)",
      kept: ["SELECT price, double FROM thing", "SELECT cost, double FROM thing"],
      renames: ["thing.price:thing.cost"],
      operations: ["alter column thing.price (name cost)"],
    },
  ),
  entityPair(
    "a column changes its type that others are computed from",
    things({
      price: { type: "int", default: 1 },
      double: { type: "bigint", asExpression: "price * 2", generatedType: "STORED", nullable: true },
    }),
    things({
      price: { type: "bigint", default: 1 },
      double: { type: "bigint", asExpression: "price * 2", generatedType: "STORED", nullable: true },
    }),
    {
      rows: "INSERT INTO thing (price) VALUES (7)",
      kept: ["SELECT price::text, double FROM thing", "SELECT price::text, double FROM thing"],
    },
  ),
  entityPair(
    "several tables get the same columns for another one, and a new table references one of them",
    severalTables({ old: { type: "int", nullable: true } }),
    severalTables(
      {
        label: { type: "varchar", length: 20, default: "x y", comment: "It's short" },
        tags: { type: "text", array: true, default: [] },
        mood: { type: "enum", enum: ["calm", "loud"], default: "calm" },
        state: states(["a", "b"], { default: "b" }),
        amount: { type: "numeric", precision: 9, scale: 2, default: 1.5 },
        at: { type: "timestamptz", default: () => "now()" },
      },
      true,
    ),
    {
      rows: "INSERT INTO cup (old) VALUES (1); INSERT INTO jar (old) VALUES (2)",
      kept: ["SELECT id FROM cup", "SELECT id FROM cup"],
    },
  ),
  entityPair(
    "a table of a shared enum goes, and another of it comes",
    (orm) => [
      ...things({ state: states(["a", "b"]) })(orm),
      orm.entity("Old", "old", {
        id: orm.typeorm.PrimaryGeneratedColumn(),
        state: orm.typeorm.Column(states(["a", "b"])),
      }),
    ],
    (orm) => [
      ...things({ state: states(["a", "b", "c"], { default: "c" }) })(orm),
      orm.entity(
        "Fresh",
        "fresh_rows",
        {
          id: orm.typeorm.PrimaryGeneratedColumn(),
          states: orm.typeorm.Column(states(["a", "b", "c"], { array: true, default: ["a"] })),
          state: orm.typeorm.Column(states(["a", "b", "c"], { default: "c" })),
        },
        orm.typeorm.Index("ix_fresh", ["id"], { where: "state = 'c'" }),
        orm.typeorm.Check("ck_fresh", "state > 'a'"),
      ),
    ],
    {
      rows: "INSERT INTO thing (state) VALUES ('b')",
      kept: ["SELECT state::text FROM thing", "SELECT state::text FROM thing"],
      drops: ["old"],
    },
  ),
  entityPair(
    "a value of an enum is renamed under an index, a check and a view",
    (orm) => [
      ...things(
        { state: states(["draft", "live"], { default: "draft" }) },
        ({ typeorm: { Check, Index } }) => [
          Index("ix", ["id"], { where: "state = 'draft'" }),
          Check("ck", "state <> 'live' OR id > 0"),
        ],
      )(orm),
      orm.entity(
        "V",
        orm.typeorm.ViewEntity({ name: "drafts", expression: "SELECT id FROM thing WHERE state = 'draft'" }),
        {
          id: orm.typeorm.ViewColumn(),
        },
      ),
    ],
    (orm) => [
      ...things(
        { state: states(["sketch", "live"], { default: "sketch" }) },
        ({ typeorm: { Check, Index } }) => [
          Index("ix", ["id"], { where: "state = 'sketch'" }),
          Check("ck", "state <> 'live' OR id > 0"),
        ],
      )(orm),
      orm.entity(
        "V",
        orm.typeorm.ViewEntity({ name: "drafts", expression: "SELECT id FROM thing WHERE state = 'sketch'" }),
        {
          id: orm.typeorm.ViewColumn(),
        },
      ),
    ],
    {
      rows: "INSERT INTO thing DEFAULT VALUES",
      kept: ["SELECT id, state = 'draft' FROM thing", "SELECT id, state = 'sketch' FROM thing"],
      renames: ["state.draft:state.sketch"],
    },
  ),
  entityPair(
    "a table is renamed and a column changes its type",
    (orm) => [
      orm.entity("A", "old_name", {
        id: orm.typeorm.PrimaryGeneratedColumn(),
        v: orm.typeorm.Column("varchar", { length: 10 }),
      }),
    ],
    (orm) => [
      orm.entity("A", "new_name", {
        id: orm.typeorm.PrimaryGeneratedColumn(),
        v: orm.typeorm.Column("text"),
      }),
    ],
    {
      rows: "INSERT INTO old_name (v) VALUES ('x')",
      kept: ["SELECT v::text FROM old_name", "SELECT v::text FROM new_name"],
      renames: ["old_name:new_name"],
    },
  ),
  entityPair(
    "generated uuids come from another extension",
    ({ entity, typeorm: { PrimaryGeneratedColumn } }) => [
      entity("A", "a", { id: PrimaryGeneratedColumn("uuid") }),
    ],
    ({ entity, typeorm: { Column, PrimaryColumn } }) => [
      entity("A", "a", {
        id: PrimaryColumn("uuid", { default: () => "gen_random_uuid()" }),
        note: Column("text", { nullable: true }),
      }),
    ],
    {
      rows: "INSERT INTO a DEFAULT VALUES",
      kept: ["SELECT id FROM a", "SELECT id FROM a"],
      setup: 'CREATE EXTENSION "uuid-ossp"',
    },
  ),
  entityPair(
    "a view is renamed",
    (orm) => [
      ...things({ v: { type: "int", nullable: true } })(orm),
      orm.entity("V", orm.typeorm.ViewEntity({ name: "first", expression: "SELECT v FROM thing" }), {
        v: orm.typeorm.ViewColumn(),
      }),
    ],
    (orm) => [
      ...things({ v: { type: "int", nullable: true } })(orm),
      orm.entity("V", orm.typeorm.ViewEntity({ name: "second", expression: "SELECT v FROM thing" }), {
        v: orm.typeorm.ViewColumn(),
      }),
    ],
    {
      rows: "INSERT INTO thing (v) VALUES (1)",
      kept: ["SELECT v FROM first", "SELECT v FROM second"],
      drops: ["view first"],
    },
  ),
  entityPair(
    "a table goes with the view that reads it",
    (orm) => [
      ...things({ v: { type: "int", nullable: true } })(orm),
      orm.entity("Gone", "gone", { id: orm.typeorm.PrimaryGeneratedColumn() }),
      orm.entity(
        "V",
        orm.typeorm.ViewEntity({ name: "both", expression: "SELECT t.v, g.id FROM thing t, gone g" }),
        {
          v: orm.typeorm.ViewColumn(),
        },
      ),
    ],
    things({ v: { type: "int", nullable: true } }),
    { drops: ["gone", "view both"] },
  ),
  entityPair(
    "a column goes with its default, comment, index, unique constraint and check",
    things(
      { a: { type: "int", default: 3, comment: "three", unique: true }, b: { type: "int", default: 1 } },
      ({ typeorm: { Check, Index } }) => [Index("ix_a", ["a", "b"]), Check("ck_a", "a > b")],
    ),
    things({ b: { type: "int", default: 1 } }),
    {
      rows: "INSERT INTO thing (b) VALUES (2)",
      kept: ["SELECT b FROM thing", "SELECT b FROM thing"],
      warning: /drops column thing\.a/,
    },
  ),
  entityPair(
    "the columns of a key change places",
    ({ entity, typeorm: { PrimaryColumn } }) => [
      entity("A", "a", { x: PrimaryColumn("int"), y: PrimaryColumn("int") }),
    ],
    ({ entity, typeorm: { PrimaryColumn } }) => [
      entity("A", "a", { y: PrimaryColumn("int"), x: PrimaryColumn("int") }),
    ],
    { rows: "INSERT INTO a (x, y) VALUES (1, 2)", kept: ["SELECT x, y FROM a", "SELECT x, y FROM a"] },
  ),
  entityPair(
    "a table is no longer synchronised",
    things({ a: { type: "int", nullable: true } }),
    (orm) => [
      ...things({ b: { type: "int", nullable: true } }, () => [], { synchronize: false })(orm),
      orm.entity("Other", "other", { id: orm.typeorm.PrimaryGeneratedColumn() }),
    ],
    {
      rows: "INSERT INTO thing (a) VALUES (1)",
      kept: ["SELECT a FROM thing", "SELECT a FROM thing"],
      isBeyondSynchronize: true,
      operations: ["create table other"],
    },
  ),
  entityPair(
    "a view is no longer synchronised",
    (orm) => [
      ...things({ a: { type: "int", nullable: true } })(orm),
      orm.entity("V", orm.typeorm.ViewEntity({ name: "v", expression: "SELECT a FROM thing" }), {
        a: orm.typeorm.ViewColumn(),
      }),
    ],
    (orm) => [
      ...things({ a: { type: "int", nullable: true }, b: { type: "int", nullable: true } })(orm),
      orm.entity(
        "V",
        orm.typeorm.ViewEntity({ name: "v", expression: "SELECT b FROM thing", synchronize: false }),
        { a: orm.typeorm.ViewColumn() },
      ),
    ],
    { isBeyondSynchronize: true, operations: ["add column thing.b"] },
  ),
  entityPair(
    "an exclusion comes",
    things({ during: { type: "tstzrange", nullable: true } }),
    things({ during: { type: "tstzrange", nullable: true } }, ({ typeorm: { Exclusion } }) => [
      Exclusion("ex", "USING gist (during WITH &&)"),
    ]),
    {
      rows: "INSERT INTO thing (during) VALUES ('[2024-01-01,2024-02-01)')",
      kept: ["SELECT id FROM thing", "SELECT id FROM thing"],
    },
  ),
];

/** Types that PostgreSQL converts by no cast, or only by one that somebody asks for. */
const conversions: readonly EntityPair[] = [
  columnPair("int to uuid", { type: "int", nullable: true }, { type: "uuid", nullable: true }),
  columnPair(
    "timestamptz to bigint",
    { type: "timestamptz", nullable: true },
    { type: "bigint", nullable: true },
  ),
  columnPair("text to tsvector", { type: "text" }, { type: "tsvector" }, ["'a b'"], {
    as: "v::text = '''a'' ''b''' OR v::text = 'a b'",
  }),
  columnPair("text to numeric", { type: "text" }, { type: "numeric", precision: 8, scale: 2 }, ["'1.50'"]),
  columnPair("text to date", { type: "text" }, { type: "date" }, ["'2024-02-29'"]),
  columnPair("text to inet", { type: "varchar", length: 20 }, { type: "inet" }, ["'10.0.0.1'"], {
    as: "host(v::inet)",
  }),
  columnPair("text to bytea", { type: "text" }, { type: "bytea" }, ["'abc'"], { as: "v::bytea" }),
  columnPair(
    "int to enum",
    { type: "int", nullable: true },
    { type: "enum", enum: ["1", "2"], nullable: true },
    ["1", "NULL"],
  ),
  columnPair("enum to int", { type: "enum", enum: ["1", "2"] }, { type: "int" }, ["'1'"]),
  columnPair(
    "enum to enum",
    { type: "enum", enum: ["a", "b"], enumName: "x" },
    { type: "enum", enum: ["a", "b", "c"], enumName: "y" },
    ["'a'"],
  ),
  columnPair(
    "enum with a default to enum",
    { type: "enum", enum: ["a", "b"], enumName: "x", default: "b" },
    { type: "enum", enum: ["a", "b"], enumName: "y", default: "a" },
    ["'a'"],
  ),
  columnPair("jsonb to text", { type: "jsonb", default: {} }, { type: "text", default: "{}" }, [
    `'{"a": 1}'`,
  ]),
  columnPair("interval to text", { type: "interval" }, { type: "text" }, ["'1 day'"]),
  columnPair(
    "array to one",
    { type: "int", array: true, nullable: true },
    { type: "int", nullable: true },
    ["'{1}'", "NULL"],
    { as: "translate(v::text, '{}', '')", isRestored: true },
  ),
  columnPair(
    "identity int to identity bigint",
    { type: "int", generated: "increment" } as never,
    { type: "bigint", generated: "increment" } as never,
    ["5"],
  ),
  columnPair(
    "boolean with a default to text",
    { type: "boolean", default: true },
    { type: "text", default: "yes" },
    ["true"],
  ),
  columnPair(
    "nullable with a default to required",
    { type: "int", nullable: true, default: 1 },
    { type: "int", default: 2 },
    ["7"],
  ),
  columnPair("time to timetz", { type: "time" }, { type: "timetz" }, ["'10:00'"], { as: "left(v::text, 8)" }),
  columnPair("char to text", { type: "char", length: 5 }, { type: "text" }, ["'ab'"], { as: "trim(v)" }),
  columnPair("citext to varchar", { type: "citext" }, { type: "varchar", length: 10 }, ["'Ab'"], {
    setup: "CREATE EXTENSION citext",
  }),
  columnPair(
    "hstore to jsonb",
    { type: "hstore", nullable: true },
    { type: "jsonb", nullable: true },
    ["NULL"],
    { setup: "CREATE EXTENSION hstore" },
  ),
];

/** Changes as applications go through them. */
export const applicationPairs: readonly EntityPair[] = [...structureChanges, ...conversions];
