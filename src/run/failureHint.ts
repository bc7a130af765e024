import type { DatabaseError } from "../database/databaseError";
import { readOnlyHint } from "../database/versionTable";

const existing =
  "Something created it before this revision. If the database already has all that the revision does, record that with `stamp`. Otherwise remove it, or use `ifNotExists` where what is there is right.";

const opposed = "Rows are in the way. Correct them earlier in the revision, and run the command again.";

const misfit =
  "Correct the rows with such values earlier in the revision, or convert them with `using`, and run the command again.";

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
  "23502":
    "A row has no value in a column that requires one. Fill existing rows before the column becomes NOT NULL, or give a new column a default. Then run the command again.",
  "23503": opposed,
  "23505": opposed,
  "23514": opposed,
  "23P01": opposed,
  "22001": misfit,
  "22003": misfit,
  "22007": misfit,
  "22008": misfit,
  "22P02": misfit,
  "42804": "Where a column gets another type, convert its values with `using`, and run the command again.",
  "42P06": existing,
  "42P07": existing,
  "42701": existing,
  "42710": existing,
  "2BP01":
    "Something else still depends on it. Drop or change that earlier in the revision, and run the command again.",
  "53100": "The server's disk is full. Free some space on it, and run the command again.",
};

/** A table changes whose rows have deferred constraints to be checked. */
const pendingEvents = /pending trigger events/;

const pendingHint =
  "Rows of the table changed in this transaction, and deferred constraints have yet to be checked. Send `SET CONSTRAINTS ALL IMMEDIATE` with `op.execute` before the table changes, and run the command again.";

/** What the build leaves out of the extension's embedded database: see scripts/packedPglite.mjs. */
const leftOutConversion = /^could not load library "\/pglite\/lib\/postgresql\/utf8_and_[a-z0-9_]+\.so"/;

const conversionHint =
  "The extension's embedded database has no conversions for East Asian encodings. Use a PostgreSQL server, or run the revision with the npm package `alembic-ts`.";

const otherHint = "Correct the revision, and run the command again.";

/** What to do about a database's refusal of a revision's statement, chosen by its cause. */
export function failureHint(error: DatabaseError): string {
  return ownHintOf(error) ?? messageHint(error) ?? hints[error.sqlState ?? ""] ?? otherHint;
}

/** Where the SQLSTATE stands for several causes. */
function messageHint({ message, sqlState }: DatabaseError): string | undefined {
  if (leftOutConversion.test(message)) {
    return conversionHint;
  }
  return sqlState === "55006" && pendingEvents.test(message) ? pendingHint : undefined;
}

/** The hint that the server gave; those of other failures are this program's. */
export function serverHintOf(error: DatabaseError): string | undefined {
  return error.code === "statement-failed" ? error.hint : undefined;
}

/** This program's hint, which the failure brought along; the server's is shown beside it. */
export function ownHintOf(error: DatabaseError): string | undefined {
  return error.code === "statement-failed" ? undefined : error.hint;
}
