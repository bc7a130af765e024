import type { ConstraintName, DropOptions, SchemaOption } from "../arguments";
import type { Dropping, InSchema, OnTable } from "../target";
import type { IndexDefinition, IndexElementArgument, IndexOptions } from "./indexDefinition";

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

export type IndexOperation = CreateIndex | DropIndex;

export interface CreateIndexOptions extends IndexOptions, SchemaOption {
  /** Builds the index without blocking writes; runs outside a transaction. */
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
}

export interface DropIndexOptions extends DropOptions {
  readonly concurrently?: boolean;
  /** The definition of the index. The drop does not use it; tools use it to write the inverse. */
  readonly was?: IndexOptions & { readonly columns: readonly IndexElementArgument[] };
}

/** Indexes. */
export interface IndexOperations {
  /**
   * Creates an index.
   *
   * @param name `null` for the name of the naming convention: `ix_<table>_<first column>` unless configured otherwise
   * @param columns names, sql`…` expressions, or `{ column, order, nulls, opclass, collation }`
   * @throws OperationError if there is no name and no convention for one
   * @example
   * await op.createIndex("idx_users_org_status", "users", ["organization_id", "status"]);
   * await op.createIndex("idx_users_active", "users", ["organization_id"], { where: sql`status = 'active'` });
   * await op.createIndex("idx_content_search", "content", ["search_vector"], { using: "gin", concurrently: true });
   * await op.createIndex("idx_users_email", "users", [sql`lower(email)`], { unique: true });
   */
  createIndex(
    name: ConstraintName | null,
    table: string,
    columns: readonly IndexElementArgument[],
    options?: CreateIndexOptions,
  ): Promise<void>;

  /**
   * Drops an index.
   *
   * @param table for readers and tools; PostgreSQL identifies an index by its schema and name
   * @example await op.dropIndex("idx_users_active", "users");
   */
  dropIndex(name: ConstraintName, table?: string, options?: DropIndexOptions): Promise<void>;

  /**
   * Renames an index.
   *
   * @example await op.renameIndex("ix_old", "ix_new");
   */
  renameIndex(oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}
