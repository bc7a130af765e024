import type { EntityDdl } from "../read/entityDdl";
import type { PlannedOperation } from "./plannedOperation";

/**
 * Builds the indexes concurrently that the entities mark so, but for those of tables that are new and empty. They come
 * last: what runs outside the transaction commits what is before it.
 */
export function buildConcurrently(
  planned: readonly PlannedOperation[],
  ddl: EntityDdl,
): readonly PlannedOperation[] {
  const concurrent = new Set(ddl.tables.flatMap((table) => table.concurrentIndexes));
  const created = new Set(
    planned.flatMap(({ operation }) =>
      operation.kind === "createTable" ? [JSON.stringify([operation.schema ?? null, operation.table])] : [],
    ),
  );
  // A unique one may be what a foreign key needs.
  const isReferenced = planned.some(({ operation }) => operation.kind === "createForeignKey");
  const inTransaction: PlannedOperation[] = [];
  const last: PlannedOperation[] = [];
  for (const entry of planned) {
    const { operation } = entry;
    const isConcurrent =
      operation.kind === "createIndex" &&
      concurrent.has(operation.index.name) &&
      !created.has(JSON.stringify([operation.schema ?? null, operation.table]));
    if (!isConcurrent) {
      inTransaction.push(entry);
      continue;
    }
    const built = { ...entry, operation: { ...operation, concurrently: true } };
    (operation.index.unique === true && isReferenced ? inTransaction : last).push(built);
  }
  return [...inTransaction, ...last];
}
