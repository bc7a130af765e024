import type { ConstraintName, SqlText } from "../arguments";
import type {
  AddColumn,
  AddColumnOptions,
  AlterColumn,
  AlterColumnChanges,
  DropColumn,
  DropColumnOptions,
} from "../column/column";
import type { ColumnOptions } from "../column/columnDefinition";
import type {
  CreateCheckConstraint,
  CreateCheckConstraintOptions,
  CreateExcludeConstraint,
  CreateExcludeConstraintOptions,
  CreateForeignKey,
  CreateForeignKeyOptions,
  CreatePrimaryKey,
  CreatePrimaryKeyOptions,
  CreateUniqueConstraint,
  CreateUniqueConstraintOptions,
  DropConstraint,
  DropConstraintOptions,
  RenameConstraint,
  ValidateConstraint,
} from "../constraint/constraint";
import type {
  ConstraintDefinition,
  ConstraintType,
  ExcludeArgument,
} from "../constraint/constraintDefinition";
import type { IndexDefinition, IndexElementArgument, IndexOptions } from "../index/indexDefinition";
import type { NamingConvention } from "../namingConvention";
import type { CreateTableComment, DropTableComment } from "../table/table";
import type { TableDefinition, TableStructure } from "../table/tableDefinition";
import type { CreateIndex, CreateIndexOptions, DropIndex, DropIndexOptions } from "../index/tableIndex";
import type { OnTable } from "../target";

/** The fields that PostgreSQL has no use for are about SQLite's copy of the table. */
export interface BatchAlterTable extends OnTable {
  readonly kind: "batchAlterTable";
  readonly recreate?: "auto" | "always" | "never";
  readonly operations: readonly AlterationOperation[];
  /** The table as it is, instead of what the database says of it. */
  readonly copyFrom?: TableDefinition & { readonly indexes?: readonly IndexDefinition[] };
  /** What the copy has beside what the table has. */
  readonly tableArgs?: {
    readonly constraints: readonly ConstraintDefinition[];
    readonly autoincrement?: boolean;
  };
  /** Lists of columns of which each has to stand before the next. */
  readonly partialReordering?: readonly (readonly string[])[];
  /** Names constraints that have none in the database, so that they can be dropped. */
  readonly namingConvention?: NamingConvention;
}

/** What `op.batchAlterTable` may hold. */
export type AlterationOperation =
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateIndex
  | DropIndex
  | CreatePrimaryKey
  | CreateForeignKey
  | CreateUniqueConstraint
  | CreateCheckConstraint
  | CreateExcludeConstraint
  | DropConstraint
  | ValidateConstraint
  | RenameConstraint
  | CreateTableComment
  | DropTableComment;

export interface BatchOptions {
  readonly schema?: string;
  /** SQLite: when to copy the table. `"auto"`: if an operation needs it. */
  readonly recreate?: "auto" | "always" | "never";
  /** SQLite: the definition of the table, instead of reading it from the database. Required for a copy in a script (`--sql`). */
  readonly copyFrom?: TableStructure & { readonly indexes?: readonly BatchIndex[] };
  /** SQLite: constraints to add to the copy. One with the same name or on the same columns is replaced. */
  readonly tableArgs?: Pick<TableStructure, "primaryKey" | "uniques" | "checks" | "foreignKeys"> & {
    /** IDs of deleted rows are never reused. */
    readonly autoincrement?: boolean;
  };
  /** SQLite: lists of columns in the order that they must have: `[["id", "email", "name"]]`. */
  readonly partialReordering?: readonly (readonly string[])[];
  /**
   * SQLite: names for unnamed constraints, so that `batch.dropConstraint` can name them. Default: the naming convention
   * of the project.
   */
  readonly namingConvention?: NamingConvention;
}

export interface BatchIndex extends IndexOptions {
  readonly name: ConstraintName;
  readonly columns: readonly IndexElementArgument[];
}

/** SQLite: the position of the new column. The table is copied for this. */
export interface ColumnPlace {
  readonly insertBefore?: string;
  readonly insertAfter?: string;
}

type Inner<Options> = Omit<Options, "schema">;

/** The operations of `op.batchAlterTable`: those of `op`, without table and schema. */
export interface BatchOperations {
  /** As `op.addColumn`. */
  addColumn(
    column: string,
    definition: ColumnOptions,
    options?: Inner<AddColumnOptions> & ColumnPlace,
  ): Promise<void>;
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
