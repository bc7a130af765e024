import type { DatabaseError } from "../database/databaseError";
import { readOnlyHint } from "../database/versionTable";

/** What to do about a statement that the server refused, by its SQLSTATE (PostgreSQL, "PostgreSQL Error Codes"). */
const hints: Readonly<Record<string, string>> = {
  "55P04":
    "PostgreSQL accepts a new enum value only after the transaction that added it is committed. Add it in an earlier revision, or in `op.autocommitBlock` before it is used.",
  "34000":
    "A cursor ends with its transaction. Read the rows of `connection.stream` to their end, and await that, before `op.autocommitBlock`.",
  "55P03":
    "Another session holds the lock. Run the command again when that session has ended, or set `lockRetries` or `lockTimeout` in the configuration. Without `lockTimeout`, the role's own `lock_timeout` applies.",
  "57014":
    "The statement was stopped, for example by a `statement_timeout`. Raise `statementTimeout` in the configuration, or split the statement.",
  "25006": readOnlyHint,
  "57P01": "An administrator or the server's shutdown ended the connection. Run the command again.",
  "57P02": "The server crashed and ended the connection. Run the command again when it is up.",
  "57P05": "The server's `idle_session_timeout` ended the connection. Run the command again.",
  "40P01": "This session and another one waited for each other (a deadlock). Run the command again.",
  "40001": "Another session changed the same rows. Run the command again.",
  "42501":
    "Grant the right to this database user, or connect as a user who has it. Most changes to a table require its owner.",
};

/** What the build leaves out of the extension's embedded database: see scripts/packedPglite.mjs. */
const leftOutConversion = /^could not load library "\/pglite\/lib\/postgresql\/utf8_and_[a-z0-9_]+\.so"/;

const conversionHint =
  "The extension's embedded database has no conversions for East Asian encodings. Use a PostgreSQL server, or run the revision with the npm package `alembic-ts`.";

const otherHint = "Correct the revision, and run the command again.";

/** What to do about a database's refusal of a revision's statement, chosen by its cause. */
export function failureHint(error: DatabaseError): string {
  const stateHint = leftOutConversion.test(error.message) ? conversionHint : hints[error.sqlState ?? ""];
  return ownHintOf(error) ?? stateHint ?? otherHint;
}

/** The hint that the server gave; those of other failures are this program's. */
export function serverHintOf(error: DatabaseError): string | undefined {
  return error.code === "statement-failed" ? error.hint : undefined;
}

/** This program's hint, which the failure brought along; the server's is shown beside it. */
export function ownHintOf(error: DatabaseError): string | undefined {
  return error.code === "statement-failed" ? undefined : error.hint;
}
