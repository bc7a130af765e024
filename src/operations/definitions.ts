import type { JsonValue } from "./jsonValue";
import type { SqlFragment } from "./sqlFragment";

export type { JsonValue } from "./jsonValue";

/** A whole number: those beyond 2^53 are strings of digits. */
export type IntegerValue = number | string;

/** A default that is a value. An array is written as the column's type asks: PostgreSQL array or JSON. */
export interface LiteralDefault {
  readonly kind: "literal";
  readonly value: JsonValue;
}

export type ColumnDefault = LiteralDefault | SqlFragment;

export interface GeneratedDefinition {
  readonly expression: SqlFragment;
  /** `false` is a virtual column: PostgreSQL 18 and later. */
  readonly stored: boolean;
}

export interface SequenceDefinition {
  /** smallint, integer or bigint */
  readonly as?: string;
  readonly start?: IntegerValue;
  readonly increment?: IntegerValue;
  /** `null`: NO MINVALUE */
  readonly minValue?: IntegerValue | null;
  readonly maxValue?: IntegerValue | null;
  readonly cache?: IntegerValue;
  readonly cycle?: boolean;
}

export interface IdentityDefinition extends SequenceDefinition {
  readonly generation: "always" | "by default";
}

/** A column without its constraints: those are in the `constraints` of the operation. */
export interface ColumnDefinition {
  readonly name: string;
  /** As PostgreSQL spells it: `varchar(50)[]`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  readonly collation?: string;
  readonly generated?: GeneratedDefinition;
  readonly identity?: IdentityDefinition;
  readonly comment?: string;
}

export type Initially = "deferred" | "immediate";
export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";
export type MatchType = "full" | "simple" | "partial";

interface Deferrability {
  readonly deferrable?: boolean;
  readonly initially?: Initially;
}

export interface PrimaryKeyDefinition extends Deferrability {
  readonly kind: "primaryKey";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  /** The unique index that becomes the constraint's. */
  readonly usingIndex?: string;
}

export interface UniqueDefinition extends Deferrability {
  readonly kind: "unique";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly usingIndex?: string;
}

export interface CheckDefinition {
  readonly kind: "check";
  readonly name?: string;
  readonly condition: SqlFragment;
  readonly notValid?: boolean;
  readonly noInherit?: boolean;
}

export interface ForeignKeyReference {
  readonly schema?: string;
  readonly table: string;
  /** Without: the primary key of that table. */
  readonly columns?: readonly string[];
}

export interface ForeignKeyDefinition extends Deferrability {
  readonly kind: "foreignKey";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: ForeignKeyReference;
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: MatchType;
  readonly notValid?: boolean;
}

export type ExcludeElement = (
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "expression"; readonly expression: SqlFragment }
) & { readonly operator: string; readonly opclass?: string };

export interface ExcludeDefinition extends Deferrability {
  readonly kind: "exclude";
  readonly name?: string;
  readonly using?: string;
  readonly elements: readonly ExcludeElement[];
  readonly where?: SqlFragment;
}

export type ConstraintDefinition =
  PrimaryKeyDefinition | UniqueDefinition | CheckDefinition | ForeignKeyDefinition | ExcludeDefinition;

interface IndexElementOptions {
  readonly collation?: string;
  readonly opclass?: string;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

/**
 * One element of an index. An `expression` gets parentheses and the options after them; `sql` stands in the
 * index as it is written (`lower(email)`, `b DESC NULLS LAST`).
 */
export type IndexElement =
  | ({ readonly kind: "column"; readonly name: string } & IndexElementOptions)
  | ({ readonly kind: "expression"; readonly expression: SqlFragment } & IndexElementOptions)
  | SqlFragment;

/** Storage parameters of `WITH (…)`. */
export type StorageParameters = Readonly<Record<string, string | number | boolean>>;

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly IndexElement[];
  readonly unique?: boolean;
  readonly using?: string;
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  readonly where?: SqlFragment;
}

export interface PartitionByDefinition {
  readonly strategy: "range" | "list" | "hash";
  readonly columns: readonly (string | SqlFragment)[];
}

export type PartitionBoundValue = LiteralDefault | SqlFragment;

export type PartitionBounds =
  | {
      readonly kind: "range";
      readonly from: readonly PartitionBoundValue[];
      readonly to: readonly PartitionBoundValue[];
    }
  | { readonly kind: "list"; readonly values: readonly PartitionBoundValue[] }
  | { readonly kind: "hash"; readonly modulus: number; readonly remainder: number }
  | { readonly kind: "default" };

/** Kinds of constraints, in the words of Alembic's `drop_constraint`. */
export type ConstraintType = "primary" | "foreignkey" | "unique" | "check" | "exclude";

/** A table without its indexes, which are operations of their own. */
export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  /** In the order primary key, unique, check, foreign key, exclude. */
  readonly constraints: readonly ConstraintDefinition[];
  readonly comment?: string;
  readonly unlogged?: boolean;
  readonly temporary?: boolean;
  readonly inherits?: readonly string[];
  readonly partitionBy?: PartitionByDefinition;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
}

export interface ViewDefinition {
  readonly query: SqlFragment;
  readonly columns?: readonly string[];
  readonly with?: StorageParameters;
  readonly checkOption?: "local" | "cascaded";
}

export interface MaterializedViewDefinition {
  readonly query: SqlFragment;
  readonly columns?: readonly string[];
  readonly using?: string;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  readonly withData?: boolean;
}

export interface FunctionDefinition {
  /** All that follows the argument list: `RETURNS trigger LANGUAGE plpgsql AS $$ … $$`. */
  readonly definition: SqlFragment;
}

export interface TriggerDefinition {
  /** Between the name and ON: `BEFORE UPDATE OF email`. */
  readonly event: SqlFragment;
  /** After the table: `FOR EACH ROW EXECUTE FUNCTION touch()`. */
  readonly action: SqlFragment;
  readonly constraint?: boolean;
}

export interface PolicyDefinition {
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  /** Role names; `public`, `current_user`, `current_role` and `session_user` are the keywords. */
  readonly to?: readonly string[];
  readonly using?: SqlFragment;
  readonly withCheck?: SqlFragment;
}

export interface DomainDefinition {
  readonly type: string;
  readonly collation?: string;
  readonly default?: ColumnDefault;
  readonly nullable: boolean;
  readonly checks: readonly CheckDefinition[];
}
