import { createOperations } from "../../../src/operations/createOperations";
import type { CreateOperationsOptions } from "../../../src/operations/createOperations";
import type { Operation } from "../../../src/operations/operation";
import { OperationQueue } from "../../../src/operations/operationQueue";
import type { Operations } from "../../../src/operations/operations";
import { sql } from "../../../src/operations/sqlFragment";
import type { SqlTag } from "../../../src/operations/sqlFragment";

/** The records that calls of `op` make. */
export async function recordOperations(
  call: (op: Operations, tag: SqlTag) => Promise<void> | void,
  options: Omit<CreateOperationsOptions, "queue"> = {},
): Promise<readonly Operation[]> {
  const queue = new OperationQueue();
  const operations: Operation[] = [];
  const op = createOperations(
    (operation) => {
      operations.push(operation);
      return Promise.resolve();
    },
    { ...options, queue },
  );
  await call(op, sql);
  await queue.finish();
  return operations;
}
