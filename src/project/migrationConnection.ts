import type { SqlFragment } from "../operations/sqlFragment";

/** The result of a statement. */
export interface StatementResult<Row> {
  readonly rows: readonly Row[];
  /** Rows returned, or rows inserted, updated or deleted. */
  readonly rowCount: number;
}

/**
 * The database that a migration runs on, inside the migration's own transaction. Statements are the text of one
 * statement with `$1`, `$2`, … for `parameters`, or a fragment written with `sql`. Not available offline (`--sql`).
 */
export interface MigrationConnection {
  /** Runs a statement and returns its rows. */
  query<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
  ): Promise<readonly Row[]>;
  /** Runs a statement and returns its rows and the number of affected rows. */
  execute<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
  ): Promise<StatementResult<Row>>;
  /**
   * Reads the rows of a query in portions, for results that are too large for memory:
   * ``for await (const row of connection.stream(sql`SELECT …`)) { … }``. The rows are those that existed at the start,
   * and the loop may run operations.
   */
  stream<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
    options?: StreamOptions,
  ): AsyncIterable<Row>;
}

/** Options of `connection.stream`. */
export interface StreamOptions {
  /** How many rows to hold in memory. Default: 1,000. */
  readonly rowsAtOnce?: number;
}
