import { findConcurrentIndexBuild, findConcurrentReindex } from "../sql/concurrentIndex";
import { significantTokens } from "../sqlText/lexer";
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

const silentWords = new Set([
  ...writingWords,
  "ALTER",
  "COMMENT",
  "CREATE",
  "DROP",
  "GRANT",
  "REVOKE",
  "TRUNCATE",
]);

/** Whether a statement gives no rows, whatever it changes. */
export function givesNoRows(statement: string): boolean {
  const words = significantTokens(statement).map((token) => token.text.toUpperCase());
  return silentWords.has(words[0] ?? "") && !words.includes("RETURNING") && !words.slice(0, -1).includes(";");
}

/** Functions of PostgreSQL and SQLite that change nothing, and that migrations ask. */
const readingFunctions = new Set(
  `ABS ARRAY_AGG ARRAY_LENGTH ARRAY_TO_STRING AVG BOOL_AND BOOL_OR BTRIM CARDINALITY CEIL CEILING CHAR_LENGTH COALESCE COL_DESCRIPTION
   CONCAT CONCAT_WS COUNT CURRENT_DATABASE CURRENT_SCHEMA CURRENT_SCHEMAS CURRENT_SETTING DATE_PART DATE_TRUNC DENSE_RANK EVERY
   EXISTS EXTRACT FIRST_VALUE FLOOR FORMAT FORMAT_TYPE GENERATE_SERIES GREATEST GROUP_CONCAT IFNULL INITCAP JSON_AGG JSONB_AGG
   JSON_BUILD_OBJECT JSONB_BUILD_OBJECT JSON_EXTRACT LAG LAST_VALUE LEAD LEAST LEFT LENGTH LOWER LTRIM MAX MD5 MIN MOD NOW NULLIF
   OBJ_DESCRIPTION OCTET_LENGTH PG_GET_CONSTRAINTDEF PG_GET_EXPR PG_GET_FUNCTIONDEF PG_GET_INDEXDEF PG_GET_VIEWDEF
   PG_RELATION_SIZE PG_TABLE_IS_VISIBLE PG_TOTAL_RELATION_SIZE PG_TYPEOF POSITION POWER RANK REGEXP_MATCHES REGEXP_REPLACE
   REPEAT REPLACE RIGHT ROUND ROW_NUMBER ROW_TO_JSON RTRIM SPLIT_PART SQRT STRING_AGG STRING_TO_ARRAY STRPOS SUBSTR SUBSTRING
   SUM TO_CHAR TO_DATE TO_JSON TO_JSONB TO_NUMBER TO_REGCLASS TO_REGTYPE TO_TIMESTAMP TO_TSQUERY TO_TSVECTOR TRIM TRUNC
   UNNEST UPPER VERSION`.split(/\s+/),
);

/** Words that a parenthesis may follow without a call. */
const notCalled = new Set(
  `ALL AND ANY ARRAY AS BETWEEN BY CASE CAST DISTINCT ELSE EXCEPT FILTER FROM GROUP HAVING IN INTERSECT IS JOIN LATERAL LIKE LIMIT
   MATERIALIZED NOT NUMERIC OFFSET ON OR OVER SELECT SETS SOME THEN UNION USING VALUES VARCHAR WHEN WHERE WITH WITHIN`.split(
    /\s+/,
  ),
);

/**
 * Whether a statement only reads, so that it may be run again for its rows. A function that is not known may do anything:
 * `SELECT create_hypertable('t', 'at')` is no reading.
 */
export function isReading(statement: string): boolean {
  const words = significantTokens(statement).map((token) => token.text.toUpperCase());
  switch (words[0]) {
    case "SELECT":
    case "(":
      return !words.includes("INTO") && callsOnlyReading(words);
    case "TABLE":
    case "SHOW":
      return true;
    case "VALUES":
      return callsOnlyReading(words);
    case "WITH":
      return (
        !words.some((word, at) => writingWords.has(word) && words[at - 1] !== "FOR") &&
        callsOnlyReading(words)
      );
    default:
      return false;
  }
}

function callsOnlyReading(words: readonly string[]): boolean {
  const named = new Set(words.filter((_, at) => words[at + 1] === "AS" && words[at + 2] === "("));
  return words.every((word, at) => {
    const isCall = words[at + 1] === "(" && /^[\p{L}_"]/u.test(word);
    const name = word.startsWith('"') ? "" : word;
    const isForeign = words[at - 1] === "." && words[at - 2] !== "PG_CATALOG";
    return !isCall || notCalled.has(name) || named.has(word) || (readingFunctions.has(name) && !isForeign);
  });
}

/** Whether a statement sets something of the session, which a run that is taken up has anew. */
export function isSessionSetting(statement: string): boolean {
  const words = significantTokens(statement).map((token) => token.text.toUpperCase());
  const [first, second] = words;
  if (first === "SET") {
    return second !== "LOCAL" && second !== "TRANSACTION" && second !== "CONSTRAINTS";
  }
  const callee = words.slice(1, words[1] === "PG_CATALOG" ? 4 : 2).join("");
  return (
    first === "SELECT" &&
    /^(?:PG_CATALOG\.)?SET_CONFIG$/.test(callee) &&
    words.filter((word) => word === "(").length === 1
  );
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
      "Invalid indexes whose names end in _ccnew or _ccold may remain beside those that were to be rebuilt: they are not used " +
      "for queries and slow down writes. The next run drops them before it starts again."
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
