/** Why a database could not be used, or what it refused. */
export type DatabaseErrorCode =
  | "unreachable"
  | "authentication-failed"
  | "connection-settings"
  | "no-such-database"
  | "connection-lost"
  | "statement-failed"
  | "cancelled"
  | "lock-timeout"
  | "pooled-transactions"
  | "driver-missing"
  | "unreadable-table"
  | "hidden-rows"
  | "version-table-refused"
  | "embedded-busy"
  | "embedded-damaged"
  | "transaction-ended"
  | "lock-lost"
  | "version-table-drift";

export interface DatabaseErrorDetails {
  readonly hint?: string | undefined;
  /** PostgreSQL's five-character SQLSTATE, where the server spoke. */
  readonly sqlState?: string | undefined;
  readonly detail?: string | undefined;
  /** The statement as it was sent. */
  readonly sql?: string | undefined;
  /** Place of the fault in `sql`, counted in characters from one, as PostgreSQL counts. */
  readonly position?: number | undefined;
}

/** A failure of a database or of a statement; its texts never hold a password. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly hint: string | undefined;
  readonly sqlState: string | undefined;
  readonly detail: string | undefined;
  readonly sql: string | undefined;
  readonly position: number | undefined;

  constructor(
    readonly code: DatabaseErrorCode,
    message: string,
    details: DatabaseErrorDetails = {},
  ) {
    super(message);
    this.hint = details.hint;
    this.sqlState = details.sqlState;
    this.detail = details.detail;
    this.sql = details.sql;
    this.position = details.position;
  }
}
