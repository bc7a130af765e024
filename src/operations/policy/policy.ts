import type { DropOptions, SchemaOption, SqlText } from "../arguments";
import type { SqlFragment } from "../sqlFragment";
import type { Dropping, OnTable } from "../target";

export type { JsonValue } from "../jsonValue";

export interface PolicyDefinition {
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  /** Role names; `public`, `current_user`, `current_role` and `session_user` are the keywords. */
  readonly to?: readonly string[];
  readonly using?: SqlFragment;
  readonly withCheck?: SqlFragment;
}

export interface EnableRowLevelSecurity extends OnTable {
  readonly kind: "enableRowLevelSecurity";
  /** Also for the owner of the table. */
  readonly force?: boolean;
}

export interface DisableRowLevelSecurity extends OnTable {
  readonly kind: "disableRowLevelSecurity";
  /** Also removes FORCE. */
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

export interface PolicyOptions {
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  /** Roles; `"public"`, `"current_user"` and `"session_user"` are the keywords. */
  readonly to?: readonly string[];
  /** The condition for rows that can be read. */
  readonly using?: SqlText;
  /** The condition for rows that can be written. */
  readonly withCheck?: SqlText;
}

/** Row level security. A `was` option is the previous definition, which tools use to write the inverse. */
export interface PolicyOperations {
  /**
   * Turns row level security on: everybody but the owner sees rows only through policies (with `force`, the owner too).
   *
   * @example await op.enableRowLevelSecurity("documents", { force: true });
   */
  enableRowLevelSecurity(table: string, options?: SchemaOption & { readonly force?: boolean }): Promise<void>;

  /**
   * Turns row level security off; `force` also removes FORCE.
   *
   * @example await op.disableRowLevelSecurity("documents");
   */
  disableRowLevelSecurity(
    table: string,
    options?: SchemaOption & { readonly force?: boolean },
  ): Promise<void>;

  /**
   * Creates a policy of row level security.
   *
   * @example
   * await op.createPolicy("own_documents", "documents", {
   *   using: sql`owner_id = current_setting('app.user')::uuid`,
   * });
   */
  createPolicy(name: string, table: string, definition?: PolicyOptions & SchemaOption): Promise<void>;

  /**
   * Drops a policy.
   *
   * @example await op.dropPolicy("own_documents", "documents");
   */
  dropPolicy(
    name: string,
    table: string,
    options?: DropOptions & { readonly was?: PolicyOptions },
  ): Promise<void>;
}
