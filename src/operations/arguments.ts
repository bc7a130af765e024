import type { ColumnType } from "./columnType";
import type { Initially, MatchType, ReferentialAction, StorageParameters } from "./definitions";
import type { SqlFragment } from "./sqlFragment";

/** A name that a naming convention leaves alone: what `op.f(name)` gives. */
export interface FinalName {
  readonly kind: "finalName";
  readonly name: string;
}

/** The name of a constraint or an index. A plain string goes through the naming convention, if one is configured. */
export type ConstraintName = string | FinalName;

/** SQL text: a string or sql`…`, taken as it stands. */
export type SqlText = string | SqlFragment;

/** A literal (quoted as the column's type asks), or sql`…` for an expression. */
export type DefaultArgument =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly unknown[]
  | { readonly [key: string]: unknown }
  | SqlFragment;

export type IntegerArgument = number | bigint | string;

export interface SequenceOptions {
  /** `"smallint"`, `"integer"` or `"bigint"` */
  readonly as?: string;
  readonly start?: IntegerArgument;
  readonly increment?: IntegerArgument;
  /** `null`: NO MINVALUE */
  readonly minValue?: IntegerArgument | null;
  /** `null`: NO MAXVALUE */
  readonly maxValue?: IntegerArgument | null;
  readonly cache?: IntegerArgument;
  readonly cycle?: boolean;
}

export interface IdentityOptions extends SequenceOptions {
  /** `false` (the default): BY DEFAULT, a value may be given; `true`: ALWAYS. */
  readonly always?: boolean;
}

export type IdentityArgument = "always" | "by default" | IdentityOptions;

export interface DeferrableOptions {
  readonly deferrable?: boolean;
  readonly initially?: Initially;
}

export interface ForeignKeyActions extends DeferrableOptions {
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: MatchType;
}

export interface ReferencesOptions extends ForeignKeyActions {
  readonly table: string;
  readonly schema?: string;
  /** The referenced column; without it, the primary key of the table. */
  readonly column?: string;
  readonly name?: ConstraintName;
}

/** What a column is: the options of `op.addColumn` and of each column of `op.createTable`. */
export interface ColumnOptions {
  /** PostgreSQL's own type: `"varchar(50)"`, `"timestamptz"`, `"text[]"`, a name of an enum. */
  readonly type: ColumnType;
  /** May the column be NULL? True unless it is said, as in Alembic; a primary key never is. */
  readonly nullable?: boolean;
  /**
   * The server's default. A string, number, boolean, array or object is a literal: `"now()"` is the text
   * `now()`; an expression is sql`now()`.
   */
  readonly default?: DefaultArgument;
  /** Part of the primary key; set on several columns of `op.createTable` it makes a composite one. */
  readonly primaryKey?: boolean;
  /** A unique constraint on this column; a string is its name. */
  readonly unique?: boolean | ConstraintName;
  /** A foreign key on this column: `"users.id"`, `"app.users.id"`, or in full. */
  readonly references?: string | ReferencesOptions;
  /** A check constraint. */
  readonly check?: SqlText | { readonly condition: SqlText; readonly name?: ConstraintName };
  /** The column is computed. `stored: false` is a virtual one (PostgreSQL 18). */
  readonly generated?: { readonly expression: SqlText; readonly stored?: boolean };
  /** Short for `generated: { expression }`: sql`price * amount`. */
  readonly generatedAs?: SqlText;
  /** `GENERATED … AS IDENTITY` */
  readonly identity?: IdentityArgument;
  readonly collation?: string;
  /** Written with COMMENT ON COLUMN. */
  readonly comment?: string;
}

export interface NamedColumnOptions extends ColumnOptions {
  readonly name: string;
}

export interface PrimaryKeyOptions extends DeferrableOptions {
  readonly name?: ConstraintName;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
}

export interface UniqueOptions extends PrimaryKeyOptions {
  readonly nullsNotDistinct?: boolean;
}

export interface CheckOptions {
  readonly name?: ConstraintName;
  readonly condition: SqlText;
  readonly noInherit?: boolean;
}

export interface ForeignKeyOptions extends ForeignKeyActions {
  readonly name?: ConstraintName;
  readonly columns: readonly string[];
  readonly references: {
    readonly table: string;
    readonly schema?: string;
    readonly columns?: readonly string[];
  };
}

/** `["period", "&&"]`, `[sql`lower(name)`, "="]`, or in full with an operator class. */
export type ExcludeArgument =
  | readonly [element: string | SqlFragment, operator: string]
  | { readonly column: string; readonly operator: string; readonly opclass?: string }
  | { readonly expression: SqlFragment; readonly operator: string; readonly opclass?: string };

export interface ExcludeOptions extends DeferrableOptions {
  readonly name?: ConstraintName;
  readonly elements: readonly ExcludeArgument[];
  /** The index's method, mostly `"gist"`. */
  readonly using?: string;
  readonly where?: SqlText;
}

export interface IndexElementOptions {
  readonly collation?: string;
  readonly opclass?: string;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

/** A column's name, sql`…` as it stands in the index, or either with its order and operator class. */
export type IndexElementArgument =
  | string
  | SqlFragment
  | ({ readonly column: string } & IndexElementOptions)
  | ({ readonly expression: SqlText } & IndexElementOptions);

export interface IndexOptions {
  readonly unique?: boolean;
  /** The method: `"btree"`, `"gin"`, `"gist"`, `"hash"`, `"brin"`, … */
  readonly using?: string;
  /** Columns that the index carries along. */
  readonly include?: readonly string[];
  /** NULLS NOT DISTINCT: two NULLs are the same (PostgreSQL 15). */
  readonly nullsNotDistinct?: boolean;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  /** The condition of a partial index. */
  readonly where?: SqlText;
}

export interface PartitionByOptions {
  readonly strategy: "range" | "list" | "hash";
  readonly columns: readonly (string | SqlFragment)[];
}

type BoundValue = DefaultArgument;

/** `{ from: ["2025-01-01"], to: ["2026-01-01"] }`, `{ in: ["a", "b"] }`, `{ modulus: 4, remainder: 0 }`, `"default"`. */
export type PartitionBoundsArgument =
  | "default"
  | { readonly from: readonly BoundValue[]; readonly to: readonly BoundValue[] }
  | { readonly in: readonly BoundValue[] }
  | { readonly modulus: number; readonly remainder: number };

export interface TableStructure {
  /**
   * Each column by its name, in order. (JavaScript moves keys that look like numbers to the front: for such
   * names give an array of `{ name, type, … }`.)
   */
  readonly columns: Readonly<Record<string, ColumnOptions>> | readonly NamedColumnOptions[];
  /** Columns of the primary key, or with a name. */
  readonly primaryKey?: readonly string[] | PrimaryKeyOptions;
  readonly uniques?: readonly UniqueOptions[];
  readonly checks?: readonly CheckOptions[];
  readonly foreignKeys?: readonly ForeignKeyOptions[];
  readonly excludes?: readonly ExcludeOptions[];
  readonly comment?: string;
  readonly unlogged?: boolean;
  readonly temporary?: boolean;
  readonly inherits?: readonly string[];
  readonly partitionBy?: PartitionByOptions;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
}

export interface SchemaOption {
  /** Without it, the first schema of the search path. */
  readonly schema?: string;
}

export interface DropOptions extends SchemaOption {
  /** No error if there is none. */
  readonly ifExists?: boolean;
  /** Also drop what depends on it. */
  readonly cascade?: boolean;
}
