import type { ColumnDefault, DomainDefinition } from "../definitions";
import type { Dropping, InSchema, OnTable } from "./target";

export interface CreateEnum extends InSchema {
  readonly kind: "createEnum";
  readonly name: string;
  readonly values: readonly string[];
  readonly ifNotExists?: boolean;
}

export interface DropEnum extends InSchema, Dropping {
  readonly kind: "dropEnum";
  readonly name: string;
  readonly was?: readonly string[];
}

export interface AddEnumValue extends InSchema {
  readonly kind: "addEnumValue";
  readonly name: string;
  readonly value: string;
  readonly before?: string;
  readonly after?: string;
  readonly ifNotExists?: boolean;
}

export interface RenameEnumValue extends InSchema {
  readonly kind: "renameEnumValue";
  readonly name: string;
  readonly value: string;
  readonly newValue: string;
}

export interface EnumColumn extends OnTable {
  readonly column: string;
  readonly array?: boolean;
  /** The default that the column has after the change; `null`: none; absent: it has none before either. */
  readonly default?: ColumnDefault | null;
  /** The one before, which makes the change reversible. */
  readonly existingDefault?: ColumnDefault | null;
}

export interface ReplaceEnum extends InSchema {
  readonly kind: "replaceEnum";
  readonly name: string;
  readonly values: readonly string[];
  /** Pairs of old and new value; a value that is not named stays as it is. */
  readonly mapping: readonly (readonly [from: string, to: string])[];
  /** Every column of this type. */
  readonly columns: readonly EnumColumn[];
  readonly was?: readonly string[];
}

export interface CreateDomain extends InSchema, DomainDefinition {
  readonly kind: "createDomain";
  readonly name: string;
}

export interface DropDomain extends InSchema, Dropping {
  readonly kind: "dropDomain";
  readonly name: string;
  readonly was?: DomainDefinition;
}

export type TypeOperation =
  CreateEnum | DropEnum | AddEnumValue | RenameEnumValue | ReplaceEnum | CreateDomain | DropDomain;
