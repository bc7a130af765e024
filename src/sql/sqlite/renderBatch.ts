import type { BatchAlterTable } from "../../operations/batch/batch";
import { OperationError } from "../../operations/operationError";
import type { Statement } from "../../sqlText/statement";
import { alterTable } from "./alteredTable";
import type { AlteredTable } from "./alteredTable";
import { batchParts } from "./batchParts";
import type { BatchPart } from "./batchParts";
import { createIndexText, toSqliteTable } from "./fromDefinition";
import { moveAndCopy } from "./moveAndCopy";
import { renameColumn } from "./renameColumn";
import { alterationTexts } from "./alterations";
import type { SqliteTableSnapshot } from "./tableModel";

/**
 * The statements of a batch that need no look at the database: those that SQLite does directly, and a copy of a table
 * that `copyFrom` describes.
 *
 * @throws OperationError `needs-batch` where the table has to be read first
 */
export function renderBatch(batch: BatchAlterTable): readonly Statement[] {
  let described = describedTable(batch);
  return batchParts(batch).flatMap((part) => {
    if (part.kind === "direct") {
      described = followed(described, batch, part);
      return directStatements(part);
    }
    if (described === undefined) {
      throw new OperationError(
        "needs-batch",
        `The batch on "${batch.table}" copies the table, and without a database its columns are not known.`,
        `Describe it: op.batchAlterTable("${batch.table}", …, { copyFrom: { columns: { … } } }).`,
      );
    }
    const altered = alterTable(described, batch, part.operations);
    const statements = copyStatements(described, altered);
    described = { ...described, table: withoutSources(altered), indexes: altered.indexes };
    return statements;
  });
}

/** The statements of operations that SQLite does directly. */
export function directStatements({ operations }: BatchPart): readonly Statement[] {
  return operations.flatMap(alterationTexts).map(statement);
}

/**
 * The statement that copies a table into its new form: a script of several statements that are done all together or
 * not at all.
 *
 * @throws OperationError
 */
export function copyStatement(
  snapshot: SqliteTableSnapshot,
  batch: BatchAlterTable,
  operations: BatchPart["operations"],
): Statement {
  return statement(moveAndCopy(snapshot, alterTable(snapshot, batch, operations)).join(";\n\n"));
}

/** The table of `copyFrom`, if there is one. */
export function describedTable({
  schema,
  table,
  copyFrom,
}: BatchAlterTable): SqliteTableSnapshot | undefined {
  return copyFrom === undefined
    ? undefined
    : {
        table: toSqliteTable(schema, table, copyFrom),
        indexes: (copyFrom.indexes ?? []).map((index) => ({
          name: index.name,
          sql: createIndexText(index, { schema, table }),
        })),
        triggers: [],
      };
}

function copyStatements(before: SqliteTableSnapshot, after: AlteredTable): readonly Statement[] {
  return moveAndCopy(before, after).map(statement);
}

function statement(text: string): Statement {
  return { text, values: [], isTransactional: true };
}

function withoutSources({ columns, indexes: _, ...table }: AlteredTable): SqliteTableSnapshot["table"] {
  return { ...table, columns: columns.map(({ source: _source, ...column }) => column) };
}

/** The described table after what SQLite does directly. */
function followed(
  snapshot: SqliteTableSnapshot | undefined,
  { kind, table }: BatchAlterTable,
  { operations }: BatchPart,
): SqliteTableSnapshot | undefined {
  return operations.reduce((described, operation) => {
    if (described === undefined) {
      return undefined;
    }
    if (operation.kind === "alterColumn" && operation.newName !== undefined) {
      return renameColumn(described, operation.column, operation.newName);
    }
    const altered = alterTable(described, { kind, table, operations }, [operation]);
    return { ...described, table: withoutSources(altered), indexes: altered.indexes };
  }, snapshot);
}
