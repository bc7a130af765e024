import type { JsonValue } from "./jsonValue";
import type { SqlFragment } from "./sqlFragment";

export type { JsonValue } from "./jsonValue";

/** A whole number: those beyond 2^53 are strings of digits. */
export type IntegerValue = number | string;

/** A default that is a value. An array is written as the column's type asks: PostgreSQL array or JSON. */
export interface LiteralDefault {
  readonly kind: "literal";
  readonly value: JsonValue;
}

export type ColumnDefault = LiteralDefault | SqlFragment;

/** Storage parameters of `WITH (…)`. */
export type StorageParameters = Readonly<Record<string, string | number | boolean>>;
