import type { SequenceDefinition } from "../definitions";
import type { Dropping, InSchema, OnTable } from "./target";

export interface SequenceOwner extends OnTable {
  readonly column: string;
}

export interface CreateSequence extends InSchema, SequenceDefinition {
  readonly kind: "createSequence";
  readonly name: string;
  readonly ownedBy?: SequenceOwner;
  readonly ifNotExists?: boolean;
}

export interface AlterSequence extends InSchema, SequenceDefinition {
  readonly kind: "alterSequence";
  readonly name: string;
  /** `null`: OWNED BY NONE */
  readonly ownedBy?: SequenceOwner | null;
  /** `true`: RESTART at the start value. */
  readonly restart?: number | string | true;
  readonly was?: SequenceDefinition;
}

export interface DropSequence extends InSchema, Dropping {
  readonly kind: "dropSequence";
  readonly name: string;
  readonly was?: SequenceDefinition & { readonly ownedBy?: SequenceOwner };
}

export type SequenceOperation = CreateSequence | AlterSequence | DropSequence;
