/** A place in one of the user's files; line and column count from one. */
export interface SourceLocation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Where a failed run left the database, as read from it. */
export interface DatabaseAfterRun {
  /** Of the version table; undefined where they could not be read. */
  readonly rows: readonly string[] | undefined;
  /** Whether the run has committed anything. */
  readonly isChanged: boolean;
  /** Whether part of the step that failed is committed. */
  readonly isPartlyApplied: boolean;
}

export type MigrationErrorCode =
  | "not-runnable"
  | "no-such-function"
  | "revision-failed"
  | "reads-rows-offline"
  | "connects-elsewhere"
  | "starts-programs"
  | "edited-since"
  | "hook-failed";

export interface MigrationErrorDetails {
  readonly revision: string;
  readonly hint?: string | undefined;
  readonly location?: SourceLocation | undefined;
  readonly sql?: string | undefined;
  readonly serverDetail?: string | undefined;
  readonly serverHint?: string | undefined;
  readonly sqlState?: string | undefined;
  /** In what state the failure left the database, as sentences. */
  readonly state?: string | undefined;
  /** The same as data. */
  readonly database?: DatabaseAfterRun | undefined;
  readonly cause?: unknown;
}

/** A revision that could not be run, with all that helps to mend it. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly revision: string;
  readonly hint: string | undefined;
  readonly location: SourceLocation | undefined;
  readonly sql: string | undefined;
  readonly serverDetail: string | undefined;
  readonly serverHint: string | undefined;
  readonly sqlState: string | undefined;
  readonly state: string | undefined;
  readonly database: DatabaseAfterRun | undefined;

  constructor(
    readonly code: MigrationErrorCode,
    message: string,
    details: MigrationErrorDetails,
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.revision = details.revision;
    this.hint = details.hint;
    this.location = details.location;
    this.sql = details.sql;
    this.serverDetail = details.serverDetail;
    this.serverHint = details.serverHint;
    this.sqlState = details.sqlState;
    this.state = details.state;
    this.database = details.database;
  }
}
