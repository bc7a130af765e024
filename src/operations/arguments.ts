import type { SqlFragment } from "./sqlFragment";

/** A name that a naming convention leaves alone: what `op.f(name)` gives. */
export interface FinalName {
  readonly kind: "finalName";
  readonly name: string;
}

/** The name of a constraint or an index. A plain string goes through the naming convention, if one is configured. */
export type ConstraintName = string | FinalName;

/** SQL text: a string or sql`…`, taken as it stands. */
export type SqlText = string | SqlFragment;

/** A literal (quoted as the type of the column requires), or sql`…` for an expression. */
export type DefaultArgument =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly unknown[]
  | { readonly [key: string]: unknown }
  | SqlFragment;

export type IntegerArgument = number | bigint | string;

export interface SchemaOption {
  /** The schema. Default: the first schema of the search path. */
  readonly schema?: string;
}

export interface DropOptions extends SchemaOption {
  /** Does nothing if it does not exist. */
  readonly ifExists?: boolean;
  /** Also drops what depends on it. */
  readonly cascade?: boolean;
}
