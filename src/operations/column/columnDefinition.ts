import type { ConstraintName, DefaultArgument, SqlText } from "../arguments";
import type { ReferencesOptions } from "../constraint/constraintDefinition";
import type { ColumnDefault } from "../definitions";
import type { SequenceDefinition, SequenceOptions } from "../sequence/sequence";
import type { SqlFragment } from "../sqlFragment";
import type { ColumnType } from "./columnType";

export type { JsonValue } from "../jsonValue";

export interface GeneratedDefinition {
  readonly expression: SqlFragment;
  /** `false` is a virtual column: PostgreSQL 18 and later. */
  readonly stored: boolean;
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

export interface IdentityOptions extends SequenceOptions {
  /** `false` (the default): BY DEFAULT, a value may be given; `true`: ALWAYS. */
  readonly always?: boolean;
}

export type IdentityArgument = "always" | "by default" | IdentityOptions;

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
