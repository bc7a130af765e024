import type { ColumnDefault } from "../definitions";
import { changesGivenNames } from "../namingConvention";
import type { NamedKind, NamingConvention } from "../namingConvention";
import type { SqlFragment } from "../sqlFragment";
import { FinalNameCode } from "./toExpression";

/** Options of a call as they are printed: parts that are `undefined` are left out. */
export type PrintedOptions = Readonly<Record<string, unknown>>;

/** A method of `op` and what it is called with. */
export interface OperationCall {
  readonly method: string;
  readonly input: readonly unknown[];
}

/** A call whose last argument is left out if it says nothing. */
export function call(method: string, input: readonly unknown[], options: PrintedOptions): OperationCall {
  const isEmpty = Object.values(options).every((option) => option === undefined);
  return { method, input: isEmpty ? input : [...input, options] };
}

/** The call that takes the name, and all else as options. */
export function namedCall({
  kind,
  name,
  ...options
}: {
  readonly kind: string;
  readonly name: string;
}): readonly OperationCall[] {
  return [call(kind, [name], options)];
}

/** A fragment as `op` takes it: plain text on one line as a string. */
export function plain(fragment: SqlFragment): string | SqlFragment {
  const [text = ""] = fragment.text;
  return fragment.values.length === 0 && !/[\n\r"\\]/.test(text) ? text : fragment;
}

/** A final name as it has to be written: plain, or as `op.f(…)` where the convention would change a plain one. */
export function nameArgument(
  name: string,
  kind: NamedKind,
  convention: NamingConvention | undefined,
): string | FinalNameCode {
  return changesGivenNames(convention, kind) ? new FinalNameCode(name) : name;
}

/** A default as it is written; `null` and `undefined` stay. */
export function defaultArgument(value: ColumnDefault | null | undefined): unknown {
  return value?.kind === "literal" ? value.value : value;
}
