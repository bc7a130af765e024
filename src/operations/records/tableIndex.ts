import type { IndexDefinition } from "../definitions";
import type { Dropping, InSchema, OnTable } from "./target";

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
