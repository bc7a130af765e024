import type { Connection, StatementResult } from "../database/connection";
import { reflectSqliteTable } from "../database/sqliteReflection";
import { findSqliteFaults, refuseNewFaults } from "../database/sqliteSchemaCheck";
import type { BatchAlterTable } from "../operations/batch/batch";
import { OperationError } from "../operations/operationError";
import { batchParts, type BatchPart } from "../sql/sqlite/batchParts";
import { leftOutChecks } from "../sql/sqlite/leftOutChecks";
import { copyStatement, describedTable, directStatements } from "../sql/sqlite/renderBatch";
import type { SqliteTableSnapshot } from "../sql/sqlite/tableModel";
import type { Statement } from "../sqlText/statement";

type Send = (statement: Statement) => Promise<StatementResult>;

/**
 * Runs a batch on SQLite: what needs a copy of the table gets one, made from what the database says of the table
 * (Alembic, "Running Batch Migrations for SQLite").
 * @param warn told what goes with a copy though no operation names it
 * @throws OperationError, DatabaseError; a copy that fails leaves the table as it was
 */
export async function runSqliteBatch(
  batch: BatchAlterTable,
  connection: Connection,
  send: Send,
  warn: (message: string) => void,
): Promise<void> {
  const parts = batchParts(batch);
  if (parts.some(({ kind }) => kind === "copy")) {
    await refuseForeignKeys(batch, send);
  }
  for (const [index, part] of parts.entries()) {
    if (part.kind === "copy") {
      await copyTable(batch, part, index === 0, { connection, send, warn });
    } else {
      for (const statement of directStatements(part)) {
        await send(statement);
      }
    }
  }
}

/** The first statement of a copy: it opens the transaction, so that what is read of the table stays true. */
async function refuseForeignKeys(batch: BatchAlterTable, send: Send): Promise<void> {
  const { rows } = await send({ text: "PRAGMA foreign_keys", values: [], isTransactional: true });
  if (Number(rows[0]?.["foreign_keys"]) === 1) {
    throw new OperationError(
      "not-supported",
      `The batch on "${batch.table}" replaces the table, and with PRAGMA foreign_keys = ON that would delete the rows that refer to it.`,
      "Don't turn foreign keys on in a revision: the batch checks them when it is done.",
    );
  }
}

async function copyTable(
  batch: BatchAlterTable,
  { operations }: BatchPart,
  isFirst: boolean,
  {
    connection,
    send,
    warn,
  }: { readonly connection: Connection; readonly send: Send; readonly warn: (message: string) => void },
): Promise<void> {
  const { schema, table } = batch;
  const snapshot = await reflectSqliteTable(connection, schema, table).then(
    (reflected) => (isFirst ? described(batch, reflected) : reflected),
    (error: unknown) => {
      const known = isFirst ? describedTable(batch) : undefined;
      if (known === undefined) {
        throw error;
      }
      return known;
    },
  );
  leftOutChecks(snapshot, batch, operations).forEach(warn);
  const faults = await findSqliteFaults(connection, schema, table);
  try {
    await send(copyStatement(snapshot, batch, operations));
  } catch (error) {
    await connection.run("PRAGMA legacy_alter_table = OFF").catch(() => undefined);
    throw error;
  }
  refuseNewFaults(faults, await findSqliteFaults(connection, schema, table), table);
}

/** `copyFrom` stands for the table; what it doesn't say of indexes and triggers is the database's. */
function described(batch: BatchAlterTable, reflected: SqliteTableSnapshot): SqliteTableSnapshot {
  const known = describedTable(batch);
  if (known === undefined) {
    return reflected;
  }
  const indexes = batch.copyFrom?.indexes === undefined ? reflected.indexes : known.indexes;
  return { table: known.table, indexes, triggers: reflected.triggers };
}
