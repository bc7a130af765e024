import type { DropOptions, SchemaOption } from "../arguments";
import type { Dropping, OnTable } from "../target";
import type {
  PartitionBounds,
  PartitionBoundsArgument,
  TableDefinition,
  TableStructure,
} from "./tableDefinition";

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

/** A partition that a split makes, or that a merge has taken. */
export interface BoundPartition {
  readonly partition: string;
  readonly bounds: PartitionBounds;
}

export interface MergePartitions extends OnTable {
  readonly kind: "mergePartitions";
  readonly partitions: readonly string[];
  readonly into: string;
  readonly partitionSchema?: string;
  /** What each of them held, which makes this reversible. */
  readonly was?: readonly BoundPartition[];
}

export interface SplitPartition extends OnTable {
  readonly kind: "splitPartition";
  readonly partition: string;
  readonly into: readonly BoundPartition[];
  readonly partitionSchema?: string;
}

export interface Repack extends OnTable {
  readonly kind: "repack";
  /** The index in whose order the rows are written; `true` for the one of the last time. */
  readonly usingIndex?: string | true;
  readonly concurrently?: boolean;
  readonly analyze?: boolean;
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

export type TableOperation =
  | CreateTable
  | DropTable
  | RenameTable
  | CreateTableComment
  | DropTableComment
  | CreatePartition
  | AttachPartition
  | DetachPartition
  | MergePartitions
  | SplitPartition
  | Repack;

export interface CreateTableOptions extends TableStructure, SchemaOption {
  /** Does nothing if a table of this name exists, whatever its columns. */
  readonly ifNotExists?: boolean;
}

export interface DropTableOptions extends DropOptions {
  /** The definition of the table. The drop does not use it; tools use it to write the inverse. */
  readonly was?: TableStructure;
}

export interface PartitionOptions extends SchemaOption {
  /** The schema of the partition, or for `createPartition` the schema of the parent. Default: `schema`. */
  readonly partitionSchema?: string;
}

export interface RepackOptions extends SchemaOption {
  /** Writes the rows in the order of this index; `true`: of the index that the table was last clustered by. */
  readonly usingIndex?: string | true;
  /**
   * Keeps the table readable and writable except for a short moment at the end. It runs outside a transaction, and needs a primary key or
   * a replica identity index.
   */
  readonly concurrently?: boolean;
  /** Also collects statistics. It runs outside a transaction. */
  readonly analyze?: boolean;
}

/** Tables as a whole. */
export interface TableOperations {
  /**
   * Creates a table. Create its indexes afterwards, with `createIndex`.
   *
   * @param table the name, without the schema
   * @throws OperationError if a column is given twice or contradicts itself
   * @example
   * await op.createTable("user_profiles", {
   *   columns: {
   *     id: { type: "uuid", primaryKey: true },
   *     user_id: { type: "uuid", nullable: false },
   *     skills: { type: "varchar(50)[]" },
   *     created_at: { type: "timestamptz", nullable: false, default: sql`now()` },
   *   },
   *   foreignKeys: [
   *     { columns: ["user_id"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
   *   ],
   *   uniques: [{ name: "uq_user_profiles_user_id", columns: ["user_id"] }],
   * });
   */
  createTable(table: string, options: CreateTableOptions): Promise<void>;

  /**
   * Drops a table with its data, indexes and constraints.
   *
   * @example await op.dropTable("user_profiles");
   */
  dropTable(table: string, options?: DropTableOptions): Promise<void>;

  /**
   * Renames a table within its schema. The names of its indexes, constraints and sequences do not change.
   *
   * @example await op.renameTable("person", "people");
   */
  renameTable(oldName: string, newName: string, options?: SchemaOption): Promise<void>;

  /**
   * Sets the comment of a table.
   *
   * @param options `existingComment`: the comment before, which tools use to write the inverse; `null` for none
   * @example await op.createTableComment("users", "People who can log in");
   */
  createTableComment(
    table: string,
    comment: string,
    options?: SchemaOption & { readonly existingComment?: string | null },
  ): Promise<void>;

  /**
   * Removes the comment of a table.
   *
   * @example await op.dropTableComment("users", { existingComment: "People who can log in" });
   */
  dropTableComment(
    table: string,
    options?: SchemaOption & { readonly existingComment?: string | null },
  ): Promise<void>;

  /**
   * Creates a partition of a partitioned table (`partitionBy` of `createTable`).
   *
   * @param bounds `{ from, to }`, `{ in }`, `{ modulus, remainder }` or `"default"`; sql`MINVALUE` for no limit
   * @param options `schema` of the partition; `parentSchema` if the parent is in another schema
   * @example await op.createPartition("events_2025", "events", { from: ["2025-01-01"], to: ["2026-01-01"] });
   */
  createPartition(
    partition: string,
    parent: string,
    bounds: PartitionBoundsArgument,
    options?: SchemaOption & { readonly parentSchema?: string; readonly ifNotExists?: boolean },
  ): Promise<void>;

  /**
   * Makes an existing table a partition of another.
   *
   * @example await op.attachPartition("events", "events_2024", { from: ["2024-01-01"], to: ["2025-01-01"] });
   */
  attachPartition(
    table: string,
    partition: string,
    bounds: PartitionBoundsArgument,
    options?: PartitionOptions,
  ): Promise<void>;

  /**
   * Turns a partition into a separate table again. `concurrently` runs outside a transaction.
   *
   * @example await op.detachPartition("events", "events_2019", { concurrently: true });
   */
  detachPartition(
    table: string,
    partition: string,
    options?: PartitionOptions & { readonly concurrently?: boolean; readonly was?: PartitionBoundsArgument },
  ): Promise<void>;

  /**
   * Merges several partitions into one, with their rows. It needs PostgreSQL 19, and nobody can read or write the partitioned table
   * until it is done.
   *
   * @param into the name of the partition that takes the rows; it may be the name of one of the merged partitions
   * @param options `was`: the bounds of each partition, which tools use to write the inverse
   * @example await op.mergePartitions("events", ["events_2023", "events_2024"], "events_old");
   */
  mergePartitions(
    table: string,
    partitions: readonly string[],
    into: string,
    options?: PartitionOptions & { readonly was?: Readonly<Record<string, PartitionBoundsArgument>> },
  ): Promise<void>;

  /**
   * Splits a partition into several, and moves its rows to them. It needs PostgreSQL 19, and nobody can read or write the partitioned
   * table until it is done.
   *
   * @param into the new partitions, which together hold exactly what the old one held
   * @example
   * await op.splitPartition("events", "events_2025", {
   *   events_2025_h1: { from: ["2025-01-01"], to: ["2025-07-01"] },
   *   events_2025_h2: { from: ["2025-07-01"], to: ["2026-01-01"] },
   * });
   */
  splitPartition(
    table: string,
    partition: string,
    into: Readonly<Record<string, PartitionBoundsArgument>>,
    options?: PartitionOptions,
  ): Promise<void>;

  /**
   * Rewrites a table and its indexes, which frees the space of deleted rows. It needs PostgreSQL 19. Without `concurrently`, nobody
   * can read or write the table until it is done.
   *
   * @example await op.repack("events", { usingIndex: "ix_events_created_at", concurrently: true });
   */
  repack(table: string, options?: RepackOptions): Promise<void>;
}
