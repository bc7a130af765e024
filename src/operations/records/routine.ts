import type { FunctionDefinition, TriggerDefinition } from "../definitions";
import type { Dropping, InSchema, OnTable } from "./target";

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
