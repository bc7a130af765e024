import type { StatementResult } from "../database/connection";
import { OperationError } from "../operations/operationError";
import type { BulkInsert, RowValue } from "../operations/rows/rows";
import { quoteQualifiedName } from "../sql/quote";
import type { MigrationSession } from "./session";

/** Columns of a table whose type is json or jsonb, or a domain over one. */
const jsonColumns = `WITH RECURSIVE columns (name, type) AS (
  SELECT attname, atttypid FROM pg_catalog.pg_attribute
   WHERE attrelid = pg_catalog.to_regclass($1) AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT columns.name, typbasetype FROM columns JOIN pg_catalog.pg_type ON oid = columns.type WHERE typtype = 'd')
SELECT name FROM columns WHERE type IN ('pg_catalog.json'::regtype, 'pg_catalog.jsonb'::regtype)`;

/**
 * The rows with each list in the form that its column takes: `[]` and `{}` are valid in JSON and as an array, and
 * PostgreSQL would store the wrong one without a word.
 * @param ask runs a query where the rows are inserted
 * @throws OperationError `invalid-argument` in a script, which has no database to ask, for an empty list
 */
export async function rowsForColumns(
  operation: BulkInsert,
  session: MigrationSession,
  ask: (text: string, values: readonly unknown[]) => Promise<StatementResult>,
): Promise<BulkInsert> {
  if (session.dialect !== "postgresql" || !operation.rows.some((row) => row.some(isList))) {
    return operation;
  }
  if (session.isOffline) {
    if (session.isEmptyAssumed !== true) {
      refuseEmptyLists(operation);
    }
    return operation;
  }
  const { rows } = await ask(jsonColumns, [quoteQualifiedName(operation.schema, operation.table)]);
  const names = new Set(rows.map((row) => String(row["name"])));
  return {
    ...operation,
    rows: operation.rows.map((row) =>
      row.map((cell, index) =>
        isList(cell) && names.has(operation.columns[index] ?? "") ? JSON.stringify(cell) : cell,
      ),
    ),
  };
}

function isList(cell: RowValue): boolean {
  return Array.isArray(cell);
}

function refuseEmptyLists({ columns, rows, table }: BulkInsert): void {
  const column = columns.find((_, index) =>
    rows.some((row) => Array.isArray(row[index]) && row[index].length === 0),
  );
  if (column !== undefined) {
    throw new OperationError(
      "invalid-argument",
      `An empty list for "${column}" of "${table}" is [] in a JSON column and {} in an array, and a script has no database to ask for the column's type.`,
      `Name the type: op.bulkInsert("${table}", rows, { types: { ${/^[A-Za-z_$][\w$]*$/.test(column) ? column : JSON.stringify(column)}: "jsonb" } }), or "text[]".`,
    );
  }
}
