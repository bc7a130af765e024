import type { Connection } from "../database/connection";
import { readVersionRows, type VersionTable } from "../database/versionTable";
import type { MigrationStep } from "../revision/plan";
import { findInvalidIndexes } from "./invalidIndex";
import { MigrationError } from "./migrationError";
import { describeInvalidIndex } from "./unfinishedStep";

/**
 * Says in the error where the database stands now, read from it and not guessed.
 * @param committed whether anything was, and the step of which only a part was, if any
 */
export async function withState(
  error: unknown,
  connection: Connection | undefined,
  table: VersionTable,
  committed: { readonly isAnything: boolean; readonly partOf: MigrationStep | undefined },
): Promise<unknown> {
  if (connection === undefined || !(error instanceof MigrationError)) {
    return error;
  }
  const rows = await readVersionRows(connection, table).catch(() => undefined);
  const sentences = [
    describePlace(rows, committed.partOf),
    error.sql === undefined ? undefined : await describeLeftover(connection, error.sql),
  ];
  return new MigrationError(error.code, error.message, {
    ...error,
    cause: error.cause,
    state: sentences.filter((sentence) => sentence !== undefined).join(" "),
    database: { rows, isChanged: committed.isAnything, isPartlyApplied: committed.partOf !== undefined },
  });
}

function describePlace(
  rows: readonly string[] | undefined,
  partlyApplied: MigrationStep | undefined,
): string {
  if (rows === undefined) {
    return "The state of the database could not be read. Run `current` when the database can be reached again.";
  }
  const place = rows.length === 0 ? "at base" : `at ${rows.join(", ")}`;
  return partlyApplied === undefined
    ? `What was not committed is rolled back; the database is ${place}.`
    : `The database is ${place}, and part of ${String(partlyApplied.revision?.revision)} is in it: what it had committed before it failed ` +
        "is recorded. The next run resumes there.";
}

/** Nothing where the server says that no invalid index is there; a server that can't be asked may have one. */
async function describeLeftover(connection: Connection, statement: string): Promise<string | undefined> {
  const sentence = describeInvalidIndex(statement);
  if (sentence === undefined) {
    return undefined;
  }
  const isThere = await findInvalidIndexes(connection, statement).then(
    (found) => found.kind === "unknown" || found.indexes.length > 0,
    () => true,
  );
  return isThere ? sentence : undefined;
}
