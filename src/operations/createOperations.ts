import type { CallSite } from "./callSite";
import type { NamingConvention } from "./namingConvention";
import type { Operation } from "./operation";
import { OperationQueue } from "./operationQueue";
import type { Turn } from "./operationQueue";
import type { Operations } from "./operations";

/** How an operation has to run, and where it was called. */
export interface OperationTurn extends Turn {
  readonly callSite: CallSite;
}

/** The implementation of an operation that a project registers: it calls operations of `op`. */
export type CustomImplementation = (op: Operations, ...input: readonly never[]) => Promise<void> | void;

export interface CreateOperationsOptions {
  /** Share it, so that queries of data migrations take their turn: `queue.enqueue(() => client.query(…))`. */
  readonly queue?: OperationQueue;
  /** On SQLite, `batchAlterTable` collects one record; on PostgreSQL each operation runs at once. */
  readonly dialect?: "postgresql" | "sqlite";
  readonly namingConvention?: NamingConvention;
  readonly customOperations?: ReadonlyMap<string, CustomImplementation>;
}

/**
 * The `op` of a revision file.
 *
 * @param run does one operation; called for one at a time, in the order of the calls
 * @returns operations whose promises resolve when `run` has; `queue.finish()` waits for all
 */
export function createOperations(
  run: (operation: Operation, turn: OperationTurn) => Promise<void>,
  options: CreateOperationsOptions = {},
): Operations {
  throw new Error(`not yet ${String(run)} ${String(options)}${String(OperationQueue)}`);
}
