import type { SqlText } from "../arguments";
import type { StorageParameters } from "../definitions";
import type { SqlFragment } from "../sqlFragment";

export type { JsonValue } from "../jsonValue";

/**
 * One element of an index. An `expression` gets parentheses and the options after them; `sql` stands in the
 * index as it is written (`lower(email)`, `b DESC NULLS LAST`).
 */
export type IndexElement =
  | ({ readonly kind: "column"; readonly name: string } & IndexElementOptions)
  | ({ readonly kind: "expression"; readonly expression: SqlFragment } & IndexElementOptions)
  | SqlFragment;

export interface IndexDefinition {
  readonly name: string;
  readonly columns: readonly IndexElement[];
  readonly unique?: boolean;
  readonly using?: string;
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  readonly where?: SqlFragment;
}

export interface IndexElementOptions {
  readonly collation?: string;
  readonly opclass?: string;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

/** A column name, an sql`…` expression, or either with its order and operator class. */
export type IndexElementArgument =
  | string
  | SqlFragment
  | ({ readonly column: string } & IndexElementOptions)
  | ({ readonly expression: SqlText } & IndexElementOptions);

export interface IndexOptions {
  readonly unique?: boolean;
  /** The method: `"btree"`, `"gin"`, `"gist"`, `"hash"`, `"brin"`, … */
  readonly using?: string;
  /** Columns to store in the index besides its keys (INCLUDE). */
  readonly include?: readonly string[];
  /** NULLS NOT DISTINCT: two NULLs count as equal (PostgreSQL 15). */
  readonly nullsNotDistinct?: boolean;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  /** The condition of a partial index. */
  readonly where?: SqlText;
}
