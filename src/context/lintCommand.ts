import type { StatementEffects } from "../lint/effects";

export interface LintOptions {
  /** `a:b`, or a symbol that names revisions. */
  readonly range?: string;
  /** A revision, or a commit of Git: what has come after it. */
  readonly since?: string;
  /** Applied revisions too; no database is asked. */
  readonly all?: boolean;
  /** Run the revisions on a scratch database, and measure what their statements lock, rewrite and read. */
  readonly measure?: boolean;
  /** Ask the database how large the measured tables are. */
  readonly sizes?: boolean;
}

/** Something that a rule of lint finds in a revision file; lines and columns count from 1. */
export interface LintedFinding {
  readonly code: string;
  readonly level: "error" | "warning" | "info";
  /** What happens. */
  readonly message: string;
  /** What to write instead. */
  readonly safe: string;
  readonly revision: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The statement; empty where there is none. */
  readonly sql: string;
  /** What the statement was measured to do, in a few words; absent where it was not measured, or does nothing of note. */
  readonly measured?: string;
}

/** A statement that was run on a scratch database, and what it did there; line and column count from 1. */
export interface MeasuredStatementResult extends StatementEffects {
  readonly revision: string;
  readonly path: string;
  /** Undefined where no call in the revision's file has sent it. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly sql: string;
  /** The same in a few words; empty where there is nothing to tell. */
  readonly summary: string;
}

export interface LintMeasurement {
  /** In the order in which they ran. */
  readonly statements: readonly MeasuredStatementResult[];
  /** Major version of the PostgreSQL that was measured. */
  readonly serverVersion: number;
  /** Whether it was measured under the time zone of the project's database. */
  readonly isTimeZoneKnown: boolean;
  /** Why what comes after it was not measured; undefined where all was. */
  readonly failure: { readonly revision: string | undefined; readonly message: string } | undefined;
}

export interface LintResult {
  /** That were linted, parents first. */
  readonly revisions: readonly string[];
  /** Revision by revision, in the order of the text. */
  readonly findings: readonly LintedFinding[];
  /** That told which revisions are applied; undefined where none was asked, or none answered. */
  readonly database: string | undefined;
  /** Undefined where nothing was measured. */
  readonly measurement: LintMeasurement | undefined;
}
