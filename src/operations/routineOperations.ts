import type { DropOptions, SchemaOption, SqlText } from "./arguments";

export interface RoutineIdentity {
  /** The arguments as they are declared, without parentheses: `"amount numeric, rate numeric DEFAULT 1"`. */
  readonly arguments?: string;
  readonly procedure?: boolean;
}

export interface TriggerOptions {
  /** When it fires: `"BEFORE UPDATE OF email"`. */
  readonly event: SqlText;
  /** What it does: `"FOR EACH ROW EXECUTE FUNCTION touch()"`, also with `WHEN (…)`. */
  readonly action: SqlText;
  /** A constraint trigger, which may be deferred. */
  readonly constraint?: boolean;
}

export interface PolicyOptions {
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  /** Roles; `"public"`, `"current_user"` and `"session_user"` are the keywords. */
  readonly to?: readonly string[];
  /** Which rows are seen. */
  readonly using?: SqlText;
  /** Which rows may be written. */
  readonly withCheck?: SqlText;
}

/** Functions, triggers and policies. A `was` option is what it was before; it lets tools write the way back. */
export interface RoutineOperations {
  /**
   * Creates a function or a procedure.
   *
   * @param definition all that follows the arguments
   * @param options `arguments`, `procedure`; `orReplace`: replace one with the same arguments
   * @example
   * await op.createFunction(
   *   "touch",
   *   sql`RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$`,
   * );
   */
  createFunction(
    name: string,
    definition: SqlText,
    options?: RoutineIdentity & SchemaOption & { readonly orReplace?: boolean; readonly was?: SqlText },
  ): Promise<void>;

  /**
   * Drops a function or a procedure.
   *
   * @param options `arguments` tells it from others of its name
   * @example await op.dropFunction("touch", { ifExists: true });
   */
  dropFunction(
    name: string,
    options?: RoutineIdentity & DropOptions & { readonly was?: SqlText },
  ): Promise<void>;

  /**
   * Creates a trigger.
   *
   * @example
   * await op.createTrigger("users_touch", "users", {
   *   event: "BEFORE UPDATE",
   *   action: "FOR EACH ROW EXECUTE FUNCTION touch()",
   * });
   */
  createTrigger(
    name: string,
    table: string,
    definition: TriggerOptions & SchemaOption & { readonly orReplace?: boolean },
  ): Promise<void>;

  /**
   * Drops a trigger.
   *
   * @example await op.dropTrigger("users_touch", "users");
   */
  dropTrigger(
    name: string,
    table: string,
    options?: DropOptions & { readonly was?: TriggerOptions },
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
