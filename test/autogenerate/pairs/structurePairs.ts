import type { ColumnOptions } from "typeorm";
import { entityPair, type EntityPair } from "../support/entityPair";
import type { Orm } from "../support/typeorm";

type Class = new () => object;
type Columns = Readonly<Record<string, ColumnOptions>>;
type Entities = (orm: Orm) => readonly unknown[];

/** One table of plain columns, with class decorators. */
function table(
  name: string,
  columns: Columns,
  decorators: (orm: Orm) => readonly ClassDecorator[] = () => [],
  options: object = {},
): Entities {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    const properties = Object.fromEntries(
      Object.entries(columns).map(([column, of]) => [column, Column(of)]),
    );
    return [
      orm.entity(
        "Thing",
        { name, ...options },
        { id: PrimaryGeneratedColumn(), ...properties },
        ...decorators(orm),
      ),
    ];
  };
}

/** A table for each name, with a column that only it has. */
const tables =
  (names: Readonly<Record<string, string>>): Entities =>
  ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) =>
    Object.entries(names).map(([name, column]) =>
      entity(`Of${column}`, name, { id: PrimaryGeneratedColumn(), [column]: Column("text") }),
    );

const text: ColumnOptions = { type: "text", nullable: true };
const int: ColumnOptions = { type: "int", nullable: true };

const renamePairs: readonly EntityPair[] = [
  entityPair("a column is renamed", table("users", { name: text }), table("users", { full_name: text }), {
    rows: "INSERT INTO users (name) VALUES ('Ada')",
    kept: ["SELECT name FROM users", "SELECT full_name FROM users"],
    renames: ["users.name:users.full_name"],
  }),
  entityPair(
    "a column is renamed and another added",
    table("users", { name: text }),
    table("users", { full_name: text, bio: text }),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada')",
      kept: ["SELECT name FROM users", "SELECT full_name FROM users"],
      renames: ["users.name:full_name"],
    },
  ),
  ...[
    ["a:b", "b:c"],
    ["b:c", "a:b"],
  ].map((renames) =>
    entityPair(
      `tables take one another's names, answered ${renames.join(" ")}`,
      tables({ a: "x", b: "y" }),
      tables({ b: "x", c: "y" }),
      {
        rows: "INSERT INTO a (x) VALUES ('a'); INSERT INTO b (y) VALUES ('b')",
        kept: ["SELECT x, y FROM a, b", "SELECT x, y FROM b, c"],
        renames,
      },
    ),
  ),
  ...[
    ["a:b", "b:a"],
    ["b:a", "a:b"],
  ].map((renames) =>
    entityPair(
      `tables swap their names, answered ${renames.join(" ")}`,
      tables({ a: "x", b: "y" }),
      tables({ b: "x", a: "y" }),
      {
        rows: "INSERT INTO a (x) VALUES ('a'); INSERT INTO b (y) VALUES ('b')",
        kept: ["SELECT x, y FROM a, b", "SELECT x, y FROM b, a"],
        renames,
      },
    ),
  ),
  ...[
    ["thing.a:thing.b", "thing.b:thing.c"],
    ["thing.b:thing.c", "thing.a:thing.b"],
  ].map((renames) =>
    entityPair(
      `columns take one another's names, answered ${renames.join(" ")}`,
      table("thing", { a: text, b: text }),
      table("thing", { b: text, c: text }),
      {
        rows: "INSERT INTO thing (a, b) VALUES ('1', '2')",
        kept: ["SELECT a, b FROM thing", "SELECT b, c FROM thing"],
        renames,
      },
    ),
  ),
  entityPair(
    "two columns are renamed",
    table("users", { a: text, b: text }),
    table("users", { c: text, d: text }),
    {
      rows: "INSERT INTO users (a, b) VALUES ('1', '2')",
      kept: ["SELECT a, b FROM users", "SELECT d, c FROM users"],
      renames: ["users.a:users.d", "users.b:users.c"],
    },
  ),
  entityPair(
    "a column is renamed and gets longer",
    table("users", { name: { type: "varchar", length: 50 } }),
    table("users", { full_name: { type: "varchar", length: 100 } }),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada')",
      kept: ["SELECT name FROM users", "SELECT full_name FROM users"],
      renames: ["users.name:users.full_name"],
    },
  ),
  entityPair(
    "a column is renamed, its indexes and constraints too",
    table("users", { name: { ...text, unique: true } }, ({ typeorm: { Index, Check } }) => [
      Index(["name"]),
      Check("ck", "name <> ''"),
    ]),
    table("users", { full_name: { ...text, unique: true } }, ({ typeorm: { Index, Check } }) => [
      Index(["full_name"]),
      Check("ck", "full_name <> ''"),
    ]),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada')",
      kept: ["SELECT name FROM users", "SELECT full_name FROM users"],
      renames: ["users.name:users.full_name"],
    },
  ),
  entityPair(
    "two columns swap their names",
    table("users", { a: text, b: int }),
    table("users", { b: text, a: int }),
    {},
  ),
  entityPair(
    "a column goes and an unrelated one comes",
    table("users", { legacy_ref: text }),
    table("users", { email: text }),
    {
      rows: "INSERT INTO users (legacy_ref) VALUES ('LEG-1')",
      kept: ["SELECT id FROM users WHERE legacy_ref IS NOT NULL", "SELECT id FROM users WHERE email IS NULL"],
      isRestored: false,
      warning: /renamed/,
    },
  ),
  entityPair("a table is renamed", table("users", { name: text }), table("accounts", { name: text }), {
    rows: "INSERT INTO users (name) VALUES ('Ada')",
    kept: ["SELECT id, name FROM users", "SELECT id, name FROM accounts"],
    renames: ["users:accounts"],
  }),
  entityPair(
    "a table is renamed with its indexes, constraints and a column",
    table("users", { name: { ...text, unique: true }, age: int }, ({ typeorm: { Index } }) => [
      Index(["age"]),
    ]),
    table("accounts", { full_name: { ...text, unique: true }, age: int }, ({ typeorm: { Index } }) => [
      Index(["age"]),
    ]),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada')",
      kept: ["SELECT id, name FROM users", "SELECT id, full_name FROM accounts"],
      renames: ["users:accounts", "accounts.name:accounts.full_name"],
    },
  ),
  entityPair(
    "a table is renamed that others reference",
    related("users", "user_id"),
    related("accounts", "user_id"),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada'); INSERT INTO posts (user_id) VALUES (1)",
      kept: [
        "SELECT u.name FROM users u JOIN posts ON user_id = u.id",
        "SELECT u.name FROM accounts u JOIN posts ON user_id = u.id",
      ],
      renames: ["users:accounts"],
    },
  ),
  entityPair(
    "a foreign key's column is renamed",
    related("users", "user_id"),
    related("users", "author_id"),
    {
      rows: "INSERT INTO users (name) VALUES ('Ada'); INSERT INTO posts (user_id) VALUES (1)",
      kept: ["SELECT user_id FROM posts", "SELECT author_id FROM posts"],
      renames: ["posts.user_id:posts.author_id"],
    },
  ),
  entityPair(
    "an index is renamed",
    table("users", { name: text }, ({ typeorm: { Index } }) => [Index("ix_old", ["name"])]),
    table("users", { name: text }, ({ typeorm: { Index } }) => [Index("ix_new", ["name"])]),
  ),
  entityPair(
    "a unique constraint is renamed",
    table("users", { name: text }, ({ typeorm: { Unique } }) => [Unique("uq_old", ["name"])]),
    table("users", { name: text }, ({ typeorm: { Unique } }) => [Unique("uq_new", ["name"])]),
  ),
  entityPair(
    "a check constraint is renamed",
    table("users", { age: int }, ({ typeorm: { Check } }) => [Check("ck_old", "age > 0")]),
    table("users", { age: int }, ({ typeorm: { Check } }) => [Check("ck_new", "age > 0")]),
  ),
  entityPair(
    "a foreign key is renamed",
    related("users", "user_id", { name: "fk_old" }),
    related("users", "user_id", { name: "fk_new" }),
  ),
  entityPair(
    "a naming strategy is taken up",
    table("users", { fullName: text, age: int }, ({ typeorm: { Index } }) => [Index(["age"])]),
    table("users", { full_name: text, age: int }, ({ typeorm: { Index } }) => [
      Index("ix_users_age", ["age"]),
    ]),
    {
      rows: `INSERT INTO users ("fullName") VALUES ('Ada')`,
      kept: [`SELECT "fullName" FROM users`, "SELECT full_name FROM users"],
      renames: ["users.fullName:users.full_name"],
    },
  ),
];

interface KeyOptions {
  readonly name?: string;
  readonly onDelete?: "CASCADE" | "SET NULL" | "RESTRICT";
  readonly onUpdate?: "CASCADE";
  readonly deferrable?: "INITIALLY DEFERRED";
  readonly nullable?: boolean;
}

/** Users, and posts that reference them. */
function related(users: string, column: string, options: KeyOptions = {}): Entities {
  return ({ entity, typeorm: { Column, JoinColumn, ManyToOne, PrimaryGeneratedColumn } }) => {
    const { name, ...relation } = options;
    const User: Class = entity("User", users, {
      id: PrimaryGeneratedColumn(),
      name: Column("text", { nullable: true }),
    });
    return [
      User,
      entity("Post", "posts", {
        id: PrimaryGeneratedColumn(),
        user: [
          ManyToOne(() => User, relation),
          JoinColumn({ name: column, ...(name === undefined ? {} : { foreignKeyConstraintName: name }) }),
        ],
      }),
    ];
  };
}

function unrelated(users: string): Entities {
  return ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
    entity("User", users, { id: PrimaryGeneratedColumn(), name: Column("text", { nullable: true }) }),
    entity("Post", "posts", { id: PrimaryGeneratedColumn() }),
  ];
}

const postRows = {
  rows: "INSERT INTO users (name) VALUES ('Ada'); INSERT INTO posts (user_id) VALUES (1)",
  kept: ["SELECT user_id FROM posts", "SELECT user_id FROM posts"],
} as const;

const keyPairs: readonly EntityPair[] = [
  entityPair("a foreign key comes", unrelated("users"), related("users", "user_id"), {
    rows: "INSERT INTO posts DEFAULT VALUES",
    kept: ["SELECT id FROM posts", "SELECT id FROM posts"],
  }),
  entityPair("a foreign key goes", related("users", "user_id"), unrelated("users")),
  entityPair(
    "on delete is set",
    related("users", "user_id"),
    related("users", "user_id", { onDelete: "CASCADE" }),
    postRows,
  ),
  entityPair(
    "on delete is changed",
    related("users", "user_id", { onDelete: "CASCADE" }),
    related("users", "user_id", { onDelete: "SET NULL" }),
    postRows,
  ),
  entityPair(
    "on update is set",
    related("users", "user_id"),
    related("users", "user_id", { onUpdate: "CASCADE" }),
    postRows,
  ),
  entityPair(
    "a foreign key becomes deferrable",
    related("users", "user_id"),
    related("users", "user_id", { deferrable: "INITIALLY DEFERRED" }),
    postRows,
  ),
  entityPair(
    "a relation becomes required",
    related("users", "user_id"),
    related("users", "user_id", { nullable: false }),
    postRows,
  ),
  entityPair(
    "many-to-one becomes one-to-one",
    related("users", "user_id"),
    ({ entity, typeorm: { Column, JoinColumn, OneToOne, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        name: Column("text", { nullable: true }),
      });
      return [
        User,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          user: [OneToOne(() => User), JoinColumn({ name: "user_id" })],
        }),
      ];
    },
    postRows,
  ),
  entityPair("tables that reference each other come", unrelated("users"), (orm) => {
    const { entity, typeorm } = orm;
    const A: Class = entity("A", "a", {
      id: typeorm.PrimaryGeneratedColumn(),
      b: typeorm.ManyToOne(() => B),
    });
    const B: Class = entity("B", "b", {
      id: typeorm.PrimaryGeneratedColumn(),
      a: typeorm.ManyToOne(() => A),
    });
    return [...unrelated("users")(orm), A, B];
  }),
  entityPair(
    "tables that reference each other go",
    (orm) => {
      const { entity, typeorm } = orm;
      const A: Class = entity("A", "a", {
        id: typeorm.PrimaryGeneratedColumn(),
        b: typeorm.ManyToOne(() => B),
      });
      const B: Class = entity("B", "b", {
        id: typeorm.PrimaryGeneratedColumn(),
        a: typeorm.ManyToOne(() => A),
      });
      return [...unrelated("users")(orm), A, B];
    },
    unrelated("users"),
    { drops: ["a", "b"] },
  ),
  entityPair(
    "many-to-many comes",
    unrelated("users"),
    ({ entity, typeorm: { Column, JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        name: Column("text", { nullable: true }),
      });
      return [
        User,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          users: [ManyToMany(() => User), JoinTable()],
        }),
      ];
    },
  ),
  entityPair("a table comes", unrelated("users"), (orm) => [
    ...unrelated("users")(orm),
    ...table("things", { a: text })(orm),
  ]),
  entityPair(
    "a table goes",
    (orm) => [...unrelated("users")(orm), ...table("things", { a: text })(orm)],
    unrelated("users"),
    {
      rows: "INSERT INTO things (a) VALUES ('x')",
      kept: ["SELECT id FROM users", "SELECT id FROM users"],
      warning: /drops the table/,
      drops: ["things"],
    },
  ),
  entityPair(
    "a required column with a foreign key is added to a table without rows",
    unrelated("users"),
    related("users", "user_id", { nullable: false }),
  ),
];

function constraintPair(
  name: string,
  before: (orm: Orm) => readonly ClassDecorator[],
  after: (orm: Orm) => readonly ClassDecorator[],
  more: Partial<EntityPair> = {},
): EntityPair {
  const columns: Columns = {
    a: int,
    b: text,
    c: { type: "tstzrange", nullable: true },
    d: { type: "jsonb", nullable: true },
  };
  return entityPair(name, table("thing", columns, before), table("thing", columns, after), {
    rows: "INSERT INTO thing (a, b) VALUES (1, 'x'), (2, 'y')",
    kept: ["SELECT a, b FROM thing ORDER BY 1", "SELECT a, b FROM thing ORDER BY 1"],
    ...more,
  });
}

const none = (): readonly ClassDecorator[] => [];

const constraintPairs: readonly EntityPair[] = [
  constraintPair("an index comes", none, ({ typeorm: { Index } }) => [Index(["a"])]),
  constraintPair("an index goes", ({ typeorm: { Index } }) => [Index(["a"])], none),
  constraintPair(
    "an index gets a column",
    ({ typeorm: { Index } }) => [Index("ix", ["a"])],
    ({ typeorm: { Index } }) => [Index("ix", ["a", "b"])],
  ),
  constraintPair(
    "an index gets another order",
    ({ typeorm: { Index } }) => [Index("ix", ["a", "b"])],
    ({ typeorm: { Index } }) => [Index("ix", ["b", "a"])],
  ),
  constraintPair(
    "an index becomes unique",
    ({ typeorm: { Index } }) => [Index("ix", ["a"])],
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { unique: true })],
  ),
  constraintPair(
    "an index becomes partial",
    ({ typeorm: { Index } }) => [Index("ix", ["a"])],
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { where: "b IS NOT NULL" })],
  ),
  constraintPair(
    "the predicate of an index changes",
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { where: "a > 1" })],
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { where: "a > 2" })],
  ),
  constraintPair(
    "the predicate of an index is written in another way",
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { where: "a > 1" })],
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { where: "(a>1)" })],
    { operations: [] },
  ),
  constraintPair(
    "an index gets another method",
    ({ typeorm: { Index } }) => [Index("ix", ["d"])],
    ({ typeorm: { Index } }) => [Index("ix", ["d"], { type: "gin" } as never)],
    { only: "1.x" },
  ),
  constraintPair(
    "a concurrent index comes",
    none,
    ({ typeorm: { Index } }) => [Index("ix", ["a"], { concurrent: true })],
    {
      options: () => ({ migrationsTransactionMode: "none" }),
    },
  ),
  constraintPair("a unique constraint comes", none, ({ typeorm: { Unique } }) => [Unique(["a", "b"])]),
  constraintPair("a unique constraint goes", ({ typeorm: { Unique } }) => [Unique(["a", "b"])], none),
  constraintPair(
    "a unique constraint gets other columns under its name",
    ({ typeorm: { Unique } }) => [Unique("uq", ["a", "b"])],
    ({ typeorm: { Unique } }) => [Unique("uq", ["a"])],
  ),
  constraintPair(
    "a unique constraint becomes deferrable",
    ({ typeorm: { Unique } }) => [Unique("uq", ["a"])],
    ({ typeorm: { Unique } }) => [Unique("uq", ["a"], { deferrable: "INITIALLY DEFERRED" })],
  ),
  constraintPair(
    "a unique constraint becomes a unique index",
    ({ typeorm: { Unique } }) => [Unique("uq", ["a"])],
    ({ typeorm: { Index } }) => [Index("uq", ["a"], { unique: true })],
  ),
  constraintPair("a check comes", none, ({ typeorm: { Check } }) => [Check("ck", "a > 0")]),
  constraintPair("a check goes", ({ typeorm: { Check } }) => [Check("ck", "a > 0")], none),
  constraintPair(
    "a check changes under its name",
    ({ typeorm: { Check } }) => [Check("ck", "a > 0")],
    ({ typeorm: { Check } }) => [Check("ck", "a > -1")],
  ),
  constraintPair(
    "a check is written in another way",
    ({ typeorm: { Check } }) => [Check("ck", "a > 0")],
    ({ typeorm: { Check } }) => [Check("ck", `"a">0`)],
    { operations: [] },
  ),
  constraintPair("an exclusion comes", none, ({ typeorm: { Exclusion } }) => [
    Exclusion("ex", `USING gist ("c" WITH &&)`),
  ]),
  constraintPair(
    "an exclusion goes",
    ({ typeorm: { Exclusion } }) => [Exclusion("ex", `USING gist ("c" WITH &&)`)],
    none,
    {
      // The extension that it needed stays: nobody knows who else uses it.
      isBeyondSynchronize: true,
    },
  ),
  constraintPair(
    "an exclusion changes under its name",
    ({ typeorm: { Exclusion } }) => [Exclusion("ex", `USING gist ("c" WITH &&)`)],
    ({ typeorm: { Exclusion } }) => [Exclusion("ex", `USING gist ("a" WITH =, "c" WITH &&)`)],
  ),
  entityPair(
    "a table's comment is set",
    table("thing", { a: int }),
    table("thing", { a: int }, none, { comment: "things" }),
  ),
  entityPair(
    "a table's comment is dropped",
    table("thing", { a: int }, none, { comment: "things" }),
    table("thing", { a: int }),
  ),
];

/** Posts and a view of them. */
function viewed(
  expression: string | undefined,
  columns: Columns = { title: { type: "varchar", length: 50 }, n: int },
  more: object = {},
): Entities {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } = orm.typeorm;
    const posts = orm.entity("Post", "posts", {
      id: PrimaryGeneratedColumn(),
      ...Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, Column(of)])),
    });
    return expression === undefined
      ? [posts]
      : [
          posts,
          orm.entity("PostView", ViewEntity({ name: "post_view", expression, ...more }), {
            id: ViewColumn(),
          }),
        ];
  };
}

const viewPairs: readonly EntityPair[] = [
  entityPair("a view comes", viewed(undefined), viewed("SELECT id, title FROM posts")),
  entityPair("a view goes", viewed("SELECT id, title FROM posts"), viewed(undefined), {
    drops: ["view post_view"],
  }),
  entityPair(
    "a view changes",
    viewed("SELECT id, title FROM posts"),
    viewed("SELECT id, title FROM posts WHERE n > 3"),
  ),
  entityPair(
    "a view gets fewer columns",
    viewed("SELECT id, title, n FROM posts"),
    viewed("SELECT id FROM posts"),
  ),
  entityPair(
    "a view is written in another way",
    viewed("SELECT id, title FROM posts"),
    viewed("SELECT  posts.id, posts.title  FROM posts"),
    { operations: [] },
  ),
  entityPair(
    "a column under a view changes its type",
    viewed("SELECT id, title FROM posts"),
    viewed("SELECT id, title FROM posts", { title: { type: "text" }, n: int }),
    {
      rows: "INSERT INTO posts (title) VALUES ('x')",
      kept: ["SELECT title FROM post_view", "SELECT title FROM post_view"],
    },
  ),
  entityPair(
    "a column under a view goes, and the view does without",
    viewed("SELECT id, title, n FROM posts"),
    viewed("SELECT id, title FROM posts", { title: { type: "varchar", length: 50 } }),
  ),
  entityPair(
    "a view becomes materialised",
    viewed("SELECT id, title FROM posts"),
    viewed("SELECT id, title FROM posts", undefined, { materialized: true }),
  ),
  entityPair(
    "a materialised view changes",
    viewed("SELECT id, title FROM posts", undefined, { materialized: true }),
    viewed("SELECT id, n FROM posts", undefined, { materialized: true }),
  ),
  entityPair(
    "a column under a materialised view changes its type",
    viewed("SELECT id, title FROM posts", undefined, { materialized: true }),
    viewed("SELECT id, title FROM posts", { title: { type: "text" }, n: int }, { materialized: true }),
  ),
];

const schemaPairs: readonly EntityPair[] = [
  entityPair(
    "a table in a new schema comes",
    table("thing", { a: int }),
    (orm) => [
      ...table("thing", { a: int })(orm),
      orm.entity("Audit", { name: "entries", schema: "audit" }, { id: orm.typeorm.PrimaryGeneratedColumn() }),
    ],
    { synchronizeSetup: "CREATE SCHEMA audit" },
  ),
  entityPair(
    "a uuid column comes",
    table("thing", { a: int }),
    (orm) => [
      orm.entity("Thing", "thing", {
        id: orm.typeorm.PrimaryGeneratedColumn(),
        a: orm.typeorm.Column(int),
        u: [orm.typeorm.Generated("uuid"), orm.typeorm.Column("uuid")],
      }),
    ],
    { rows: "INSERT INTO thing (a) VALUES (1)", kept: ["SELECT a FROM thing", "SELECT a FROM thing"] },
  ),
  entityPair(
    "a citext column comes",
    table("thing", { a: int }),
    table("thing", { a: int, b: { type: "citext", nullable: true } }),
  ),
];

const left = (name: string, byHand: string, more: Partial<EntityPair> = {}): EntityPair =>
  entityPair(name, table("thing", { a: int, b: text }), table("thing", { a: int, b: text }), {
    byHand,
    operations: [],
    ...more,
  });

/** Made by hand in the database: nothing is dropped, nothing is generated. */
const handPairs: readonly EntityPair[] = [
  left("an index by hand", "CREATE INDEX t_b ON thing (b)"),
  left(
    "a trigram index by hand",
    "CREATE EXTENSION pg_trgm; CREATE INDEX t_b_trgm ON thing USING gin (b gin_trgm_ops)",
  ),
  left("an expression index by hand", "CREATE INDEX t_lower ON thing (lower(b))"),
  left(
    "a covering, ordered, partial index by hand",
    "CREATE INDEX t_mixed ON thing (a DESC NULLS LAST, lower(b)) INCLUDE (id) WHERE a > 3",
  ),
  left(
    "a NULLS NOT DISTINCT constraint by hand",
    "ALTER TABLE thing ADD CONSTRAINT t_nnd UNIQUE NULLS NOT DISTINCT (b)",
  ),
  left("a table by hand", "CREATE TABLE by_hand (id int PRIMARY KEY)"),
  left("a column by hand", "ALTER TABLE thing ADD by_hand int"),
  left(
    "a trigger and a function by hand",
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER t BEFORE UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION touch()",
  ),
  left(
    "row level security by hand",
    "ALTER TABLE thing ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON thing USING (a > 0)",
  ),
  left(
    "a sequence, a domain and a view by hand",
    "CREATE SEQUENCE s; CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE VIEW v AS SELECT a FROM thing",
  ),
  left("comments by hand", "COMMENT ON TABLE thing IS 'dba'; COMMENT ON COLUMN thing.a IS 'dba'"),
  left(
    "storage options by hand",
    "ALTER TABLE thing SET (fillfactor = 70); ALTER TABLE thing REPLICA IDENTITY FULL",
  ),
  left("statistics by hand", "CREATE STATISTICS st ON a, b FROM thing"),
  left(
    "a constraint that is not validated, by hand",
    "ALTER TABLE thing ADD CONSTRAINT ck CHECK (a > 0) NOT VALID",
  ),
];

const withPosts =
  (hasPosts: boolean): Entities =>
  ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
    entity("User", "users", { id: PrimaryGeneratedColumn() }),
    ...(hasPosts
      ? [
          entity("Post", "posts", {
            id: PrimaryGeneratedColumn(),
            user_id: Column("int"),
            size: Column("int"),
          }),
        ]
      : []),
  ];

/** What stands in the way of a change, is made again after it, and is of no revision's making. */
const strangerPairs: readonly EntityPair[] = [
  entityPair(
    "a column changes its type under a view by hand",
    table("thing", { a: { type: "varchar" } }),
    table("thing", { a: { type: "varchar", length: 100 } }),
    {
      byHand: "CREATE VIEW seen AS SELECT a FROM thing",
      isBeyondSynchronize: true,
      rows: "INSERT INTO thing (a) VALUES ('x')",
      kept: ["SELECT a FROM seen", "SELECT a FROM seen"],
      warning:
        /no revision creates the view seen: this fails in a database that lacks it, so create it in an earlier revision/,
    },
  ),
  entityPair(
    "an enum loses a value under a check and an index by hand",
    table("thing", { a: { type: "enum", enum: ["x", "y", "z"] } }),
    table("thing", { a: { type: "enum", enum: ["x", "y"] } }),
    {
      byHand: `ALTER TABLE thing ADD CONSTRAINT ck_seen CHECK (a <> 'y');
        CREATE INDEX ix_seen ON thing (id) WHERE a = 'x'`,
      isBeyondSynchronize: true,
      rows: "INSERT INTO thing (a) VALUES ('x')",
      kept: ["SELECT a::text FROM thing", "SELECT a::text FROM thing"],
      warning:
        /no revision creates the index thing\.ix_seen: this fails [^]* no revision creates the constraint thing\.ck_seen: this fails/,
    },
  ),
];

const unvalidatedPairs: readonly EntityPair[] = [
  entityPair(
    "a table whose constraints are not validated goes and comes back",
    withPosts(true),
    withPosts(false),
    {
      drops: ["posts"],
      byHand: `ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users NOT VALID;
        ALTER TABLE posts ADD CONSTRAINT ck CHECK (size > 0) NOT VALID;
        ALTER TABLE posts ADD CONSTRAINT ck_valid CHECK (size > 1)`,
    },
  ),
];

/** Tables whose names begin with a schema. TypeORM takes them for missing when it looks for where its foreign keys go. */
const pathPairs: readonly EntityPair[] = [
  entityPair(
    "tables whose names begin with a schema get foreign keys of their own and a join table",
    ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity("Entry", "audit.entries", {
        id: PrimaryGeneratedColumn(),
        kind: Column({ type: "enum", enum: ["in", "out"], default: "in" }),
      }),
      entity("Tag", "tags", { id: PrimaryGeneratedColumn() }),
    ],
    ({ entity, typeorm: { Column, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn } }) => {
      const Tag: new () => object = entity("Tag", "tags", { id: PrimaryGeneratedColumn() });
      const Entry: new () => object = entity("Entry", "audit.entries", {
        id: PrimaryGeneratedColumn(),
        kind: Column({ type: "enum", enum: ["in", "out", "on"], default: "on" }),
        before: ManyToOne(() => Entry),
        tags: [ManyToMany(() => Tag), JoinTable({ name: "audit.tagged" })],
      });
      return [Tag, Entry];
    },
    {
      isBeyondSynchronize: true,
      rows: "INSERT INTO audit.entries DEFAULT VALUES; INSERT INTO tags DEFAULT VALUES",
      kept: ["SELECT id, kind::text FROM audit.entries", "SELECT id, kind::text FROM audit.entries"],
      operations: [
        "add enum value 'on' of entries_kind_enum",
        "create table audit.tagged",
        "create index IDX_42a25d817739b4b748b23cebda on audit.tagged",
        "create index IDX_54c2126626d2357e18291e5c3d on audit.tagged",
        "alter column audit.entries.kind (default)",
        "add column audit.entries.beforeId",
        "create foreign key FK_42a25d817739b4b748b23cebda9 on audit.tagged",
        "create foreign key FK_abc601bd5c5ec382e00aadf5afc on audit.entries",
      ],
    },
  ),
];

/** Names, keys, constraints, indexes, views, schemas, and what was made by hand. */
export const structurePairs: readonly EntityPair[] = [
  ...renamePairs,
  ...keyPairs,
  ...constraintPairs,
  ...viewPairs,
  ...schemaPairs,
  ...pathPairs,
  ...handPairs,
  ...strangerPairs,
  ...unvalidatedPairs,
];
