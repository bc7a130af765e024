import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

/** An embedded class in another one, with a relation and an index of its own. */
function embedded({ entity, typeorm }: Orm): readonly Class[] {
  const { Column, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Unique } = typeorm;
  const plain = (
    name: string,
    properties: Readonly<Record<string, PropertyDecorator | readonly PropertyDecorator[]>>,
  ): Class => {
    const made = { [name]: class {} }[name] as Class;
    for (const [property, decorators] of Object.entries(properties)) {
      for (const decorator of [decorators].flat()) {
        decorator(made.prototype as object, property);
      }
    }
    return made;
  };
  const Country: Class = entity("Country", "countries", { code: PrimaryColumn("char", { length: 2 }) });
  const Place = plain("Place", { latitude: Column("real"), longitude: [Column("real"), Index()] });
  const Address = plain("Address", {
    street: Column("text", { default: "-" }),
    zip: Column("varchar", { length: 10, name: "postal_code", unique: true }),
    place: Column(() => Place),
    country: [ManyToOne(() => Country), JoinColumn({ name: "country_code" })],
  });
  const Key = plain("Key", { tenant: PrimaryColumn("int"), number: PrimaryColumn("int") });
  return [
    Country,
    entity(
      "Customer",
      "customers",
      {
        id: PrimaryGeneratedColumn(),
        home: Column(() => Address),
        work: Column(() => Address, { prefix: "office" }),
        other: Column(() => Place, { prefix: false }),
      },
      Unique(["home.street", "work.street"]),
    ),
    entity("Invoice", "invoices", { key: Column(() => Key), total: Column("numeric") }),
  ];
}

/** Children of children, with relations and constraints of their own. */
function inheritance({ entity, childOf, typeorm }: Orm): readonly Class[] {
  const { ChildEntity, Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn, TableInheritance } =
    typeorm;
  const Account: Class = entity("Account", "accounts", { id: PrimaryGeneratedColumn("uuid") });
  const Content: Class = entity(
    "Content",
    Entity("content"),
    {
      id: PrimaryGeneratedColumn(),
      title: Column("varchar", { length: 120 }),
      owner: ManyToOne(() => Account),
    },
    TableInheritance({
      column: { type: "enum", enum: ["photo", "post", "question"], name: "kind", default: "post" } as never,
    }),
  );
  const Post: Class = childOf(Content, "Post", ChildEntity("post"), {
    views: Column("int", { default: 0 }),
    reviewer: ManyToOne(() => Account, { onDelete: "SET NULL" }),
  });
  const classes: { answer?: Class } = {};
  const Question: Class = childOf(Post, "Question", ChildEntity("question"), {
    solved: Column("boolean", { default: false }),
    answers: OneToMany(() => classes.answer ?? Object, "question"),
  });
  classes.answer = entity("Answer", "answers", {
    id: PrimaryGeneratedColumn(),
    question: ManyToOne(() => Question, "answers", { onDelete: "CASCADE" }),
  });
  return [
    Account,
    Content,
    childOf(Content, "Photo", ChildEntity("photo"), {
      size: Column("point", { nullable: true }),
      url: Column({ type: "text", unique: true }),
    }),
    Post,
    Question,
    classes.answer,
  ];
}

/** Tenants in every key, and columns that two foreign keys share. */
function tenants({ entity, typeorm }: Orm): readonly Class[] {
  const { Column, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, PrimaryColumn } = typeorm;
  const Tenant: Class = entity("Tenant", "tenants", {
    id: PrimaryColumn("uuid"),
    slug: Column("citext", { unique: true }),
  });
  const Member: Class = entity(
    "Member",
    "members",
    {
      tenantId: PrimaryColumn("uuid", { name: "tenant_id" }),
      number: PrimaryColumn("int"),
      tenant: [ManyToOne(() => Tenant, { onDelete: "CASCADE" }), JoinColumn({ name: "tenant_id" })],
      email: Column("citext"),
      deletedAt: Column("timestamptz", { name: "deleted_at", nullable: true }),
    },
    Index("uq_members_email", ["tenantId", "email"], { unique: true, where: '"deleted_at" IS NULL' }),
  );
  const references = (column: string): readonly PropertyDecorator[] => [
    ManyToOne(() => Member),
    JoinColumn([
      { name: "tenant_id", referencedColumnName: "tenantId" },
      { name: column, referencedColumnName: "number" },
    ]),
  ];
  const Task: Class = entity("Task", "tasks", {
    tenantId: PrimaryColumn("uuid", { name: "tenant_id" }),
    id: PrimaryColumn("bigint"),
    author: references("author_number"),
    assignee: references("assignee_number"),
    watchers: [ManyToMany(() => Member), JoinTable({ name: "task_watchers" })],
  });
  return [Tenant, Member, Task];
}

/** Junction tables with names, schemas and constraints of all kinds. */
function junctions({ entity, typeorm }: Orm): readonly Class[] {
  const { JoinTable, ManyToMany, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Column, OneToMany } =
    typeorm;
  const Tag: Class = entity(
    "Tag",
    { name: "tags", schema: "meta" },
    { id: PrimaryGeneratedColumn(), name: PrimaryColumn("text") },
  );
  const classes: { item?: Class; entry?: Class } = {};
  const item = (): Class => classes.item ?? Object;
  classes.item = entity("Item", "items", {
    id: PrimaryGeneratedColumn("uuid"),
    tags: [
      ManyToMany(() => Tag, { onDelete: "NO ACTION" }),
      JoinTable({
        name: "item_tags",
        schema: "meta",
        joinColumn: {
          name: "item",
          foreignKeyConstraintName: "fk_item_tags_item",
          primaryKeyConstraintName: "pk_item_tags",
        } as never,
        inverseJoinColumns: [
          { name: "tag_id", referencedColumnName: "id" },
          { name: "tag_name", referencedColumnName: "name" },
        ],
      } as never),
    ],
    related: [
      ManyToMany(item),
      JoinTable({
        name: "related_items",
        joinColumn: { name: "left_id" },
        inverseJoinColumn: { name: "right_id" },
      }),
    ],
    hidden: [ManyToMany(() => Tag), JoinTable({ name: "hidden_tags", synchronize: false })],
    entries: OneToMany(() => classes.entry ?? Object, "item"),
  });
  // A junction that is an entity itself.
  classes.entry = entity("ItemEntry", "item_entries", {
    itemId: PrimaryColumn("uuid"),
    tagId: PrimaryColumn("int"),
    item: ManyToOne(item, "entries", { onDelete: "CASCADE" }),
    position: Column("int", { default: 0 }),
  });
  return [Tag, classes.item, classes.entry];
}

/** Trees of every kind, with keys and names of their own. */
function trees({ entity, typeorm }: Orm): readonly Class[] {
  const { Column, PrimaryGeneratedColumn, Tree, TreeChildren, TreeLevelColumn, TreeParent } = typeorm;
  const tree = (
    name: string,
    table: string,
    decorator: ClassDecorator,
    more: Readonly<Record<string, PropertyDecorator>> = {},
  ): Class => {
    const made: { tree?: Class } = {};
    const properties = {
      id: PrimaryGeneratedColumn("uuid"),
      name: Column("text"),
      children: TreeChildren({ cascade: true }),
      parent: TreeParent({ onDelete: "CASCADE" }),
      ...more,
    };
    const plain = { [name]: class {} }[name] as Class;
    Reflect.defineMetadata("design:type", plain, plain.prototype as object, "parent");
    for (const [property, decorate] of Object.entries(properties)) {
      decorate(plain.prototype as object, property);
    }
    [decorator, typeorm.Entity(table)].forEach((each) => void each(plain));
    made.tree = plain;
    return made.tree;
  };
  void entity;
  return [
    tree(
      "Folder",
      "folders",
      Tree("closure-table", {
        closureTableName: "folder_paths",
        ancestorColumnName: (column) => `ancestor_${column.propertyName}`,
        descendantColumnName: (column) => `descendant_${column.propertyName}`,
      }),
    ),
    tree("Region", "regions", Tree("materialized-path")),
    tree("Unit", "units", Tree("nested-set")),
    tree("Level", "levels", Tree("closure-table"), { level: TreeLevelColumn() }),
  ];
}

/** A relation in both directions, lazy ones, ids of relations. */
function relations({ entity, typeorm }: Orm): readonly Class[] {
  const {
    Column,
    JoinColumn,
    ManyToOne,
    OneToMany,
    OneToOne,
    PrimaryColumn,
    PrimaryGeneratedColumn,
    RelationId,
  } = typeorm;
  const classes: { profile?: Class; user?: Class } = {};
  classes.user = entity("User", "users", {
    id: PrimaryGeneratedColumn({ type: "bigint" }),
    handle: Column("text", { unique: true }),
    profile: OneToOne(() => classes.profile ?? Object, "user", { lazy: true }),
    manager: ManyToOne(() => classes.user ?? Object, "reports", {
      nullable: true,
      onDelete: "SET NULL",
      lazy: true,
    }),
    reports: OneToMany(() => classes.user ?? Object, "manager"),
    managerId: RelationId("manager"),
  });
  const User = classes.user;
  classes.profile = entity("Profile", "profiles", {
    user: [OneToOne(() => User, "profile", { primary: true } as never), JoinColumn({ name: "user_id" })],
    userId: PrimaryColumn("bigint", { name: "user_id" }),
    invitedBy: [
      ManyToOne(() => User, { deferrable: "INITIALLY DEFERRED" }),
      JoinColumn({ name: "invited_by", referencedColumnName: "handle" }),
    ],
  });
  return [User, classes.profile];
}

/** Indexes and constraints in all their spellings. */
function constraints({ entity, typeorm, version }: Orm): readonly Class[] {
  const { Check, Column, Exclusion, Index, PrimaryGeneratedColumn, Unique } = typeorm;
  const more =
    version === "1.x"
      ? [
          Index("ix_brin", ["at"], { type: "brin" } as never),
          Index("ix_hash", ["code"], { type: "hash" } as never),
          Index("ix_gin", ["tags"], { type: "gin", where: "amount > 0" } as never),
        ]
      : [];
  return [
    entity(
      "Thing",
      "things",
      {
        id: PrimaryGeneratedColumn(),
        code: [Column("text", { unique: true }), Index({ unique: true })],
        at: [Column("timestamptz"), Index("ix_at")],
        amount: [Column("numeric"), Check("amount > 0")],
        tags: Column("text", { array: true, default: [] }),
        period: Column("tstzrange", { nullable: true }),
        place: [Column("point", { nullable: true }), Index({ spatial: true })],
      },
      Index(["code", "at"]),
      Index("ix_by_function", (thing: { at: unknown; amount: unknown }) => [thing.at, thing.amount], {
        unique: true,
      }),
      Index("ix_descending", (() => ({ amount: -1, at: 1 })) as never),
      Index(["amount"], { where: `"code" LIKE 'a%' AND amount IN (1, 2)` }),
      Unique(["amount", "at"]),
      Unique("uq_named", ["code", "amount"]),
      Check(`"code" ~ '^[a-z]+$'`),
      Check("ck_case", `CASE WHEN amount > 10 THEN code <> '' ELSE true END`),
      Check("ck_null", "period IS NULL OR NOT isempty(period)"),
      Exclusion(`USING gist ("period" WITH &&) WHERE (amount > 5)`),
      ...more,
    ),
  ];
}

/** Views with options, on each other and on an enum. */
function views({ entity, typeorm }: Orm): readonly Class[] {
  const { Column, Index, PrimaryGeneratedColumn, ViewColumn, ViewEntity } = typeorm;
  const Sale = entity("Sale", "sales", {
    id: PrimaryGeneratedColumn(),
    state: Column({ type: "enum", enum: ["open", "it's done"], enumName: "sale_state", default: "open" }),
    amount: Column("numeric", { precision: 12, scale: 2 }),
    at: Column("timestamptz", { default: () => "now()" }),
  });
  const Daily = entity(
    "DailySales",
    ViewEntity({
      name: "daily_sales",
      materialized: true,
      expression: `
        SELECT date_trunc('day', s.at) AS day, -- of the server
               s.state,
               sum(s.amount) AS total
          FROM sales s
         WHERE s.state <> 'it''s done' AND s.amount % 2 = 0
         GROUP BY 1, 2
      `,
    }),
    { day: [ViewColumn(), Index()], state: ViewColumn(), sum: ViewColumn({ name: "total" }) },
  );
  return [
    Sale,
    Daily,
    entity(
      "Best",
      ViewEntity({
        name: "best_days",
        dependsOn: [Daily],
        expression: `WITH ranked AS (SELECT d.*, rank() OVER (ORDER BY total DESC) AS place FROM daily_sales d)
SELECT day, total FROM ranked WHERE place <= 10
UNION ALL
SELECT NULL, 0 WHERE NOT EXISTS (SELECT FROM ranked);`,
      }),
      { day: ViewColumn(), total: ViewColumn() },
    ),
    entity(
      "Json",
      ViewEntity({
        expression: `SELECT id, json_build_object('a', $$it's $$ || state::text, 'b', E'tab\\t') AS data FROM sales`,
      }),
      { id: ViewColumn(), data: ViewColumn() },
    ),
  ];
}

/** Everything an entity schema can say. */
function schemas({ typeorm: { EntitySchema } }: Orm): readonly unknown[] {
  return [
    new EntitySchema<object>({
      name: "Category",
      tableName: "categories",
      trees: [{ type: "closure-table" }],
      columns: {
        id: { type: "int", primary: true, generated: true },
        name: { type: "text", unique: true },
      },
      relations: {
        parentCategory: { type: "many-to-one", target: "Category", treeParent: true },
        childCategories: { type: "one-to-many", target: "Category", treeChildren: true },
      },
    }),
    new EntitySchema<object>({
      name: "Post",
      tableName: "posts",
      schema: "public",
      columns: {
        id: { type: "uuid", primary: true, generated: "uuid" },
        title: { type: String, length: 100 },
        version: { type: Number, version: true },
        createdAt: { type: "timestamptz", createDate: true, name: "created_at" },
        updatedAt: { type: "timestamptz", updateDate: true, name: "updated_at" },
        deletedAt: { type: "timestamptz", deleteDate: true, name: "deleted_at" },
        state: { type: "enum", enum: ["a", "b"], enumName: "post_state", default: "a" },
        price: { type: "numeric", precision: 10, scale: 2, nullable: true, comment: "in euros" },
        during: { type: "int4range", nullable: true },
      },
      relations: {
        categories: { type: "many-to-many", target: "Category", joinTable: { name: "post_categories" } },
        main: {
          type: "many-to-one",
          target: "Category",
          joinColumn: { name: "main_category" },
          onDelete: "SET NULL",
        },
        twin: { type: "one-to-one", target: "Post", joinColumn: true, nullable: true },
      },
      indices: [
        { columns: ["title", "state"] },
        { name: "ix_open", columns: ["createdAt"], where: "state = 'a'" },
        { name: "uq_title", columns: ["title"], unique: true },
      ],
      uniques: [{ name: "uq_price", columns: ["price", "title"], deferrable: "INITIALLY IMMEDIATE" }],
      checks: [{ expression: "price > 0" }, { name: "ck_title", expression: "title <> ''" }],
      exclusions: [{ name: "ex_during", expression: "USING gist (during WITH &&)" }],
    }),
  ];
}

/** An application as a NestJS starter has it: prefixed tables, roles, sessions, files, translations. */
function starter({ entity, typeorm }: Orm): readonly Class[] {
  const { Column, CreateDateColumn, DeleteDateColumn, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne } =
    typeorm;
  const { OneToOne, PrimaryColumn, PrimaryGeneratedColumn, UpdateDateColumn, Unique } = typeorm;
  const dates = {
    createdAt: CreateDateColumn(),
    updatedAt: UpdateDateColumn(),
    deletedAt: DeleteDateColumn(),
  };
  const Role: Class = entity(
    "RoleEntity",
    { name: "role" },
    {
      id: PrimaryColumn("int"),
      name: Column({ type: String, nullable: true }),
    },
  );
  const Status: Class = entity(
    "StatusEntity",
    { name: "status" },
    { id: PrimaryColumn({ type: "int" }), name: Column({ type: String }) },
  );
  const File: Class = entity(
    "FileEntity",
    { name: "file" },
    { id: PrimaryGeneratedColumn("uuid"), path: Column({ type: String }) },
  );
  const User: Class = entity(
    "UserEntity",
    { name: "user" },
    {
      id: PrimaryGeneratedColumn(),
      email: Column({ type: String, unique: true, nullable: true }),
      password: Column({ type: String, nullable: true, select: false }),
      provider: Column({ type: String, default: "email" }),
      socialId: [Index(), Column({ type: String, nullable: true })],
      firstName: [Index(), Column({ type: String, nullable: true })],
      photo: [OneToOne(() => File, { eager: true }), JoinColumn()],
      role: ManyToOne(() => Role, { eager: true }),
      status: ManyToOne(() => Status, { eager: true }),
      ...dates,
    },
  );
  const Session: Class = entity(
    "SessionEntity",
    { name: "session" },
    {
      id: PrimaryGeneratedColumn(),
      user: [ManyToOne(() => User, { eager: true }), Index()],
      hash: Column({ type: String }),
      ...dates,
    },
  );
  const Article: Class = entity(
    "Article",
    {},
    {
      id: PrimaryGeneratedColumn("uuid"),
      slug: Column({ type: String }),
      favoritedBy: [ManyToMany(() => User), JoinTable({ name: "favorites" })],
      author: ManyToOne(() => User, { onDelete: "CASCADE" }),
      stats: Column("simple-json", { nullable: true }),
      tagList: Column("simple-array", { default: "" }),
    },
    Unique(["slug"]),
  );
  const Translation: Class = entity(
    "ArticleTranslation",
    {},
    {
      articleId: PrimaryColumn("uuid"),
      locale: PrimaryColumn({ type: "varchar", length: 5 }),
      article: ManyToOne(() => Article, { onDelete: "CASCADE" }),
      title: Column({ type: String }),
      body: Column("text"),
    },
  );
  return [Role, Status, File, User, Session, Article, Translation];
}

/** An application as a workflow tool has it: keys of 36 characters, events by month, scores. */
function workflows({ entity, typeorm }: Orm): readonly Class[] {
  const { Check, Column, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } = typeorm;
  const Workflow: Class = entity(
    "WorkflowEntity",
    { name: "workflow" },
    {
      id: PrimaryColumn("varchar", { length: 36 }),
      name: [Index({ unique: true }), Column("varchar", { length: 128 })],
      active: Column("boolean"),
      nodes: Column("jsonb", { default: () => "'[]'::jsonb" }),
      staticData: Column("json", { nullable: true }),
      versionId: Column("char", { length: 36 }),
      triggerCount: Column("integer", { default: 0 }),
      createdAt: Column({ type: "timestamptz", precision: 3, default: () => "CURRENT_TIMESTAMP(3)" }),
    },
  );
  const Execution: Class = entity(
    "ExecutionEntity",
    { name: "execution" },
    {
      id: PrimaryGeneratedColumn("identity", { type: "bigint" } as never),
      finished: Column("boolean", { default: false }),
      mode: Column("varchar", { length: 16 }),
      retryOf: Column("bigint", { nullable: true }),
      status: Column({
        type: "enum",
        enum: ["new", "running", "success", "error", "waiting"],
        default: "new",
      }),
      startedAt: Column("timestamp with time zone", { precision: 3, nullable: true }),
      waitTill: Column("timestamp with time zone", { precision: 3, nullable: true }),
      workflow: [ManyToOne(() => Workflow, { onDelete: "CASCADE" }), JoinColumn({ name: "workflowId" })],
      workflowId: Column("varchar", { length: 36 }),
    },
    Index(["workflowId", "id"]),
    Index(["waitTill", "id"]),
    Index("ix_execution_waiting", ["waitTill"], { where: `"status" = 'waiting'` }),
  );
  const Event: Class = entity(
    "Event",
    { name: "event" },
    {
      stream: PrimaryColumn("uuid"),
      position: PrimaryColumn("bigint"),
      kind: Column("text"),
      payload: Column("jsonb"),
      metadata: Column("jsonb", { default: {} }),
      at: Column("timestamptz", { default: () => "clock_timestamp()" }),
    },
    Check("ck_event_position", "position >= 0"),
    Index(["kind", "at"]),
  );
  return [Workflow, Execution, Event];
}

/** Further structures, most of them as TypeORM's own functional tests and as applications have them. */
export const moreStructureSets: readonly EntitySet[] = [
  entitySet("embedded columns in embedded columns", embedded, { onEmbedded: true }),
  entitySet("inheritance over three levels", inheritance),
  entitySet("tenants in every key", tenants, { onEmbedded: true }),
  entitySet("junction tables of all kinds", junctions, { synchronizeSetup: "CREATE SCHEMA meta" }),
  entitySet("trees of all kinds", trees),
  entitySet("relations in both directions", relations),
  entitySet("indexes and constraints in all spellings", constraints),
  entitySet("views with comments, texts and unions", views, { onEmbedded: true }),
  entitySet("entity schemas with everything", schemas),
  entitySet("a starter application", starter, { onEmbedded: true }),
  entitySet("a starter application with a prefix in a schema", starter, {
    options: () => ({ entityPrefix: "app_", schema: "main" }),
    synchronizeSetup: "CREATE SCHEMA main",
  }),
  entitySet("a workflow application", workflows),
];
