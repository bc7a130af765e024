import { findConcurrentIndexBuild, findConcurrentReindex } from "../../sql/concurrentIndex";
import { significantTokens } from "../../sql/lexer";
import type { LedgerEntry } from "./stepLedger";

/** States in which a `CREATE`, sent again, turns out to have been done: its object is there. */
const alreadyThere = new Set(["42P07", "42710", "42P04", "42P06"]);

/** States in which a `DROP` or `DETACH`, sent again, turns out to have been done: its object is gone. */
const alreadyGone = new Set(["42704", "42P01", "3D000"]);

/**
 * Whether the server's refusal of a statement that was sent before, and of whose end nothing is known, says that it
 * had been done. Only the refusal that fits its verb does: a missing table under a `CREATE INDEX` is a failure.
 */
export function isRefusedAsDone(statement: string, sqlState: string | undefined): boolean {
  const words = significantTokens(statement).map((token) => token.text.toUpperCase());
  const [verb = ""] = words;
  if (verb === "CREATE") {
    return alreadyThere.has(sqlState ?? "");
  }
  return (verb === "DROP" || words.includes("DETACH")) && alreadyGone.has(sqlState ?? "");
}

const writingWords = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

/** Whether a statement only reads, so that it may be run again for its rows. */
export function isReading(statement: string): boolean {
  const words = significantTokens(statement).map((token) => token.text.toUpperCase());
  switch (words[0]) {
    case "SELECT":
      return !words.includes("INTO");
    case "TABLE":
    case "VALUES":
    case "SHOW":
    case "(":
      return true;
    case "WITH":
      return !words.some((word, at) => writingWords.has(word) && words[at - 1] !== "FOR");
    default:
      return false;
  }
}

/** Where an earlier run was cut off, as a sentence for the log of the run that goes on. */
export function describeResumption(entry: LedgerEntry): string {
  const place = `its statement ${String(entry.position)}`;
  return entry.state === "finished"
    ? `Revision ${entry.revision} was interrupted in an earlier run after ${place}, which completed: ${oneLine(entry.statement)}. Resuming after it.`
    : `Revision ${entry.revision} was interrupted in an earlier run before or at ${place}: ${oneLine(entry.statement)}. Everything before it completed. Resuming with it.`;
}

/**
 * What a failed `CREATE INDEX CONCURRENTLY` or `REINDEX … CONCURRENTLY` may have left, as a sentence; undefined for any other statement
 * (PostgreSQL, CREATE INDEX, "Building Indexes Concurrently").
 */
export function describeInvalidIndex(statement: string): string | undefined {
  const build = findConcurrentIndexBuild(statement);
  if (build !== undefined) {
    return (
      `An invalid index "${build.index}" may remain on "${build.table}": it is not used for queries and slows down writes. ` +
      "The next run drops it before it builds the index again."
    );
  }
  if (findConcurrentReindex(statement) !== undefined) {
    return (
      "Invalid indexes whose names end in _ccnew or _ccold may remain beside those that were to be built anew: they are not used " +
      "for queries and slow down writes. The next run drops them before it begins again."
    );
  }
  return /^\s*CREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(statement)
    ? "An invalid index may remain on that table, under a name that the server chose: psql's \\d shows it as INVALID."
    : undefined;
}

function oneLine(statement: string): string {
  const text = statement.replace(/\s+/g, " ").trim();
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
