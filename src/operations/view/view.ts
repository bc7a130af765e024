import type { DropOptions, SchemaOption, SqlText } from "../arguments";
import type { StorageParameters } from "../definitions";
import type { SqlFragment } from "../sqlFragment";
import type { Dropping, InSchema } from "../target";

export type { JsonValue } from "../jsonValue";

export interface ViewDefinition {
  readonly query: SqlFragment;
  readonly columns?: readonly string[];
  readonly with?: StorageParameters;
  readonly checkOption?: "local" | "cascaded";
}

export interface MaterializedViewDefinition {
  readonly query: SqlFragment;
  readonly columns?: readonly string[];
  readonly using?: string;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  readonly withData?: boolean;
}

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

export interface ViewOptions {
  readonly columns?: readonly string[];
  /** `{ security_invoker: true }` and the like. */
  readonly with?: StorageParameters;
  readonly checkOption?: "local" | "cascaded";
}

export interface MaterializedViewOptions {
  readonly columns?: readonly string[];
  readonly using?: string;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  /** `false`: created empty, and not readable until it is refreshed. */
  readonly withData?: boolean;
}

/** Views. A `was` option is the previous definition, which tools use to write the inverse. */
export interface ViewOperations {
  /**
   * Creates a view.
   *
   * @param query the SELECT
   * @example await op.createView("active_users", sql`SELECT * FROM users WHERE status = 'active'`);
   */
  createView(name: string, query: SqlText, options?: ViewOptions & SchemaOption): Promise<void>;

  /**
   * Creates a view or replaces its query. PostgreSQL requires that the existing columns stay, in the same order.
   *
   * @example await op.replaceView("active_users", sql`SELECT * FROM users WHERE active`);
   */
  replaceView(
    name: string,
    query: SqlText,
    options?: ViewOptions & SchemaOption & { readonly was?: ViewOptions & { readonly query: SqlText } },
  ): Promise<void>;

  /**
   * Drops a view.
   *
   * @example await op.dropView("active_users", { ifExists: true });
   */
  dropView(
    name: string,
    options?: DropOptions & { readonly was?: ViewOptions & { readonly query: SqlText } },
  ): Promise<void>;

  /**
   * Renames a view.
   *
   * @example await op.renameView("active_users", "current_users");
   */
  renameView(oldName: string, newName: string, options?: SchemaOption): Promise<void>;

  /**
   * Creates a materialized view. Create its indexes with `createIndex`.
   *
   * @example await op.createMaterializedView("totals", sql`SELECT sum(amount) AS total FROM orders`);
   */
  createMaterializedView(
    name: string,
    query: SqlText,
    options?: MaterializedViewOptions & SchemaOption & { readonly ifNotExists?: boolean },
  ): Promise<void>;

  /**
   * Drops a materialized view.
   *
   * @example await op.dropMaterializedView("totals");
   */
  dropMaterializedView(
    name: string,
    options?: DropOptions & { readonly was?: MaterializedViewOptions & { readonly query: SqlText } },
  ): Promise<void>;

  /**
   * Refreshes a materialized view. `concurrently` does not block readers and needs a unique index.
   *
   * @example await op.refreshMaterializedView("totals", { concurrently: true });
   */
  refreshMaterializedView(
    name: string,
    options?: SchemaOption & { readonly concurrently?: boolean; readonly withData?: boolean },
  ): Promise<void>;

  /**
   * Renames a materialized view.
   *
   * @example await op.renameMaterializedView("totals", "order_totals");
   */
  renameMaterializedView(oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}
