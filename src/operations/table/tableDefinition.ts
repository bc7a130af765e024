import type { DefaultArgument } from "../arguments";
import type { ColumnDefinition, ColumnOptions, NamedColumnOptions } from "../column/columnDefinition";
import type {
  CheckOptions,
  ConstraintDefinition,
  ExcludeOptions,
  ForeignKeyOptions,
  PrimaryKeyOptions,
  UniqueOptions,
} from "../constraint/constraintDefinition";
import type { LiteralDefault, StorageParameters } from "../definitions";
import type { SqlFragment } from "../sqlFragment";

export type { JsonValue } from "../jsonValue";

export interface PartitionByDefinition {
  readonly strategy: "range" | "list" | "hash";
  readonly columns: readonly (string | SqlFragment)[];
}

export type PartitionBoundValue = LiteralDefault | SqlFragment;

export type PartitionBounds =
  | {
      readonly kind: "range";
      readonly from: readonly PartitionBoundValue[];
      readonly to: readonly PartitionBoundValue[];
    }
  | { readonly kind: "list"; readonly values: readonly PartitionBoundValue[] }
  | { readonly kind: "hash"; readonly modulus: number; readonly remainder: number }
  | { readonly kind: "default" };

/** A table without its indexes, which are separate operations. */
export interface TableDefinition {
  readonly columns: readonly ColumnDefinition[];
  /** In the order primary key, unique, check, foreign key, exclude. */
  readonly constraints: readonly ConstraintDefinition[];
  readonly comment?: string;
  readonly unlogged?: boolean;
  readonly temporary?: boolean;
  readonly inherits?: readonly string[];
  readonly partitionBy?: PartitionByDefinition;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
}

export interface PartitionByOptions {
  readonly strategy: "range" | "list" | "hash";
  readonly columns: readonly (string | SqlFragment)[];
}

type BoundValue = DefaultArgument;

/** `{ from: ["2025-01-01"], to: ["2026-01-01"] }`, `{ in: ["a", "b"] }`, `{ modulus: 4, remainder: 0 }`, `"default"`. */
export type PartitionBoundsArgument =
  | "default"
  | { readonly from: readonly BoundValue[]; readonly to: readonly BoundValue[] }
  | { readonly in: readonly BoundValue[] }
  | { readonly modulus: number; readonly remainder: number };

export interface TableStructure {
  /**
   * The columns by name, in order. JavaScript moves keys that look like numbers to the front: for such names, give an
   * array of `{ name, type, … }`.
   */
  readonly columns: Readonly<Record<string, ColumnOptions>> | readonly NamedColumnOptions[];
  /** The columns of the primary key, or an object that also names it. */
  readonly primaryKey?: readonly string[] | PrimaryKeyOptions;
  readonly uniques?: readonly UniqueOptions[];
  readonly checks?: readonly CheckOptions[];
  readonly foreignKeys?: readonly ForeignKeyOptions[];
  readonly excludes?: readonly ExcludeOptions[];
  readonly comment?: string;
  readonly unlogged?: boolean;
  readonly temporary?: boolean;
  readonly inherits?: readonly string[];
  readonly partitionBy?: PartitionByOptions;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
}
