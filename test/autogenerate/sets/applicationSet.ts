import type { ColumnOptions } from "typeorm";
import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

/** Columns of the application by their short names. */
const columns: Readonly<Record<string, ColumnOptions>> = {
  name: { type: "varchar", length: 120 },
  title: { type: "text" },
  slug: { type: "citext", unique: true },
  body: { type: "text", nullable: true, comment: "Markdown" },
  email: { type: "citext" },
  phone: { type: "varchar", length: 32, nullable: true },
  amount: { type: "numeric", precision: 12, scale: 2, default: 0 },
  currency: { type: "char", length: 3, default: "EUR" },
  quantity: { type: "int", default: 1 },
  active: { type: "boolean", default: true },
  settings: { type: "jsonb", default: {} },
  tags: { type: "text", array: true, default: [] },
  dueAt: { type: "timestamptz", nullable: true, name: "due_at" },
  seenAt: { type: "timestamptz", default: () => "now()", name: "seen_at" },
  day: { type: "date", default: () => "CURRENT_DATE" },
  during: { type: "tstzrange", nullable: true },
  place: { type: "point", nullable: true },
  address: { type: "inet", nullable: true },
  checksum: { type: "bytea", nullable: true },
  state: { type: "enum", enum: ["draft", "open", "closed"], enumName: "state", default: "draft" },
  role: { type: "enum", enum: ["owner", "admin", "member"], enumName: "member_role", default: "member" },
  position: { type: "smallint", default: 0 },
  search: {
    type: "tsvector",
    asExpression: "to_tsvector('simple', title)",
    generatedType: "STORED",
    nullable: true,
  },
};

/** `table: columns | tables it belongs to (! required, ~ set null) | tables of many-to-many` */
const tables = `
organizations: name slug settings active
users: email name phone settings active seenAt
memberships: role active | organizations! users!
teams: name slug | organizations! | users
projects: title search body state dueAt | organizations! users~ | tags
milestones: title dueAt state | projects!
tasks: title search body state dueAt position | projects! milestones~ users~ | tags users
task_comments: body seenAt | tasks! users!
task_attachments: name checksum quantity | tasks! users~
task_dependencies: position | tasks!
time_entries: during amount | tasks! users!
tags: name slug | organizations
labels: name | projects!
boards: title settings | projects!
board_columns: title position | boards!
cards: title position body | board_columns! tasks~
customers: name email phone settings | organizations!
customer_contacts: name email phone | customers!
addresses: title body place | customers
products: title slug body amount currency active search tags | organizations!
product_variants: name amount quantity | products!
product_images: name position checksum | products!
categories: name slug position | categories | products
prices: amount currency during | product_variants!
warehouses: name place | organizations!
stock_levels: quantity seenAt | warehouses! product_variants!
carts: state settings | customers
cart_items: quantity amount | carts! product_variants!
orders: state amount currency dueAt | customers! addresses~
order_lines: quantity amount position | orders! product_variants!
shipments: state seenAt | orders! warehouses
shipment_lines: quantity | shipments! order_lines!
invoices: amount currency dueAt state | orders!
invoice_lines: title amount quantity | invoices!
payments: amount currency state seenAt | invoices!
refunds: amount body | payments!
coupons: slug amount active during | organizations! | products
coupon_uses: seenAt | coupons! orders!
reviews: title body quantity | products! customers~
wishlists: name active | customers! | products
suppliers: name email | organizations!
purchase_orders: state amount | suppliers! warehouses!
purchase_order_lines: quantity amount | purchase_orders! product_variants!
courses: title slug body state search | organizations! | users
lessons: title body position | courses!
enrollments: state seenAt | courses! users!
quizzes: title settings | lessons!
questions: body position settings | quizzes!
answers: body active position | questions!
attempts: state amount | quizzes! users!
attempt_answers: active | attempts! answers!
certificates: slug day | enrollments!
notifications: title body active | users!
devices: name address settings | users!
sessions: address seenAt settings | users! devices~
audit_entries: title settings seenAt address | users~ organizations
`;

interface Specification {
  readonly name: string;
  readonly columns: readonly string[];
  readonly parents: readonly string[];
  readonly partners: readonly string[];
}

function specifications(): readonly Specification[] {
  const words = (text: string | undefined): readonly string[] =>
    (text ?? "").split(" ").filter((word) => word !== "");
  return tables
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", rest = ""] = line.split(":");
      const [own, parents, partners] = rest.split("|");
      return { name, columns: words(own), parents: words(parents), partners: words(partners) };
    });
}

function define(orm: Orm): readonly unknown[] {
  const { typeorm } = orm;
  const classes = new Map<string, Class>();
  const classOf = (name: string) => (): Class => classes.get(name) ?? Object;
  for (const { name, columns: own, parents, partners } of specifications()) {
    const properties: Record<string, PropertyDecorator | readonly PropertyDecorator[]> = {
      id: typeorm.PrimaryGeneratedColumn("uuid"),
      createdAt: typeorm.CreateDateColumn({ type: "timestamptz", name: "created_at" }),
      updatedAt: typeorm.UpdateDateColumn({ type: "timestamptz", name: "updated_at" }),
    };
    for (const column of own) {
      properties[column] = typeorm.Column(columns[column] ?? {});
    }
    for (const parent of parents) {
      const target = parent.replace(/[!~]$/, "");
      const column = `${target.replace(/ies$/, "y").replace(/s$/, "")}_id`;
      properties[`${target}Parent`] = [
        typeorm.ManyToOne(classOf(target), {
          nullable: !parent.endsWith("!"),
          ...(parent.endsWith("!") ? { onDelete: "CASCADE" } : {}),
          ...(parent.endsWith("~") ? { onDelete: "SET NULL" } : {}),
        }),
        typeorm.JoinColumn({ name: column }),
        typeorm.Index(),
      ];
    }
    for (const partner of partners) {
      properties[`${partner}List`] = [
        typeorm.ManyToMany(classOf(partner)),
        typeorm.JoinTable({ name: `${name}_${partner}` }),
      ];
    }
    const decorators = [
      ...(own.includes("amount") ? [typeorm.Check(`ck_${name}_amount`, "amount >= 0")] : []),
      ...(own.includes("during")
        ? [typeorm.Exclusion(`ex_${name}`, `USING gist ("id" WITH =, "during" WITH &&)`)]
        : []),
      ...(own.includes("state")
        ? [typeorm.Index(`ix_${name}_open`, ["createdAt"], { where: "state = 'open'" })]
        : []),
      ...(own.includes("search") && orm.version === "1.x"
        ? [typeorm.Index(`ix_${name}_search`, ["search"], { type: "gin" } as never)]
        : []),
    ];
    classes.set(name, orm.entity(name, name, properties, ...decorators));
  }
  const { ViewColumn, ViewEntity } = typeorm;
  const view = orm.entity(
    "OpenTasks",
    ViewEntity({
      name: "open_tasks",
      expression: `SELECT t.id, t.title, p.title AS project, count(c.id) AS comments
        FROM tasks t JOIN projects p ON p.id = t.project_id LEFT JOIN task_comments c ON c.task_id = t.id
        WHERE t.state = 'open' GROUP BY t.id, p.id`,
    }),
    { id: ViewColumn(), title: ViewColumn(), project: ViewColumn(), comments: ViewColumn() },
  );
  const revenue = orm.entity(
    "Revenue",
    ViewEntity({
      name: "revenue",
      materialized: true,
      expression: `SELECT date_trunc('month', seen_at) AS month, currency, sum(amount) AS total FROM payments GROUP BY 1, 2`,
    }),
    { month: ViewColumn(), currency: ViewColumn(), total: ViewColumn() },
  );
  return [...classes.values(), view, revenue];
}

/** One whole application: 56 tables of its own, eight junction tables, and two views. */
export const applicationSet: EntitySet = entitySet("a whole application", define, { onEmbedded: true });
