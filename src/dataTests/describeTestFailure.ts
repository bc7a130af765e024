import { inspect, stripVTControlCharacters } from "node:util";
import type { DataTestFailure } from "../context/dataTestOutcome";
import { DatabaseError } from "../database/databaseError";
import type { CallSite } from "../operations/callSite";
import { LoadError } from "../project/errors";
import { MigrationError } from "../run/migrationError";
import { placeInFile } from "../run/placeInFile";

const longestValue = 20_000;

/**
 * What a test threw, as data. A failure of the revision has its place in the revision, every other one in the test.
 * @param path of the test's file
 * @param site where the call was that failed, if one did
 */
export function describeTestFailure(
  error: unknown,
  path: string,
  site: CallSite | undefined,
): DataTestFailure {
  const hint: unknown = error instanceof Error ? Reflect.get(error, "hint") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return {
    // An assertion's may be in a terminal's colours.
    message: stripVTControlCharacters(message),
    hint: typeof hint === "string" ? hint : undefined,
    location: locationOf(error, path, site),
    sql: error instanceof MigrationError || error instanceof DatabaseError ? error.sql : undefined,
    values: comparedValues(error),
  };
}

function locationOf(error: unknown, path: string, site: CallSite | undefined): DataTestFailure["location"] {
  if (error instanceof MigrationError && error.location !== undefined) {
    return error.location;
  }
  if (error instanceof LoadError) {
    return error.line === undefined
      ? undefined
      : { path: error.file, line: error.line, column: error.column ?? 1 };
  }
  const stacks = [error instanceof Error ? { stack: error.stack ?? "" } : undefined, site];
  for (const stack of stacks) {
    const position = stack && placeInFile(stack, path);
    if (position !== undefined) {
      return position;
    }
  }
  return undefined;
}

/** Every assertion library of note puts what it compared on its error under these names. */
function comparedValues(error: unknown): DataTestFailure["values"] {
  if (!(error instanceof Error) || !("expected" in error && "actual" in error)) {
    return undefined;
  }
  const { expected, actual } = error;
  const isComparison = expected !== undefined || actual !== undefined;
  return isComparison && typeof expected !== "function"
    ? { expected: textOf(expected), actual: textOf(actual) }
    : undefined;
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : inspect(value, { depth: 10, sorted: true });
  return text.slice(0, longestValue);
}
