import type { OperationList, OperationWarning } from "./fromDifferences";
import type { Operation } from "../../operations/operation";

/** An operation of a generated revision with what is to be known of it. */
export interface PlannedOperation {
  readonly operation: Operation;
  readonly warnings: readonly Pick<OperationWarning, "code" | "text">[];
  /** It is committed by itself, before what follows. */
  readonly isAutocommit: boolean;
}

/** Each operation with its own warnings, in the order of the list. */
export function plannedOperations(list: OperationList): readonly PlannedOperation[] {
  const autocommit = new Set(list.autocommit);
  return list.operations.map((operation, index) => ({
    operation,
    warnings: list.warnings.filter(({ operationIndex }) => operationIndex === index),
    isAutocommit: autocommit.has(index),
  }));
}
