import type {
  ColumnOptions,
  ConstraintName,
  ExcludeArgument,
  IndexElementArgument,
  SqlText,
} from "./arguments";
import type { AddColumnOptions, AlterColumnChanges, DropColumnOptions } from "./columnOperations";
import type {
  CreateCheckConstraintOptions,
  CreateExcludeConstraintOptions,
  CreateForeignKeyOptions,
  CreatePrimaryKeyOptions,
  CreateUniqueConstraintOptions,
  DropConstraintOptions,
} from "./constraintOperations";
import type { CreateIndexOptions, DropIndexOptions } from "./indexOperations";
import type { ConstraintType } from "./operation";

export interface BatchOptions {
  readonly schema?: string;
  /** SQLite: when the table is copied. `"auto"`: if an operation needs it. */
  readonly recreate?: "auto" | "always" | "never";
}

type Inner<Options> = Omit<Options, "schema">;

/** The operations of `op.batchAlterTable`: those of `op`, without the table and the schema. */
export interface BatchOperations {
  /** As `op.addColumn`. */
  addColumn(column: string, definition: ColumnOptions, options?: Inner<AddColumnOptions>): Promise<void>;
  /** As `op.dropColumn`. */
  dropColumn(column: string, options?: Inner<DropColumnOptions>): Promise<void>;
  /** As `op.alterColumn`. */
  alterColumn(column: string, changes: AlterColumnChanges): Promise<void>;
  /** As `op.renameColumn`. */
  renameColumn(oldName: string, newName: string): Promise<void>;
  /** As `op.createIndex`. */
  createIndex(
    name: ConstraintName | null,
    columns: readonly IndexElementArgument[],
    options?: Inner<CreateIndexOptions>,
  ): Promise<void>;
  /** As `op.dropIndex`. */
  dropIndex(name: ConstraintName, options?: Inner<DropIndexOptions>): Promise<void>;
  /** As `op.createPrimaryKey`. */
  createPrimaryKey(
    name: ConstraintName | null,
    columns: readonly string[],
    options?: Inner<CreatePrimaryKeyOptions>,
  ): Promise<void>;
  /** As `op.createForeignKey`. */
  createForeignKey(
    name: ConstraintName | null,
    referentTable: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: Omit<CreateForeignKeyOptions, "sourceSchema">,
  ): Promise<void>;
  /** As `op.createUniqueConstraint`. */
  createUniqueConstraint(
    name: ConstraintName | null,
    columns: readonly string[],
    options?: Inner<CreateUniqueConstraintOptions>,
  ): Promise<void>;
  /** As `op.createCheckConstraint`. */
  createCheckConstraint(
    name: ConstraintName | null,
    condition: SqlText,
    options?: Inner<CreateCheckConstraintOptions>,
  ): Promise<void>;
  /** As `op.createExcludeConstraint`. */
  createExcludeConstraint(
    name: ConstraintName | null,
    elements: readonly ExcludeArgument[],
    options?: Inner<CreateExcludeConstraintOptions>,
  ): Promise<void>;
  /** As `op.dropConstraint`. */
  dropConstraint(name: ConstraintName, options?: Inner<DropConstraintOptions>): Promise<void>;
  /** As `op.validateConstraint`. */
  validateConstraint(name: ConstraintName, options?: { readonly type?: ConstraintType }): Promise<void>;
  /** As `op.renameConstraint`. */
  renameConstraint(oldName: string, newName: string): Promise<void>;
  /** As `op.createTableComment`. */
  createTableComment(comment: string, options?: { readonly existingComment?: string | null }): Promise<void>;
  /** As `op.dropTableComment`. */
  dropTableComment(options?: { readonly existingComment?: string | null }): Promise<void>;
}
