import type { BatchAlterTable } from "../../operations/batch/batch";
import { alterTable } from "./alteredTable";
import type { BatchPart } from "./batchParts";
import type { SqliteTableSnapshot } from "./tableModel";

/**
 * A sentence for each CHECK constraint without a name that goes with a dropped column. None where the batch's `tableArgs`
 * have a CHECK: then somebody has thought of it (Alembic 1.20).
 */
export function leftOutChecks(
  snapshot: SqliteTableSnapshot,
  batch: BatchAlterTable,
  operations: BatchPart["operations"],
): readonly string[] {
  if (batch.tableArgs?.constraints.some(({ kind }) => kind === "check") === true) {
    return [];
  }
  const { partialReordering: _, ...unordered } = batch;
  return operations.flatMap((operation, index) => {
    if (operation.kind !== "dropColumn") {
      return [];
    }
    const [before, after] = [index, index + 1].map((end) =>
      alterTable(snapshot, unordered, operations.slice(0, end)),
    );
    return (before?.constraints ?? []).flatMap((constraint) =>
      constraint.kind === "check" &&
      constraint.name === undefined &&
      after?.constraints.includes(constraint) === false
        ? [
            `The batch on "${batch.table}" drops the column "${operation.column}", and with it a CHECK constraint that has no name: CHECK (${constraint.expression}). To keep a part of it, give that in tableArgs.`,
          ]
        : [],
    );
  });
}
