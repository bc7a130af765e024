import type { Row, StatementResult } from "../database/connection";
import { quoteIdentifier } from "../sql/quote";
import { significantTokens } from "../sqlText/lexer";
import type { Statement } from "../sql/renderOperation";
import { OperationError } from "../operations/operationError";
import type { MigrationSession } from "./session";

/** The rows of a query, a part at a time. */
export interface RowReader {
  /** The next rows; none when all were read. */
  next(): Promise<readonly Row[]>;
  /** To be called when no more are wanted, whatever came of it. */
  close(): Promise<void>;
}

export interface RowReaderOptions {
  readonly session: Pick<MigrationSession, "dialect">;
  /** Runs a statement where the rows are read. */
  readonly run: (text: string, values?: readonly unknown[]) => Promise<StatementResult>;
  /** False where a transaction is open from the first row to the last: the rows are kept beyond its end otherwise. */
  readonly outlivesTransaction: boolean;
  readonly rowsAtOnce: number;
}

const readingVerbs = new Set(["SELECT", "VALUES", "TABLE", "WITH", "("]);

/** Names of this process's cursors; several may be open at once. */
let opened = 0;

/**
 * Begins to read the rows of a query: PostgreSQL's with a cursor. SQLite's drivers run nothing else while they give rows,
 * so that there the rows are copied into a temporary table first.
 * @throws OperationError `not-supported` for a statement that is no query; what the database refuses
 */
export async function openRowReader(statement: Statement, options: RowReaderOptions): Promise<RowReader> {
  const [first] = significantTokens(statement.text);
  if (!readingVerbs.has(first?.text.toUpperCase() ?? "")) {
    throw new OperationError(
      "not-supported",
      `connection.stream() reads the rows of a query, and this is not a query: ${statement.text.slice(0, 80)}`,
      "Run it with connection.query() or connection.execute().",
    );
  }
  opened += 1;
  const name = `alembic_rows_${String(opened)}`;
  return options.session.dialect === "postgresql"
    ? openCursor(name, statement, options)
    : copyRows(name, statement, options);
}

async function openCursor(
  name: string,
  { text, values }: Statement,
  { run, outlivesTransaction, rowsAtOnce }: RowReaderOptions,
): Promise<RowReader> {
  const hold = outlivesTransaction ? " WITH HOLD" : "";
  await run(`DECLARE ${name} NO SCROLL CURSOR${hold} FOR ${text}`, values);
  return {
    next: async () => (await run(`FETCH ${String(rowsAtOnce)} FROM ${name}`)).rows,
    close: async () => {
      await run(`CLOSE ${name}`);
    },
  };
}

/** By one of them rows are found, whatever the columns are called. */
const rowNumbers = ["rowid", "_rowid_", "oid"] as const;

async function copyRows(
  name: string,
  { text, values }: Statement,
  { run, rowsAtOnce }: RowReaderOptions,
): Promise<RowReader> {
  await run(`CREATE TEMPORARY TABLE ${name} AS ${text}`, values);
  const columns = (await run(`PRAGMA temp.table_info(${name})`)).rows.map((row) => String(row["name"]));
  const taken = new Set(columns.map((column) => column.toLowerCase()));
  const number = rowNumbers.find((candidate) => !taken.has(candidate)) ?? "rowid";
  const wanted = columns.map((column) => quoteIdentifier(column)).join(", ");
  let last = 0;
  return {
    async next() {
      const { rows } = await run(
        `SELECT ${wanted} FROM temp.${name} WHERE ${number} > ? AND ${number} <= ? ORDER BY ${number}`,
        [last, last + rowsAtOnce],
      );
      last += rows.length;
      return rows;
    },
    close: async () => {
      await run(`DROP TABLE temp.${name}`);
    },
  };
}
