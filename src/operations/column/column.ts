import type { DefaultArgument, DropOptions, SchemaOption, SqlText } from "../arguments";
import type { ConstraintDefinition } from "../constraint/constraintDefinition";
import type { ColumnDefault } from "../definitions";
import type { SqlFragment } from "../sqlFragment";
import type { Dropping, OnTable } from "../target";
import type {
  ColumnDefinition,
  ColumnOptions,
  IdentityArgument,
  IdentityDefinition,
} from "./columnDefinition";
import type { ColumnType } from "./columnType";

export interface AddColumn extends OnTable {
  readonly kind: "addColumn";
  readonly column: ColumnDefinition;
  /** Each on this column alone. */
  readonly constraints: readonly ConstraintDefinition[];
  readonly ifNotExists?: boolean;
  /** The column's neighbours in a copy of the table, on SQLite. */
  readonly insertBefore?: string;
  readonly insertAfter?: string;
}

export interface DropColumn extends OnTable, Dropping {
  readonly kind: "dropColumn";
  readonly column: string;
  readonly was?: { readonly column: ColumnDefinition; readonly constraints: readonly ConstraintDefinition[] };
}

/**
 * Absent: left alone. `null` for `default`, `comment`, `identity` and `generated`: dropped. The `existing…` fields
 * say what was before, which makes the change reversible.
 */
export interface AlterColumn extends OnTable {
  readonly kind: "alterColumn";
  readonly column: string;
  readonly type?: string;
  readonly using?: SqlFragment;
  readonly collation?: string;
  readonly nullable?: boolean;
  readonly default?: ColumnDefault | null;
  readonly identity?: IdentityDefinition | null;
  readonly generated?: null;
  readonly comment?: string | null;
  readonly newName?: string;
  readonly existingType?: string;
  readonly existingNullable?: boolean;
  readonly existingDefault?: ColumnDefault | null;
  readonly existingIdentity?: IdentityDefinition | null;
  readonly existingComment?: string | null;
}

export type ColumnOperation = AddColumn | DropColumn | AlterColumn;

export interface AddColumnOptions extends SchemaOption {
  readonly ifNotExists?: boolean;
}

export interface DropColumnOptions extends DropOptions {
  /** The definition of the column. The drop does not use it; tools use it to write the inverse. */
  readonly was?: ColumnOptions;
}

/** Absent: left alone. The `existing…` options give the previous state, which tools use to write the inverse. */
export interface AlterColumnChanges {
  readonly type?: ColumnType;
  /** The expression that converts old values: sql`age::integer`. Only with `type`. */
  readonly using?: SqlText;
  /** The collation. Only with `type`. */
  readonly collation?: string;
  readonly nullable?: boolean;
  /** A literal, or sql`…` for an expression; `null` drops the default. */
  readonly default?: DefaultArgument;
  /** `null` drops the identity. With `existingIdentity` it is changed; without it, it is added. */
  readonly identity?: IdentityArgument | null;
  /** `null` turns a generated column into a plain one. */
  readonly generated?: null;
  /** `null` drops the comment. */
  readonly comment?: string | null;
  readonly newName?: string;
  readonly existingType?: ColumnType;
  readonly existingNullable?: boolean;
  readonly existingDefault?: DefaultArgument;
  readonly existingIdentity?: IdentityArgument | null;
  readonly existingComment?: string | null;
}

export interface AlterColumnOptions extends AlterColumnChanges, SchemaOption {}

/** Columns. */
export interface ColumnOperations {
  /**
   * Adds a column together with its constraints (`primaryKey`, `unique`, `references`, `check`).
   *
   * @throws OperationError if the definition contradicts itself
   * @example
   * await op.addColumn("users", "email_verified", { type: "boolean", nullable: false, default: false });
   * await op.addColumn("users", "verified_at", { type: "timestamptz", default: sql`now()` });
   */
  addColumn(
    table: string,
    column: string,
    definition: ColumnOptions,
    options?: AddColumnOptions,
  ): Promise<void>;

  /**
   * Drops a column with its data and its indexes.
   *
   * @example await op.dropColumn("users", "email_verified");
   */
  dropColumn(table: string, column: string, options?: DropColumnOptions): Promise<void>;

  /**
   * Changes a column. Several changes run in the order type, nullable, default, identity, comment, name.
   *
   * @throws OperationError if `using` or `collation` is given without `type`
   * @example
   * await op.alterColumn("users", "age", { type: "integer", using: sql`age::integer`, nullable: false });
   * await op.alterColumn("users", "state", { default: null });
   */
  alterColumn(table: string, column: string, changes: AlterColumnOptions): Promise<void>;

  /**
   * Renames a column; short for `alterColumn` with `newName`.
   *
   * @example await op.renameColumn("users", "name", "full_name");
   */
  renameColumn(table: string, oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}
