import { RevisionError } from "../revision/errors";
import { MigrationError } from "../run/migrationError";
import { DatabaseError } from "../database/databaseError";
import { LoadError } from "../project/errors";
import { knownSecrets } from "../machine/knownSecrets";
import { redactSecrets } from "../project/redact";
import { systemFailureOf } from "../project/systemFailure";
import { shownStatement } from "../sqlText/shownStatement";
import { exitCodes } from "./terminal";

/** A failure in words for a terminal. */
export interface FailureText {
  readonly exitCode: number;
  /** One line; Alembic's own words where Alembic has the same failure. */
  readonly headline: string;
  /** Cause, place, SQL, state and hint, a line each. */
  readonly details: readonly string[];
}

/**
 * Puts a failure into words: what happened, where, and what to do. A stack trace comes only where it is wanted,
 * or for an error that this program did not expect.
 */
export function describeFailure(error: unknown, isStackWanted: boolean): FailureText {
  const refusal = systemFailureOf(error);
  if (refusal !== undefined) {
    return {
      exitCode: exitCodes.failed,
      headline: `FAILED: ${withoutPasswords(refusal.message)}`,
      details: [
        ...(refusal.hint === undefined ? [] : [`  Hint: ${refusal.hint}`]),
        ...(isStackWanted && error instanceof Error ? [withoutPasswords(error.stack ?? "")] : []),
      ],
    };
  }
  if (!isTold(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      exitCode: exitCodes.internalError,
      headline: `Internal error: ${withoutPasswords(text)}`,
      details: [],
    };
  }
  const details = detailsOf(error).map(
    ([title, text]) => `  ${title}${withoutPasswords(text).replaceAll("\n", "\n    ")}`,
  );
  const hint = hintOf(error);
  if (hint !== undefined) {
    details.push(`  Hint: ${hint}`);
  }
  if (error.proposal !== undefined) {
    const { path, text } = error.proposal;
    details.push(`  ${path}:\n\n${text.trimEnd().replaceAll(/^(?=.)/gm, "    ")}\n`);
  }
  if (isStackWanted && error.stack !== undefined) {
    details.push(withoutPasswords(error.stack));
  }
  return {
    exitCode: error.code === "cancelled" ? exitCodes.cancelled : exitCodes.failed,
    headline: `FAILED: ${withoutPasswords(error.message)}`,
    details,
  };
}

/** What the user's own code throws may quote a whole URL. Hints are our own words. */
export function withoutPasswords(text: string): string {
  return redactSecrets(text, knownSecrets());
}

/** What to do, if it is known. */
export function hintOf(error: ToldError): string | undefined {
  const isSyntaxError = error instanceof LoadError && error.code === "syntax-error";
  return error.hint ?? (isSyntaxError ? "Correct that file. Nothing was run." : undefined);
}

/** Titles and texts of what a failure knows beside its message, without those that it does not know. */
export function detailsOf(error: ToldError): readonly (readonly [string, string])[] {
  return candidatesOf(error).flatMap(([title, text]) =>
    text === undefined || text === "" ? [] : [[title, text]],
  );
}

function candidatesOf(error: ToldError): readonly (readonly [string, string | undefined])[] {
  if (error instanceof RevisionError) {
    return [["", error.cause === error.message ? undefined : error.cause]];
  }
  if (error instanceof MigrationError) {
    const { location } = error;
    return [
      ["at ", location === undefined ? undefined : place(location.path, location.line, location.column)],
      ["SQL: ", shownSql(error)],
      ["Detail: ", error.serverDetail],
      ["PostgreSQL's hint: ", error.serverHint],
      ["State: ", error.state],
    ];
  }
  if (error instanceof DatabaseError) {
    return [
      ["SQL: ", shownSql(error)],
      ["Detail: ", error.detail],
    ];
  }
  if (error instanceof LoadError) {
    const where = place(error.file, error.line, error.column);
    return [["at ", error.message.startsWith(where) ? undefined : where]];
  }
  return [["SQL: ", shownSql(error)]];
}

/** Without its secrets before it is cut, or the half of one could stand at the end. */
function shownSql({ sql }: { readonly sql?: string | undefined }): string | undefined {
  return sql === undefined ? undefined : shownStatement(redactSecrets(sql, knownSecrets()));
}

/** `file:line:column`, counted from one, as terminals make it a link. */
function place(path: string, line: number | undefined, column: number | undefined): string {
  return [path, line, column].filter((part) => part !== undefined).join(":");
}

/** What the error classes of every folder share. */
export interface DescribedError extends Error {
  readonly code: string;
  readonly hint?: string | undefined;
  /** Of errors of folders that the command line may not know, such as that of entities which PostgreSQL refused. */
  readonly sql?: string | undefined;
  /** A file that would mend it. */
  readonly proposal?: { readonly path: string; readonly text: string } | undefined;
}

/** Whether an error has one of the codes of `docs/errors.md`. */
export function isDescribed(error: unknown): error is DescribedError {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && /^[a-z]+(-[a-z]+)*$/.test(code);
}

/** One of those, or an error of the project's own code, which has no code. */
type ToldError = Omit<DescribedError, "code"> & { readonly code?: string | undefined };

/** Whether an error is told without its stack. */
function isTold(error: unknown): error is ToldError {
  return isDescribed(error) || (error instanceof Error && Reflect.get(error, "code") === undefined);
}
