import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { printBatch } from "../batch/printBatch";
import { printCall } from "./printExpression";
import { sameCall } from "./sameCall";
import { toExpression } from "./toExpression";

export interface PrintOptions {
  /** Columns before each line of code; 0 if absent. Lines inside sql`…` are data and stay where they are. */
  readonly indent?: number;
  /** prettier's `printWidth`; 80 if absent. */
  readonly width?: number;
  /** That of the project, so that final names are written as `op.f(…)` where a convention would change them. */
  readonly namingConvention?: NamingConvention;
}

/**
 * An operation as the TypeScript that a person would have written, formatted as prettier does. What it prints
 * makes the same record again when it runs with `op` and `sql` in scope.
 *
 * @returns one statement, of one or more lines, without a line break at its end
 */
export function printOperation(operation: Operation, options: PrintOptions = {}): string {
  const layout = { indent: options.indent ?? 0, width: options.width ?? 80 };
  if (operation.kind === "batchAlterTable") {
    const printed = printBatch(operation, layout, options.namingConvention);
    if (printed !== undefined) {
      return printed;
    }
  }
  const call = sameCall(operation, options.namingConvention);
  return printCall(`op.${call.method}`, call.input.map(toExpression), layout);
}
