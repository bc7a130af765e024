import type { DropOptions, SchemaOption, SqlText } from "../arguments";
import type { SqlFragment } from "../sqlFragment";
import type { Dropping, InSchema, OnTable } from "../target";

export type { JsonValue } from "../jsonValue";

export interface FunctionDefinition {
  /** All that follows the argument list: `RETURNS trigger LANGUAGE plpgsql AS $$ … $$`. */
  readonly definition: SqlFragment;
}

export interface TriggerDefinition {
  /** Between the name and ON: `BEFORE UPDATE OF email`. */
  readonly event: SqlFragment;
  /** After the table: `FOR EACH ROW EXECUTE FUNCTION touch()`. */
  readonly action: SqlFragment;
  readonly constraint?: boolean;
}

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
  /** Makes it a constraint trigger, which can be deferred. */
  readonly constraint?: boolean;
}

/** Functions, procedures and triggers. A `was` option is the previous definition, which tools use to write the inverse. */
export interface RoutineOperations {
  /**
   * Creates a function or a procedure.
   *
   * @param definition everything that follows the arguments
   * @param options `arguments`, `procedure`; `orReplace`: replaces one with the same arguments
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
   * @param options `arguments` distinguish it from others of the same name
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
}
