import type { EntityDdl } from "../../typeorm/entityDdl";
import type { PlannedOperation } from "./plannedOperation";

/** Builds the indexes concurrently that the entities mark so, but for those of tables that are new and empty. */
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
  return planned.map((entry) => {
    const { operation } = entry;
    const isConcurrent =
      operation.kind === "createIndex" &&
      concurrent.has(operation.index.name) &&
      !created.has(JSON.stringify([operation.schema ?? null, operation.table]));
    return isConcurrent ? { ...entry, operation: { ...operation, concurrently: true } } : entry;
  });
}
