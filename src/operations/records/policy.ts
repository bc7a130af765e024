import type { PolicyDefinition } from "../definitions";
import type { Dropping, OnTable } from "./target";

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
