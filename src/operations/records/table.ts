import type { ConstraintDefinition, IndexDefinition, PartitionBounds, TableDefinition } from "../definitions";
import type { NamingConvention } from "../namingConvention";
import type { AlterationOperation } from "./alteration";
import type { Dropping, OnTable } from "./target";

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
