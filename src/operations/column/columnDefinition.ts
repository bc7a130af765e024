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
  /** A PostgreSQL type: `"varchar(50)"`, `"timestamptz"`, `"text[]"`, or the name of an enum. */
  readonly type: ColumnType;
  /** Whether the column accepts NULL. Default: true, as in Alembic. A primary key never does. */
  readonly nullable?: boolean;
  /**
   * The default in the database. A string, number, boolean, array or object is a literal: `"now()"` is the text `now()`.
   * Write an expression as sql`now()`.
   */
  readonly default?: DefaultArgument;
  /** Whether the column is part of the primary key. Set it on several columns of `op.createTable` for a composite key. */
  readonly primaryKey?: boolean;
  /** Adds a unique constraint on this column; a string is the name of the constraint. */
  readonly unique?: boolean | ConstraintName;
  /** A foreign key on this column: `"users.id"`, `"app.users.id"`, or in full. */
  readonly references?: string | ReferencesOptions;
  /** A check constraint. */
  readonly check?: SqlText | { readonly condition: SqlText; readonly name?: ConstraintName };
  /** Makes the column a generated one. `stored: false` makes it virtual (PostgreSQL 18). */
  readonly generated?: { readonly expression: SqlText; readonly stored?: boolean };
  /** Short for `generated: { expression }`: sql`price * amount`. */
  readonly generatedAs?: SqlText;
  /** `GENERATED … AS IDENTITY` */
  readonly identity?: IdentityArgument;
  readonly collation?: string;
  /** The comment, written with COMMENT ON COLUMN. */
  readonly comment?: string;
}

export interface NamedColumnOptions extends ColumnOptions {
  readonly name: string;
}
