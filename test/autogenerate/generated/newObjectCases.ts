import type { Orm } from "../support/typeorm";
import { table, type RevisionCase } from "./revisionCase";

type Class = new () => object;

function blog({ entity, typeorm }: Orm): readonly unknown[] {
  const { Column, CreateDateColumn, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne } = typeorm;
  const { PrimaryGeneratedColumn } = typeorm;
  const User: Class = entity("User", "users", {
    id: PrimaryGeneratedColumn("uuid"),
    email: Column("varchar", { length: 255, unique: true }),
    is_active: Column("boolean", { default: true }),
    created_at: CreateDateColumn({ type: "timestamptz" }),
  });
  const Tag: Class = entity("Tag", "tags", {
    id: PrimaryGeneratedColumn(),
    name: Column("text", { unique: true }),
  });
  const Post: Class = entity("Post", "posts", {
    id: PrimaryGeneratedColumn("increment", { type: "bigint" }),
    title: [Column("varchar", { length: 200 }), Index()],
    body: Column("text", { nullable: true }),
    author: [
      ManyToOne(() => User, { nullable: false, onDelete: "CASCADE" }),
      JoinColumn({ name: "author_id" }),
    ],
    tags: [
      ManyToMany(() => Tag),
      JoinTable({
        name: "post_tags",
        joinColumn: { name: "post_id" },
        inverseJoinColumn: { name: "tag_id" },
      }),
    ],
  });
  return [User, Tag, Post];
}

/** Two tables that refer to each other. */
function company({ entity, typeorm }: Orm): readonly unknown[] {
  const { Column, JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn } = typeorm;
  const classes: { department?: Class } = {};
  const Employee: Class = entity("Employee", "employees", {
    id: PrimaryGeneratedColumn(),
    name: Column("text"),
    department: [
      ManyToOne(() => classes.department ?? Object, { nullable: false }),
      JoinColumn({ name: "department_id", foreignKeyConstraintName: "fk_employees_department" }),
    ],
  });
  const Department: Class = entity("Department", "departments", {
    id: PrimaryGeneratedColumn(),
    name: Column("text"),
    head: [
      OneToOne(() => Employee, { deferrable: "INITIALLY DEFERRED" }),
      JoinColumn({ name: "head_id", foreignKeyConstraintName: "fk_departments_head" }),
    ],
  });
  classes.department = Department;
  return [Employee, Department];
}

function accounts({ entity, childOf, typeorm }: Orm): readonly unknown[] {
  const { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } = typeorm;
  const Account: Class = entity(
    "Account",
    Entity("accounts"),
    {
      id: PrimaryGeneratedColumn("identity", { generatedIdentity: "ALWAYS" } as never),
      name: Column("text"),
    },
    TableInheritance({ column: { type: "varchar", length: 20, name: "kind" } }),
  );
  return [
    Account,
    childOf(Account, "Person", ChildEntity("person"), { born: Column("date", { nullable: true }) }),
    childOf(Account, "Company", ChildEntity("company"), {
      vat_number: Column("varchar", { length: 20, nullable: true }),
    }),
  ];
}

function categories({ entity, typeorm }: Orm): readonly unknown[] {
  const { Column, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } = typeorm;
  const classes: { category?: Class } = {};
  const self = (): Class => classes.category ?? Object;
  classes.category = entity(
    "Category",
    "categories",
    {
      id: PrimaryGeneratedColumn(),
      name: Column("text"),
      parent: TreeParent(),
      children: TreeChildren(),
    },
    Tree("closure-table"),
  );
  Reflect.defineMetadata("design:type", self(), classes.category.prototype as object, "parent");
  return [classes.category];
}

function orders({ entity, typeorm }: Orm): readonly unknown[] {
  const { Column, PrimaryGeneratedColumn, ViewColumn, ViewEntity } = typeorm;
  const Order = entity("Order", "orders", {
    id: PrimaryGeneratedColumn(),
    customer: Column("text"),
    total: Column("numeric", { precision: 12, scale: 2 }),
    placed_at: Column("timestamptz", { default: () => "now()" }),
  });
  const columns = { month: ViewColumn(), total: ViewColumn() };
  return [
    Order,
    entity(
      "OpenOrders",
      ViewEntity({
        name: "large_orders",
        expression: `SELECT id, customer, total FROM orders WHERE total > 1000`,
      }),
      { id: ViewColumn(), customer: ViewColumn(), total: ViewColumn() },
    ),
    entity(
      "Revenue",
      ViewEntity({
        name: "monthly_revenue",
        materialized: true,
        expression: `SELECT date_trunc('month', placed_at) AS month, sum(total) AS total
          FROM orders
          GROUP BY 1`,
      }),
      columns,
    ),
  ];
}

/** Revisions that begin with an empty database, or add to one. */
export const newObjectCases: readonly RevisionCase[] = [
  { name: "new-tables-with-relations", message: "add users, posts and tags", after: blog },
  { name: "cycle-of-foreign-keys", message: "add employees and departments", after: company },
  { name: "single-table-inheritance", message: "add accounts", after: accounts },
  { name: "closure-table", message: "add categories", after: categories },
  { name: "views", message: "add orders and their views", after: orders },
  {
    name: "defaults",
    message: "add settings",
    after: table("settings", {
      label: { type: "varchar", length: 50, default: "it's new" },
      count: { type: "int", default: 5 },
      price: { type: "numeric", precision: 10, scale: 2, default: 9.5 },
      is_on: { type: "boolean", default: false },
      tags: { type: "text", array: true, default: ["a", "b"] },
      options: { type: "jsonb", default: { theme: "dark", sizes: [1, 2] } },
      token: { type: "uuid", default: () => "gen_random_uuid()" },
      day: { type: "date", default: () => "CURRENT_DATE" },
      expires_at: { type: "timestamptz", default: () => "now() + interval '30 days'" },
      patience: { type: "interval", default: "1 hour" },
    }),
  },
  {
    name: "generated-columns",
    message: "add products",
    after: table("products", {
      title: { type: "text" },
      price: { type: "numeric", precision: 12, scale: 2 },
      price_with_tax: {
        type: "numeric",
        precision: 12,
        scale: 2,
        asExpression: "round(price * 1.19, 2)",
        generatedType: "STORED",
        nullable: true,
      },
      search: {
        type: "tsvector",
        asExpression: "to_tsvector('english', title)",
        generatedType: "STORED",
        nullable: true,
      },
    }),
  },
  {
    name: "comments",
    message: "add patients",
    after: ({ entity, typeorm: { Column, PrimaryGeneratedColumn } }) => [
      entity(
        "Patient",
        { name: "patients", comment: "Who is treated here.\nNever deleted." },
        {
          id: PrimaryGeneratedColumn({ comment: "Never shown to patients" }),
          weight: Column("real", { nullable: true, comment: "in kilograms, at the patient's last visit" }),
        },
      ),
    ],
  },
  {
    name: "enums-and-arrays",
    message: "add tickets",
    after: table("tickets", {
      state: {
        type: "enum",
        enum: ["open", "in progress", "closed"],
        enumName: "ticket_state",
        default: "open",
      },
      labels: { type: "enum", enum: ["bug", "idea"], enumName: "ticket_label", array: true, default: [] },
      previous_state: {
        type: "enum",
        enum: ["open", "in progress", "closed"],
        enumName: "ticket_state",
        nullable: true,
      },
    }),
  },
  {
    name: "checks-and-exclusions",
    message: "add bookings",
    setup: "CREATE EXTENSION btree_gist",
    after: table(
      "bookings",
      {
        room: { type: "int" },
        guests: { type: "smallint", default: 1 },
        during: { type: "tstzrange" },
      },
      ({ typeorm: { Check, Exclusion, Unique } }) => [
        Check("ck_bookings_guests", "guests BETWEEN 1 AND 8"),
        Exclusion("ex_bookings_room_during", "USING gist (room WITH =, during WITH &&)"),
        Unique("uq_bookings_room_guests", ["room", "guests"], { deferrable: "INITIALLY DEFERRED" }),
      ],
    ),
  },
  {
    name: "other-schema",
    message: "add audit entries",
    after: ({ entity, typeorm: { Column, JoinColumn, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("text") });
      return [
        User,
        entity(
          "Entry",
          { name: "entries", schema: "audit" },
          {
            id: PrimaryGeneratedColumn("increment", { type: "bigint" }),
            action: Column("enum", { enum: ["insert", "update", "delete"], enumName: "action" }),
            actor: [ManyToOne(() => User, { onDelete: "SET NULL" }), JoinColumn({ name: "actor_id" })],
          },
        ),
      ];
    },
  },
];
