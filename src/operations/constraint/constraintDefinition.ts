import type { ConstraintName, SqlText } from "../arguments";
import type { SqlFragment } from "../sqlFragment";

export type { JsonValue } from "../jsonValue";

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

/** Kinds of constraints, in the words of Alembic's `drop_constraint`. */
export type ConstraintType = "primary" | "foreignkey" | "unique" | "check" | "exclude";

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
  /** The referenced column. Default: the primary key of the table. */
  readonly column?: string;
  readonly name?: ConstraintName;
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
  /** The index method, usually `"gist"`. */
  readonly using?: string;
  readonly where?: SqlText;
}
