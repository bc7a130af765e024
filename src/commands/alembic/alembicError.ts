import type { SourceLocation } from "../../run/migrationError";

export type AlembicErrorCode =
  /** No Alembic was found for the project. */
  | "alembic-missing"
  /** It ran and failed. */
  | "alembic-failed"
  /** It was asked for what Python's Alembic cannot do. */
  | "alembic-refused";

/** What Python's Alembic could not do for a project. */
export class AlembicError extends Error {
  override readonly name = "AlembicError";
  readonly hint: string | undefined;
  /** Where in the project's Python files it happened. */
  readonly location: SourceLocation | undefined;
  readonly sql: string | undefined;
  /** The row of the version table that no revision has, where that is the cause. */
  readonly row: string | undefined;

  constructor(
    readonly code: AlembicErrorCode,
    message: string,
    details: {
      readonly hint?: string | undefined;
      readonly location?: SourceLocation | undefined;
      readonly sql?: string | undefined;
      readonly row?: string | undefined;
    } = {},
  ) {
    super(message);
    this.hint = details.hint;
    this.location = details.location;
    this.sql = details.sql;
    this.row = details.row;
  }
}
