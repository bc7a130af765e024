import type {
  ColumnDefault,
  ColumnDefinition,
  ConstraintDefinition,
  ConstraintType,
  CheckDefinition,
  DomainDefinition,
  ExcludeDefinition,
  ForeignKeyDefinition,
  FunctionDefinition,
  IdentityDefinition,
  IndexDefinition,
  JsonValue,
  MaterializedViewDefinition,
  PartitionBounds,
  PolicyDefinition,
  PrimaryKeyDefinition,
  SequenceDefinition,
  TableDefinition,
  TriggerDefinition,
  UniqueDefinition,
  ViewDefinition,
} from "./definitions";
export type { ConstraintType } from "./definitions";
import type { NamingConvention } from "./namingConvention";
import type { FragmentArray, FragmentScalar, SqlFragment } from "./sqlFragment";

/**
 * What a migration does, as plain JSON data. A kind is named as the method of `op` that makes it. Names are final
 * (naming conventions are applied already). `was` is what a dropped thing was, when that is known: it is what
 * makes the drop reversible, and it never reaches the SQL.
 */
export type Operation =
  | TableOperation
  | AlterationOperation
  | DataOperation
  | TypeOperation
  | ViewOperation
  | SequenceOperation
  | RoutineOperation
  | PolicyOperation
  | SchemaOperation
  | CustomOperation;

interface InSchema {
  readonly schema?: string;
}

interface OnTable extends InSchema {
  readonly table: string;
}

interface Dropping {
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
}

export interface CreateTable extends OnTable, TableDefinition {
  readonly kind: "createTable";
  readonly ifNotExists?: boolean;
}
export interface DropTable extends OnTable, Dropping {
  readonly kind: "dropTable";
  readonly was?: TableDefinition;
}
export interface RenameTable extends OnTable {
  readonly kind: "renameTable";
  readonly newName: string;
}
export interface CreateTableComment extends OnTable {
  readonly kind: "createTableComment";
  readonly comment: string;
  /** `null`: there was none; absent: not known. */
  readonly existingComment?: string | null;
}
export interface DropTableComment extends OnTable {
  readonly kind: "dropTableComment";
  readonly existingComment?: string | null;
}
export interface CreatePartition extends OnTable {
  readonly kind: "createPartition";
  /** `table` is the new partition. */
  readonly parent: string;
  readonly parentSchema?: string;
  readonly bounds: PartitionBounds;
  readonly ifNotExists?: boolean;
}
export interface AttachPartition extends OnTable {
  readonly kind: "attachPartition";
  /** `table` is the partitioned table. */
  readonly partition: string;
  readonly partitionSchema?: string;
  readonly bounds: PartitionBounds;
}
export interface DetachPartition extends OnTable {
  readonly kind: "detachPartition";
  readonly partition: string;
  readonly partitionSchema?: string;
  readonly concurrently?: boolean;
  /** What the partition held, which makes this reversible. */
  readonly was?: PartitionBounds;
}
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

export type TableOperation =
  | CreateTable
  | DropTable
  | RenameTable
  | CreatePartition
  | AttachPartition
  | DetachPartition
  | BatchAlterTable;

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
export interface CreateIndex extends OnTable {
  readonly kind: "createIndex";
  readonly index: IndexDefinition;
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
}
export interface DropIndex extends InSchema, Dropping {
  readonly kind: "dropIndex";
  readonly name: string;
  readonly table?: string;
  readonly concurrently?: boolean;
  readonly was?: IndexDefinition;
}
export interface CreatePrimaryKey extends OnTable {
  readonly kind: "createPrimaryKey";
  readonly constraint: PrimaryKeyDefinition;
}
export interface CreateForeignKey extends OnTable {
  readonly kind: "createForeignKey";
  readonly constraint: ForeignKeyDefinition;
}
export interface CreateUniqueConstraint extends OnTable {
  readonly kind: "createUniqueConstraint";
  readonly constraint: UniqueDefinition;
}
export interface CreateCheckConstraint extends OnTable {
  readonly kind: "createCheckConstraint";
  readonly constraint: CheckDefinition;
}
export interface CreateExcludeConstraint extends OnTable {
  readonly kind: "createExcludeConstraint";
  readonly constraint: ExcludeDefinition;
}
export interface DropConstraint extends OnTable, Dropping {
  readonly kind: "dropConstraint";
  readonly name: string;
  readonly type?: ConstraintType;
  readonly was?: ConstraintDefinition;
}
export interface ValidateConstraint extends OnTable {
  readonly kind: "validateConstraint";
  readonly name: string;
}
export interface RenameConstraint extends OnTable {
  readonly kind: "renameConstraint";
  readonly name: string;
  readonly newName: string;
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

/** A cell of a row: a value, or SQL that makes it. */
export type RowValue = FragmentScalar | FragmentArray | SqlFragment;

export interface BulkInsert extends OnTable {
  readonly kind: "bulkInsert";
  readonly columns: readonly string[];
  /** As long as `columns` each; `undefined` never occurs: a column that a row leaves out is sql`DEFAULT`. */
  readonly rows: readonly (readonly RowValue[])[];
}
export interface Execute {
  readonly kind: "execute";
  readonly sql: SqlFragment;
}
export type DataOperation = BulkInsert | Execute;

export interface CreateEnum extends InSchema {
  readonly kind: "createEnum";
  readonly name: string;
  readonly values: readonly string[];
  readonly ifNotExists?: boolean;
}
export interface DropEnum extends InSchema, Dropping {
  readonly kind: "dropEnum";
  readonly name: string;
  readonly was?: readonly string[];
}
export interface AddEnumValue extends InSchema {
  readonly kind: "addEnumValue";
  readonly name: string;
  readonly value: string;
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}
export interface RenameEnumValue extends InSchema {
  readonly kind: "renameEnumValue";
  readonly name: string;
  readonly value: string;
  readonly newValue: string;
}
export interface EnumColumn extends OnTable {
  readonly column: string;
  readonly array?: boolean;
  /** The default that the column has after the change; `null`: none; absent: it has none before either. */
  readonly default?: ColumnDefault | null;
  /** The one before, which makes the change reversible. */
  readonly existingDefault?: ColumnDefault | null;
}
export interface ReplaceEnum extends InSchema {
  readonly kind: "replaceEnum";
  readonly name: string;
  readonly values: readonly string[];
  /** Pairs of old and new value; a value that is not named stays as it is. */
  readonly mapping: readonly (readonly [from: string, to: string])[];
  /** Every column of this type. */
  readonly columns: readonly EnumColumn[];
  readonly was?: readonly string[];
}
export interface CreateDomain extends InSchema, DomainDefinition {
  readonly kind: "createDomain";
  readonly name: string;
}
export interface DropDomain extends InSchema, Dropping {
  readonly kind: "dropDomain";
  readonly name: string;
  readonly was?: DomainDefinition;
}
export type TypeOperation =
  CreateEnum | DropEnum | AddEnumValue | RenameEnumValue | ReplaceEnum | CreateDomain | DropDomain;

export interface CreateView extends InSchema, ViewDefinition {
  readonly kind: "createView";
  readonly name: string;
}
export interface ReplaceView extends InSchema, ViewDefinition {
  readonly kind: "replaceView";
  readonly name: string;
  readonly was?: ViewDefinition;
}
export interface DropView extends InSchema, Dropping {
  readonly kind: "dropView";
  readonly name: string;
  readonly was?: ViewDefinition;
}
export interface CreateMaterializedView extends InSchema, MaterializedViewDefinition {
  readonly kind: "createMaterializedView";
  readonly name: string;
  readonly ifNotExists?: boolean;
}
export interface DropMaterializedView extends InSchema, Dropping {
  readonly kind: "dropMaterializedView";
  readonly name: string;
  readonly was?: MaterializedViewDefinition;
}
export interface RefreshMaterializedView extends InSchema {
  readonly kind: "refreshMaterializedView";
  readonly name: string;
  readonly concurrently?: boolean;
  readonly withData?: boolean;
}
export type ViewOperation =
  | CreateView
  | ReplaceView
  | DropView
  | CreateMaterializedView
  | DropMaterializedView
  | RefreshMaterializedView;

export interface SequenceOwner extends OnTable {
  readonly column: string;
}
export interface CreateSequence extends InSchema, SequenceDefinition {
  readonly kind: "createSequence";
  readonly name: string;
  readonly ownedBy?: SequenceOwner;
  readonly ifNotExists?: boolean;
}
export interface AlterSequence extends InSchema, SequenceDefinition {
  readonly kind: "alterSequence";
  readonly name: string;
  /** `null`: OWNED BY NONE */
  readonly ownedBy?: SequenceOwner | null;
  /** `true`: RESTART at the start value. */
  readonly restart?: number | string | true;
  readonly was?: SequenceDefinition;
}
export interface DropSequence extends InSchema, Dropping {
  readonly kind: "dropSequence";
  readonly name: string;
  readonly was?: SequenceDefinition & { readonly ownedBy?: SequenceOwner };
}
export type SequenceOperation = CreateSequence | AlterSequence | DropSequence;

export interface CreateFunction extends InSchema, FunctionDefinition {
  readonly kind: "createFunction";
  readonly name: string;
  /** As declared, without parentheses: `amount numeric, rate numeric DEFAULT 1`. */
  readonly arguments: string;
  readonly procedure?: boolean;
  readonly orReplace?: boolean;
  /** What `orReplace` replaced. */
  readonly was?: FunctionDefinition;
}
export interface DropFunction extends InSchema, Dropping {
  readonly kind: "dropFunction";
  readonly name: string;
  readonly arguments: string;
  readonly procedure?: boolean;
  readonly was?: FunctionDefinition;
}
export interface CreateTrigger extends OnTable, TriggerDefinition {
  readonly kind: "createTrigger";
  readonly name: string;
  readonly orReplace?: boolean;
}
export interface DropTrigger extends OnTable, Dropping {
  readonly kind: "dropTrigger";
  readonly name: string;
  readonly was?: TriggerDefinition;
}
export type RoutineOperation = CreateFunction | DropFunction | CreateTrigger | DropTrigger;

export interface EnableRowLevelSecurity extends OnTable {
  readonly kind: "enableRowLevelSecurity";
  /** Also for the owner of the table. */
  readonly force?: boolean;
}
export interface DisableRowLevelSecurity extends OnTable {
  readonly kind: "disableRowLevelSecurity";
  /** Also takes back FORCE. */
  readonly force?: boolean;
}
export interface CreatePolicy extends OnTable, PolicyDefinition {
  readonly kind: "createPolicy";
  readonly name: string;
}
export interface DropPolicy extends OnTable, Dropping {
  readonly kind: "dropPolicy";
  readonly name: string;
  readonly was?: PolicyDefinition;
}
export type PolicyOperation = EnableRowLevelSecurity | DisableRowLevelSecurity | CreatePolicy | DropPolicy;

export interface CreateSchema {
  readonly kind: "createSchema";
  readonly name: string;
  readonly authorization?: string;
  readonly ifNotExists?: boolean;
}
export interface DropSchema extends Dropping {
  readonly kind: "dropSchema";
  readonly name: string;
}
export interface CreateExtension extends InSchema {
  readonly kind: "createExtension";
  readonly name: string;
  readonly version?: string;
  readonly ifNotExists?: boolean;
  readonly cascade?: boolean;
}
export interface DropExtension extends Dropping {
  readonly kind: "dropExtension";
  readonly name: string;
}
/** What has a name of its own beside tables, columns and constraints. */
export type NamedObject = "index" | "view" | "materialized view" | "sequence" | "type" | "domain" | "schema";
export interface RenameObject extends InSchema {
  readonly kind: "renameObject";
  readonly object: NamedObject;
  readonly name: string;
  readonly newName: string;
}
export type MovableObject =
  "table" | "view" | "materialized view" | "sequence" | "type" | "domain" | "extension";
export interface SetSchema extends InSchema {
  readonly kind: "setSchema";
  readonly object: MovableObject;
  readonly name: string;
  readonly newSchema: string;
}
export type SchemaOperation =
  CreateSchema | DropSchema | CreateExtension | DropExtension | RenameObject | SetSchema;

/** An operation that a project registered; it runs as the operations that its implementation calls. */
export interface CustomOperation {
  readonly kind: "custom";
  readonly name: string;
  readonly arguments: readonly JsonValue[];
}
