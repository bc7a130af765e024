import type { ValueParsers } from "../sqlText/statement";

/** One row, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** What one statement gave. */
export interface StatementResult {
  readonly rows: readonly Row[];
  /** Rows returned, or rows that an INSERT, UPDATE or DELETE touched. */
  readonly rowCount: number;
}

export type Dialect = "postgresql" | "sqlite";

/**
 * One session with a database. Transactions are whatever SQL the caller sends; nothing here begins or
 * commits by itself.
 */
export interface Connection {
  readonly dialect: Dialect;
  /**
   * Runs one statement.
   * @param parsers what reads the values of its rows, where that is not ours to say
   * @throws DatabaseError when the server refuses it or the connection is lost.
   */
  run(text: string, values?: readonly unknown[], parsers?: ValueParsers): Promise<StatementResult>;
  /** `run`, for its rows. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Asks the server to stop the statement that is running now, if any; resolves when it has been asked. */
  cancel(): Promise<void>;
  /** Whether the server has a transaction open, as of its last answer; absent or undefined: not known. */
  isInTransaction?(): boolean | undefined;
  /** Whether statements may be sent before those ahead of them are answered; they run in their order all the same. */
  readonly takesSeveral?: boolean;
  /** Whether something was sent that is not answered; absent where each statement is done when it is called. */
  isBusy?(): boolean;
  /** Whether something between us and the server keeps connections for others too, as PgBouncer does. */
  readonly isPooled?: boolean;
  /** Changes a setting of PostgreSQL for what follows; a pool's session is left as it was. */
  configure?(name: string, value: string): Promise<void>;
  /** The server's version as a number, 150004 for 15.4; absent where there is no server. */
  readonly serverVersion?: number;
  close(): Promise<void>;
}
