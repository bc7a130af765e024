import { RevisionError } from "../revision/errors";
import { exitCodes, type Terminal } from "./terminal";

/** The parts that the errors of every folder share. */
interface DescribedError extends Error {
  readonly code: string;
  readonly hint?: string | undefined;
  readonly detail?: string | undefined;
}

const cancelledCode = "cancelled";

/**
 * Prints a failure as people should meet it: what, where, and what to do. A stack trace comes only with
 * `--raiseerr`, or for an error that this program did not expect.
 * @returns the exit status
 */
export function printFailure(error: unknown, terminal: Terminal, isStackWanted: boolean): number {
  if (!isDescribed(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.stderr.write(`Internal error: ${text}\n`);
    return exitCodes.internalError;
  }
  const lines = [`FAILED: ${error.message}`];
  const detail = error instanceof RevisionError ? error.cause : undefined;
  if (detail !== undefined && detail !== error.message) {
    lines.push(`  ${detail}`);
  }
  lines.push(...placeLines(error));
  if (error.hint !== undefined) {
    lines.push(`  Hint: ${error.hint}`);
  }
  if (isStackWanted && error.stack !== undefined) {
    lines.push(error.stack);
  }
  terminal.stderr.write(`${lines.join("\n")}\n`);
  return error.code === cancelledCode ? exitCodes.cancelled : exitCodes.failed;
}

/** Place, SQL and the server's own words, where a failure has them. */
function placeLines(error: DescribedError): string[] {
  const lines: string[] = [];
  const location = locationOf(error);
  if (location !== undefined) {
    lines.push(`  at ${location}`);
  }
  for (const [title, key] of [
    ["SQL", "sql"],
    ["Detail", error.name === "MigrationError" ? "serverDetail" : "detail"],
    ["PostgreSQL's hint", "serverHint"],
    ["State", "state"],
  ] as const) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === "string" && value !== "" && !(error instanceof RevisionError)) {
      lines.push(`  ${title}: ${value.replaceAll("\n", "\n    ")}`);
    }
  }
  return lines;
}

/** `file:line:column`, counted from one, as terminals make it a link. */
function locationOf(error: DescribedError): string | undefined {
  const location: unknown = Reflect.get(error, "location");
  const holder: unknown = typeof location === "object" && location !== null ? location : error;
  const path: unknown = Reflect.get(Object(holder), "path") ?? Reflect.get(Object(holder), "file");
  const line: unknown = Reflect.get(Object(holder), "line");
  const column: unknown = Reflect.get(Object(holder), "column");
  if (typeof path !== "string" || typeof line !== "number") {
    return undefined;
  }
  return `${path}:${String(line)}${typeof column === "number" ? `:${String(column)}` : ""}`;
}

function isDescribed(error: unknown): error is DescribedError {
  return error instanceof Error && /^[a-z]+(-[a-z]+)*$/.test(String(Reflect.get(error, "code")));
}
