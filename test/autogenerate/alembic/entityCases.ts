import type { EntitySchemaColumnOptions, EntitySchemaOptions } from "typeorm";
import type { Orm } from "../support/typeorm";

/** What a recorded pair is in TypeORM's words. */
export interface EntityCase {
  readonly entities: (orm: Orm) => readonly unknown[];
  /** What autogenerate finds. */
  readonly operations: readonly string[];
  /** What has to be said to be dropped, since no entity describes it. */
  readonly drops?: readonly string[];
  /** Alembic says that nothing changed, and autogenerate sees it. */
  readonly isMissedByAlembic?: true;
  /** Why autogenerate rightly does not propose what Alembic does. */
  readonly refused?: string;
  /** What entities have no words for; they are then as near to the recorded model as they can be. */
  readonly inexpressible?: string;
}

type Columns = Readonly<Record<string, EntitySchemaColumnOptions>>;
type Table = Partial<EntitySchemaOptions<object>> & { readonly of?: Columns };

const base: Columns = {
  id: { type: "int", primary: true, generated: "increment" },
  a: { type: "int", nullable: true },
  s: { type: "varchar", length: 50, nullable: true },
};

/** The table `t`, with some columns changed; after another table where there is one. */
function t({ of, ...more }: Table = {}, ...others: readonly Table[]): EntityCase["entities"] {
  const schema = (orm: Orm, name: string, columns: Columns, rest: Table): unknown => {
    const options: object = { name: name.toUpperCase(), tableName: name, columns, ...rest };
    return new orm.typeorm.EntitySchema(options as EntitySchemaOptions<object>);
  };
  return (orm) => [
    ...others.map(({ of: columns = {}, ...rest }) => schema(orm, "p", columns, rest)),
    schema(orm, "t", { ...base, ...of }, more),
  ];
}

const parent: Table = { of: { id: base["id"] as EntitySchemaColumnOptions } };

function referencing(foreignKey: object): EntityCase["entities"] {
  return t(
    {
      foreignKeys: [{ target: "P", columnNames: ["a"], referencedColumnNames: ["id"], ...foreignKey }],
    },
    parent,
  );
}

/** With decorators, for what entity schemas have no words for. */
function decorated(
  change: (orm: Orm) => {
    readonly options?: object;
    readonly columns?: Readonly<Record<string, PropertyDecorator>>;
    readonly decorators?: readonly ClassDecorator[];
  },
): EntityCase["entities"] {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    const { options, columns, decorators = [] } = change(orm);
    return [
      orm.entity(
        "T",
        { name: "t", ...options },
        {
          id: PrimaryGeneratedColumn(),
          a: Column("int", { nullable: true }),
          s: Column("varchar", { length: 50, nullable: true }),
          ...columns,
        },
        ...decorators,
      ),
    ];
  };
}

const a = (column: Partial<EntitySchemaColumnOptions>): EntityCase["entities"] =>
  t({ of: { a: { type: "int", nullable: true, ...column } } });

const computed = (expression: string): EntityCase["entities"] =>
  a({ asExpression: expression, generatedType: "STORED" });

const identity = (generatedIdentity: "ALWAYS" | "BY DEFAULT"): EntityCase["entities"] =>
  decorated(({ typeorm: { PrimaryGeneratedColumn } }) => ({
    columns: { id: PrimaryGeneratedColumn("identity", { generatedIdentity } as never) },
  }));

const toIdentity = [
  "rename object sequence t_id_seq to t_id_seq__renamed",
  "alter column t.id (default)",
  "alter sequence t_id_seq__renamed",
  "alter column t.id (identity)",
  "execute",
  "drop sequence t_id_seq__renamed",
];

const sees = (
  entities: EntityCase["entities"],
  operations: readonly string[],
  more: Partial<EntityCase> = {},
): EntityCase => ({ entities, operations, ...more });

const missed = { isMissedByAlembic: true } as const;

/** Each pair of `test/oracle/autogenerate-cases.json`, in its order. */
export const entityCases: ReadonlyMap<string, EntityCase> = new Map<string, EntityCase>([
  ["no change", sees(t(), [])],
  ["add column", sees(t(), ["add column t.s"])],
  ["column rename", sees(t(), ["add column t.a", "drop column t.aa"])],
  ["table rename", sees(t(), ["create table t", "drop table t_old"], { drops: ["t_old"] })],
  ["nullable -> not null", sees(a({ nullable: false }), ["alter column t.a (not null)"])],
  [
    "varchar(50)->varchar(100)",
    sees(t({ of: { s: { type: "varchar", length: 100, nullable: true } } }), [
      "alter column t.s (type varchar(50) to varchar(100))",
    ]),
  ],
  [
    "varchar(50)->varchar",
    sees(
      t({ of: { s: { type: "varchar", nullable: true } } }),
      ["alter column t.s (type varchar(50) to varchar)"],
      missed,
    ),
  ],
  [
    "varchar->text",
    sees(t({ of: { s: { type: "text", nullable: true } } }), ["alter column t.s (type varchar(50) to text)"]),
  ],
  [
    "timestamp->timestamptz",
    sees(a({ type: "timestamptz" }), ["alter column t.a (type timestamp to timestamptz)"]),
  ],
  ["float8 vs Float", sees(a({ type: "float" }), [])],
  ["default added (flag off)", sees(a({ default: 5 }), ["alter column t.a (default)"], missed)],
  ["default added (flag on)", sees(a({ default: 5 }), ["alter column t.a (default)"])],
  ["default equal by evaluation '5'::int (on)", sees(a({ default: 5 }), [])],
  ["default gen_random_uuid() same (on)", sees(a({ type: "uuid", default: () => "gen_random_uuid()" }), [])],
  ["serial -> identity", sees(identity("BY DEFAULT"), toIdentity, missed)],
  ["identity always changed", sees(identity("ALWAYS"), ["alter column t.id (identity)"], missed)],
  ["computed added to existing", sees(computed("id * 2"), ["drop column t.a", "add column t.a"], missed)],
  ["computed expr changed", sees(computed("id * 3"), ["drop column t.a", "add column t.a"], missed)],
  ["remove unique", sees(t(), ["drop constraint uq_a on t"])],
  [
    "unique columns changed",
    sees(t({ uniques: [{ name: "uq_a", columns: ["a", "s"] }] }), [
      "drop constraint uq_a on t",
      "create unique constraint uq_a on t",
    ]),
  ],
  ["add index", sees(t({ indices: [{ name: "ix_a", columns: ["a"] }] }), ["create index ix_a on t"])],
  ["remove index", sees(t(), ["drop index ix_a on t"])],
  [
    "index method btree->hash",
    sees(
      decorated(({ typeorm: { Index } }) => ({
        decorators: [Index("ix_a", ["a"], { type: "hash" } as never)],
      })),
      ["drop index ix_a on t", "create index ix_a on t"],
      missed,
    ),
  ],
  [
    "index INCLUDE added",
    sees(t({ indices: [{ name: "ix_a", columns: ["a"] }] }), [], {
      inexpressible: "TypeORM's indexes have no INCLUDE",
    }),
  ],
  [
    "index asc->desc",
    sees(t({ indices: [{ name: "ix_a", columns: ["a"] }] }), [], {
      inexpressible: "TypeORM's indexes have no order of their columns on PostgreSQL",
    }),
  ],
  [
    "expression index changed",
    sees(t(), [], { inexpressible: "TypeORM's indexes are of columns; one of an expression is left alone" }),
  ],
  [
    "tsvector expr index same",
    sees(t(), [], { inexpressible: "TypeORM's indexes are of columns; one of an expression is left alone" }),
  ],
  ["add FK", sees(referencing({ name: "fk_a" }), ["create foreign key fk_a on t"])],
  [
    "FK ondelete changed",
    sees(referencing({ name: "fk_a", onDelete: "CASCADE" }), [
      "drop constraint fk_a on t",
      "create foreign key fk_a on t",
    ]),
  ],
  [
    "FK only name changed",
    sees(referencing({ name: "fk_new" }), ["rename constraint fk_old on t to fk_new"], missed),
  ],
  [
    "FK MATCH FULL added",
    sees(referencing({ name: "fk_a" }), [], { inexpressible: "TypeORM's foreign keys have no MATCH" }),
  ],
  ["FK unnamed in model", sees(referencing({}), [])],
  ["remove named check", sees(t(), ["drop constraint ck_a on t"])],
  [
    "check text changed, same name",
    sees(
      t({ checks: [{ name: "ck_a", expression: "a > 5" }] }),
      ["drop constraint ck_a on t", "create check constraint ck_a on t"],
      missed,
    ),
  ],
  [
    "add unnamed check",
    sees(t({ checks: [{ expression: "a > 0" }] }), ["create check constraint CHK on t"], missed),
  ],
  [
    "primary key changed",
    sees(t({ of: { a: { type: "int", primary: true } } }), [
      "drop constraint t_pkey on t",
      "alter column t.a (not null)",
      "create primary key PK on t",
    ]),
  ],
  [
    "exclude added",
    sees(
      t({ exclusions: [{ name: "ex_a", expression: "USING gist (int4range(a, a, '[]') WITH &&)" }] }),
      ["create extension btree_gist", "create exclude constraint ex_a on t"],
      missed,
    ),
  ],
  [
    "varchar -> enum",
    sees(t({ of: { s: { type: "enum", enum: ["a", "b"], enumName: "mood", nullable: true } } }), [
      "create enum mood",
      "alter column t.s (type varchar(50) to mood)",
    ]),
  ],
  ["unused enum type in db", sees(t(), ["drop enum mood"], { ...missed, drops: ["enum mood"] })],
  ["table comment removed", sees(t(), ["drop table comment t"])],
  ["column comment changed", sees(a({ comment: "y" }), ["alter column t.a (comment)"])],
  ["sequence in db only", sees(t(), [])],
  ["matview in db", sees(t(), ["drop materialized view mv"], { ...missed, drops: ["mv"] })],
  [
    "partition child in db",
    sees(t({ of: { id: { type: "int", primary: true } } }), [], {
      refused: "a partition is a part of its table",
    }),
  ],
  ["table in other schema (include_schemas off)", sees(t(), [])],
  ["column order differs", sees(t(), [])],
  ["include_object skips table", sees(t(), [])],
  ["serial -> identity (compare_server_default on)", sees(identity("BY DEFAULT"), toIdentity)],
  [
    "identity always changed (compare_server_default on)",
    sees(identity("ALWAYS"), ["alter column t.id (identity)"]),
  ],
  [
    "computed added to existing (compare_server_default on)",
    sees(computed("id * 2"), ["drop column t.a", "add column t.a"], missed),
  ],
  [
    "computed expr changed (compare_server_default on)",
    sees(computed("id * 3"), ["drop column t.a", "add column t.a"], missed),
  ],
  ["computed removed (on)", sees(t(), ["alter column t.a (generated)"], missed)],
  [
    "json (not jsonb) default changed (on)",
    sees(a({ type: "json", default: [] }), ["alter column t.a (default)"]),
  ],
  [
    "default function random() vs random()+0 (on)",
    sees(a({ type: "float", default: () => "random() + 0" }), ["alter column t.a (default)"]),
  ],
]);
