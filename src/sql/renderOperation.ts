import type { Operation } from "../operations/operation";

export type Dialect = "postgresql" | "sqlite";

/** One statement for a driver: `values` are for `$1`, `$2`, … in `text`. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** `false`: the database refuses it inside a transaction. */
  readonly isTransactional: boolean;
}

export interface RenderOptions {
  /** For a script: every value is written into the text, `values` is empty. */
  readonly offline?: boolean;
}

/**
 * The SQL of an operation, in the order in which it has to run; statements end without a semicolon.
 *
 * @throws OperationError for what the dialect cannot do
 */
export function renderOperation(
  operation: Operation,
  dialect: Dialect,
  options: RenderOptions = {},
): readonly Statement[] {
  throw new Error(`not yet: ${operation.kind} ${dialect} ${String(options.offline)}`);
}
