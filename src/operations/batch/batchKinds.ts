import { tableSubject } from "../kind";
import type { Invert, KindTable } from "../kind";
import type { Operation } from "../operation";
import type { AlterationOperation, BatchAlterTable } from "./batch";

/** The ways back, the printed calls and the words of each operation on a batch. */
export const batchKinds: KindTable<BatchAlterTable> = {
  batchAlterTable: { invert: invertBatch, calls: () => [], subject: tableSubject },
};

/** What the copy of the table was told beside its operations (`copyFrom`, `tableArgs`) is not so on the way back. */
function invertBatch(batch: BatchAlterTable, invert: Invert): Operation | undefined {
  const { copyFrom, tableArgs, partialReordering } = batch;
  if (copyFrom !== undefined || tableArgs !== undefined || partialReordering !== undefined) {
    return undefined;
  }
  const operations = batch.operations.map(invert).reverse();
  return operations.includes(undefined)
    ? undefined
    : { ...batch, operations: operations as readonly AlterationOperation[] };
}
