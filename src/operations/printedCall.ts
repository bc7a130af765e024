import type { PrintedOptions } from "./columnArguments";

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
