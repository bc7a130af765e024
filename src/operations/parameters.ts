import type { ArgumentKind } from "./argumentKinds";
import type { MakerName } from "./makers";
import { schemaKeys, type AnyOptionKeys, type OptionKeys } from "./optionKeys";
import type { OperationControls, Operations } from "./operations";

/** The name of a parameter, with `?` where it may be left out, and what it takes; where that is an object, its options. */
export type Parameter = PlainParameter | readonly [name: string, options: AnyOptionKeys];

type PlainParameter = readonly [name: string, kind: ArgumentKind];

/** Options are always named, so that none is ignored without a word. */
type ParameterOf<Value> = Value extends readonly unknown[] | Kinded | ((...input: never[]) => unknown)
  ? PlainParameter
  : Value extends object
    ? string extends keyof Value
      ? PlainParameter
      : readonly [name: string, options: OptionKeys<Value>]
    : PlainParameter;

interface Kinded {
  readonly kind: string;
}

/** As many parameters as the method has. */
type Signature<Input extends readonly unknown[]> = {
  readonly [Index in keyof Input]: ParameterOf<Input[Index]>;
};

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
  schemaOption: ["options?", schemaKeys],
} as const;
