import type { SqlFragment } from "../operations/sqlFragment";

/** The rows and the count that a statement gave. */
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
  /** Runs a statement and gives its rows. */
  query<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
  ): Promise<readonly Row[]>;
  /** Runs a statement and gives its rows and how many it touched. */
  execute<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
  ): Promise<StatementResult<Row>>;
  /**
   * Reads the rows of a query a part at a time, for results that should not be in memory as a whole:
   * ``for await (const row of connection.stream(sql`SELECT …`)) { … }``. The rows are those that were there when it began,
   * and the loop may run operations.
   */
  stream<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters?: readonly unknown[],
    options?: StreamOptions,
  ): AsyncIterable<Row>;
}

/** How `connection.stream` reads. */
export interface StreamOptions {
  /** How many rows are in memory at once; 1,000 where not given. */
  readonly rowsAtOnce?: number;
}
