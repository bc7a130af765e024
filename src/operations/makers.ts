import type { DefaultArgument, DropOptions } from "./arguments";
import type { ColumnDefault } from "./definitions";
import type { NamingConvention } from "./namingConvention";
import type { Operation } from "./operation";
import { OperationError } from "./operationError";
import type { CustomOperations, OperationControls, Operations } from "./operations";
import { flag, present } from "./sparse";
import { isSqlFragment, toJsonValue } from "./sqlFragment";

/** The methods of `op` that each make one operation. */
export type MakerName = Exclude<Exclude<keyof Operations, keyof OperationControls>, keyof CustomOperations>;

/** For methods of `op`: the same arguments, giving the record. */
export type Makers<Name extends MakerName> = {
  readonly [Key in Name]: (...input: Parameters<Operations[Key]>) => Operation;
};

/** What the making of records needs from the project. */
export interface MakeContext {
  readonly namingConvention: NamingConvention | undefined;
}

/** The `ifExists`, `cascade` and `schema` of a drop, as records have them. */
export function dropFlags(options: DropOptions): { schema?: string; ifExists?: true; cascade?: true } {
  return present<{ schema?: string; ifExists?: true; cascade?: true }>({
    schema: options.schema,
    ifExists: flag(options.ifExists),
    cascade: flag(options.cascade),
  });
}

/** @throws OperationError `missing-name` where there is none */
export function requireName(name: string | undefined): string {
  if (name === undefined || name === "") {
    throw new OperationError("missing-name", "Name what is dropped or validated.");
  }
  return name;
}

/** A default as a record keeps it; `null` (no default) and `undefined` (not said) stay apart. */
export function makeDefault<Missing extends null | undefined>(
  value: Exclude<DefaultArgument, null> | Missing,
): ColumnDefault | Missing {
  if (value === null || value === undefined) {
    return value;
  }
  return isSqlFragment(value) ? value : { kind: "literal", value: toJsonValue(value) };
}
