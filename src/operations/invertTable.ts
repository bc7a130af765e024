import type { Operation } from "./operation";
import type { AlterationOperation, CreateTableComment, DropTableComment } from "./records/alteration";
import type { BatchAlterTable, CreateTable, DropTable } from "./records/table";
import { present } from "./sparse";

type Invert = (operation: Operation) => Operation | undefined;

/** The way back of operations on whole tables; undefined also for all others. */
export function invertTable(operation: Operation, invert: Invert): Operation | undefined {
  switch (operation.kind) {
    case "createTable":
      return invertCreateTable(operation);
    case "dropTable":
      return invertDropTable(operation);
    case "renameTable":
      return { ...operation, table: operation.newName, newName: operation.table };
    case "createTableComment":
    case "dropTableComment":
      return invertComment(operation);
    case "createPartition":
      return present<DropTable>({
        kind: "dropTable",
        table: operation.table,
        schema: operation.schema,
        ifExists: operation.ifNotExists,
      });
    case "attachPartition": {
      const { bounds, ...rest } = operation;
      return { ...rest, kind: "detachPartition", was: bounds };
    }
    case "detachPartition": {
      // Detaching concurrently leaves a check constraint behind, under a name that only the database knows.
      const { was, concurrently, ...rest } = operation;
      return was === undefined || concurrently === true
        ? undefined
        : { ...rest, kind: "attachPartition", bounds: was };
    }
    case "batchAlterTable":
      return invertBatch(operation, invert);
    default:
      return undefined;
  }
}

function invertCreateTable({ kind: _kind, table, schema, ifNotExists, ...was }: CreateTable): Operation {
  return present<DropTable>({ kind: "dropTable", table, schema, ifExists: ifNotExists, was });
}

function invertDropTable({ table, schema, ifExists, was }: DropTable): Operation | undefined {
  return was === undefined
    ? undefined
    : present<CreateTable>({ kind: "createTable", table, schema, ...was, ifNotExists: ifExists });
}

function invertComment(operation: CreateTableComment | DropTableComment): Operation | undefined {
  const { table, schema, existingComment } = operation;
  const comment = operation.kind === "createTableComment" ? operation.comment : null;
  if (existingComment === undefined) {
    return undefined;
  }
  return existingComment === null
    ? present<DropTableComment>({ kind: "dropTableComment", table, schema, existingComment: comment })
    : present<CreateTableComment>({
        kind: "createTableComment",
        table,
        schema,
        comment: existingComment,
        existingComment: comment,
      });
}

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
