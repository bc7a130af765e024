import type { Operation } from "../../../src/operations/operation";
import type { Draw } from "./draw";

/** An operation with what has to be there for it. */
export interface OperationCase {
  readonly setup: readonly (Operation | string)[];
  readonly operation: Operation;
}

export type OperationGenerator = (draw: Draw) => OperationCase;
