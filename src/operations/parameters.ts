import type { ArgumentKind } from "./argumentKinds";
import type { MakerName } from "./makers";
import type { OperationControls, Operations } from "./operations";

/** The name of a parameter, with `?` where it may be left out, and what it takes. */
export type Parameter = readonly [name: string, kind: ArgumentKind];

/** As many parameters as the method has. */
type Signature<Input extends readonly unknown[]> = { readonly [Index in keyof Input]: Parameter };

/** For methods of `op`: what they take. */
export type Signatures<Name extends MakerName | keyof OperationControls> = {
  readonly [Key in Name]: Signature<Required<Parameters<Operations[Key]>>>;
};

/** Parameters that many methods have. */
export const given = {
  name: ["name", "text"],
  constraintName: ["name", "nameOrNull"],
  table: ["table", "text"],
  column: ["column", "text"],
  oldName: ["oldName", "text"],
  newName: ["newName", "text"],
  columns: ["columns", "names"],
  definition: ["definition", "object"],
  options: ["options?", "object"],
} as const;
