import { significantTokens } from "../sqlText/lexer";
import { splitStatements } from "./splitStatements";

/**
 * Does PostgreSQL refuse the text inside a transaction block? True if that holds for any of its statements. Known
 * by the calls of `PreventInTransactionBlock` in PostgreSQL's sources. What only the catalog tells (REINDEX of a
 * partitioned table, procedures that commit) is taken as allowed.
 */
export function refusesTransaction(text: string): boolean {
  return tellingWord.test(text) && splitStatements(text).some(statementRefuses);
}

/** A text without any of these is not looked at more closely, which saves most of the time that a run spends here. */
const tellingWord =
  /cluster|concurrently|database|discard|prepared|reindex|repack|subscription|system|tablespace|vacuum/i;

function statementRefuses(statement: string): boolean {
  const words = significantTokens(statement).map(({ kind, text }) =>
    kind === "word" ? text.toUpperCase() : text,
  );
  const [first = "", second = ""] = words;
  switch (first) {
    case "VACUUM":
      return true;
    case "CREATE":
      return createRefuses(words);
    case "DROP":
      return dropRefuses(words);
    case "ALTER":
      return alterRefuses(words);
    case "REINDEX":
      return reindexRefuses(words);
    case "CLUSTER":
      return clusterRefuses(words);
    case "REPACK":
      return repackRefuses(words);
    case "DISCARD":
      return second === "ALL";
    case "COMMIT":
    case "ROLLBACK":
      return second === "PREPARED";
    default:
      return false;
  }
}

function createRefuses(words: readonly string[]): boolean {
  const [, second = "", third = ""] = words;
  const object = second === "UNIQUE" ? third : second;
  switch (object) {
    case "INDEX":
      return words[second === "UNIQUE" ? 3 : 2] === "CONCURRENTLY";
    case "DATABASE":
    case "TABLESPACE":
      return true;
    case "SUBSCRIPTION":
      return !isSwitchedOff(words, "CONNECT") && !isSwitchedOff(words, "CREATE_SLOT");
    default:
      return false;
  }
}

function dropRefuses([, object, third]: readonly string[]): boolean {
  return (
    object === "DATABASE" ||
    object === "TABLESPACE" ||
    object === "SUBSCRIPTION" ||
    (object === "INDEX" && third === "CONCURRENTLY")
  );
}

function alterRefuses(words: readonly string[]): boolean {
  switch (words[1]) {
    case "SYSTEM":
      return true;
    case "DATABASE":
      return contains(words, ["SET", "TABLESPACE"]);
    case "TABLE":
      return contains(words, ["DETACH", "PARTITION"]) && words.at(-1) === "CONCURRENTLY";
    case "SUBSCRIPTION":
      return (
        contains(words, ["REFRESH", "PUBLICATION"]) ||
        (["SET", "ADD", "DROP"].some((verb) => contains(words, [verb, "PUBLICATION"])) &&
          !isSwitchedOff(words, "REFRESH"))
      );
    default:
      return false;
  }
}

function reindexRefuses(words: readonly string[]): boolean {
  const hasOptions = words[1] === "(";
  const closing = words.indexOf(")");
  const options = hasOptions ? words.slice(2, closing) : [];
  const [object = "", next] = words.slice(hasOptions ? closing + 1 : 1).filter((word) => word !== "VERBOSE");
  return (
    ["DATABASE", "SYSTEM", "SCHEMA"].includes(object) ||
    next === "CONCURRENTLY" ||
    (options.includes("CONCURRENTLY") && !isSwitchedOff(options, "CONCURRENTLY"))
  );
}

/** Without a table it clusters all tables, each in a transaction of its own. */
function clusterRefuses(words: readonly string[]): boolean {
  const rest = words[1] === "(" ? words.slice(words.indexOf(")") + 1) : words.slice(1);
  return rest.filter((word) => word !== "VERBOSE").length === 0;
}

/**
 * Of PostgreSQL 19. Without a table it rewrites many, each in a transaction of its own; concurrently, and with ANALYZE, it ends
 * transactions too.
 */
function repackRefuses(words: readonly string[]): boolean {
  const closing = words[1] === "(" ? words.indexOf(")") : 0;
  const options = words.slice(1, closing + 1);
  const isOn = (option: string): boolean => options.includes(option) && !isSwitchedOff(options, option);
  const [table] = words.slice(closing + 1);
  return table === undefined || table === ";" || table === "USING" || isOn("CONCURRENTLY") || isOn("ANALYZE");
}

function contains(words: readonly string[], sequence: readonly string[]): boolean {
  return words.some((_, start) => sequence.every((word, offset) => words[start + offset] === word));
}

/** `option = false` in a list of options. */
function isSwitchedOff(words: readonly string[], option: string): boolean {
  const at = words.findIndex((word) => word === option || word === `"${option.toLowerCase()}"`);
  const value = words[at + 1] === "=" ? words[at + 2] : words[at + 1];
  return (
    at >= 0 &&
    value !== undefined &&
    ["FALSE", "OFF", "0", "'FALSE'", "'OFF'", "'0'"].includes(value.toUpperCase())
  );
}
