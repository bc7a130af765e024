import type { NamingConvention } from "./namingConvention";
import type { Operation } from "./operation";
import type { OperationCall } from "./printing/printedCall";

/** What the program knows of one kind of operation, beside its SQL. */
export interface OperationKind<Record extends { readonly kind: string }> {
  /**
   * The operation that takes this one back.
   *
   * @param invert the same for an operation inside this one
   * @returns undefined where there is no exact way back
   */
  invert(operation: Record, invert: Invert): Operation | undefined;
  /** The calls of `op` that may make it, the most natural first. */
  calls(operation: Record, convention: NamingConvention | undefined): readonly OperationCall[];
  /** What it is about, for a list: `users.email_verified`. */
  subject(operation: Record): string;
}

export type Invert = (operation: Operation) => Operation | undefined;

/** One entry for each kind of a union, so that the compiler names the one that is missing. */
export type KindTable<Union extends { readonly kind: string }> = {
  readonly [Kind in Union["kind"]]: OperationKind<Extract<Union, { readonly kind: Kind }>>;
};

/** `schema.table`, or the table alone where it names no schema. */
export function tableSubject({
  schema,
  table,
}: {
  readonly schema?: string | undefined;
  readonly table: string;
}): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

/** `schema.name`, or the name alone where it names no schema. */
export function namedSubject({
  schema,
  name,
}: {
  readonly schema?: string | undefined;
  readonly name: string;
}): string {
  return schema === undefined ? name : `${schema}.${name}`;
}
