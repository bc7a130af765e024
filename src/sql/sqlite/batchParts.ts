import type { AlterationOperation, BatchAlterTable } from "../../operations/batch/batch";
import type { AlterColumn } from "../../operations/column/column";
import { changesColumn, needsCopyToAdd } from "./alterations";
import { isSameName, mentionsName } from "./tokens";

/** Operations of a batch that are done together: each by itself, or all in one copy of the table. */
export interface BatchPart {
  readonly kind: "direct" | "copy";
  readonly operations: readonly AlterationOperation[];
}

/**
 * How a batch is done. Copied is where SQLite has no other way and, as in Alembic, where a column is dropped
 * (`SQLiteImpl.requires_recreate_in_batch`). Renaming a column is SQLite's own work always: it also rewrites the
 * views, triggers, indexes and foreign keys that name it. The order of the operations is kept, except that a renaming
 * moves behind operations that don't name the column, so that one copy does for them all.
 */
export function batchParts(batch: BatchAlterTable): readonly BatchPart[] {
  const parts: BatchPart[] = [];
  let body: AlterationOperation[] = [];
  let renames: AlterColumn[] = [];
  const close = (): void => {
    if (body.length > 0) {
      parts.push({ kind: needsCopy(batch, body) ? "copy" : "direct", operations: body });
    }
    if (renames.length > 0) {
      parts.push({ kind: "direct", operations: renames });
    }
    body = [];
    renames = [];
  };
  for (const operation of batch.operations.flatMap(separateRename)) {
    if (renames.some((rename) => concerns(operation, rename))) {
      close();
    }
    if (!isRename(operation)) {
      body.push(operation);
    } else {
      renames.push(operation);
      if (body.length === 0) {
        close();
      }
    }
  }
  close();
  const isCopyWanted = batch.recreate === "always" || (batch.recreate !== "never" && hasCopyOptions(batch));
  return isCopyWanted && !parts.some(({ kind }) => kind === "copy")
    ? [{ kind: "copy", operations: [] }, ...parts]
    : parts;
}

function hasCopyOptions({ tableArgs, partialReordering }: BatchAlterTable): boolean {
  return tableArgs !== undefined || partialReordering !== undefined;
}

/** A change and a new name for one column are two steps, the name last. */
function separateRename(operation: AlterationOperation): readonly AlterationOperation[] {
  if (operation.kind !== "alterColumn" || operation.newName === undefined || !changesColumn(operation)) {
    return [operation];
  }
  const { newName, ...changes } = operation;
  const { kind, table, schema, column } = operation;
  return [changes, { kind, table, ...(schema === undefined ? {} : { schema }), column, newName }];
}

function isRename(operation: AlterationOperation): operation is AlterColumn {
  return operation.kind === "alterColumn" && operation.newName !== undefined;
}

/** True rather too often: then the table is copied once more than it would have to be. */
function concerns(operation: AlterationOperation, { column, newName }: AlterColumn): boolean {
  const { kind: _kind, table: _table, ...rest } = operation;
  return mentions(rest, column) || (newName !== undefined && mentions(rest, newName));
}

/** Is the name one of the texts of a record, or in one that is SQL? */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === "string") {
    return isSameName(value, name) || mentionsName(value, name);
  }
  return (
    typeof value === "object" && value !== null && Object.values(value).some((part) => mentions(part, name))
  );
}

function needsCopy(batch: BatchAlterTable, operations: readonly AlterationOperation[]): boolean {
  switch (batch.recreate) {
    case "always":
      return true;
    case "never":
      return false;
    default:
      return hasCopyOptions(batch) || operations.some(isBeyondAlterTable);
  }
}

function isBeyondAlterTable(operation: AlterationOperation): boolean {
  switch (operation.kind) {
    case "createIndex":
    case "dropIndex":
    case "createTableComment":
    case "dropTableComment":
    case "validateConstraint":
      return false;
    case "addColumn":
      return (
        needsCopyToAdd(operation) ||
        operation.ifNotExists === true ||
        operation.insertBefore !== undefined ||
        operation.insertAfter !== undefined
      );
    case "alterColumn":
      return changesColumn(operation);
    default:
      return true;
  }
}
