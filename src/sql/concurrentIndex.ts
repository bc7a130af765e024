import { refusesTransaction } from "./classifyStatement";
import { significantTokens, type Token } from "../sqlText/lexer";

/** What a `CREATE INDEX CONCURRENTLY` names. */
export interface ConcurrentIndexBuild {
  readonly index: string;
  readonly table: string;
  readonly schema: string | undefined;
}

/**
 * Reads index and table out of a `CREATE [UNIQUE] INDEX CONCURRENTLY` statement; undefined for any other
 * statement, and for one that leaves the index's name to the server.
 */
export function findConcurrentIndexBuild(statement: string): ConcurrentIndexBuild | undefined {
  const tokens = significantTokens(statement).values();
  const next = (): Token | undefined => tokens.next().value;
  const isWord = (token: Token | undefined, word: string): boolean => token?.text.toUpperCase() === word;

  if (!isWord(next(), "CREATE")) {
    return undefined;
  }
  let token = next();
  if (isWord(token, "UNIQUE")) {
    token = next();
  }
  if (!isWord(token, "INDEX") || !isWord(next(), "CONCURRENTLY")) {
    return undefined;
  }
  token = next();
  if (isWord(token, "IF")) {
    next();
    next();
    token = next();
  }
  const index = token === undefined || isWord(token, "ON") ? undefined : nameOf(token);
  if (index === undefined || !isWord(next(), "ON")) {
    return undefined;
  }
  token = next();
  if (isWord(token, "ONLY")) {
    token = next();
  }
  const first = token === undefined ? undefined : nameOf(token);
  if (first === undefined) {
    return undefined;
  }
  if (next()?.text !== ".") {
    return { index, table: first, schema: undefined };
  }
  const second = next();
  const table = second === undefined ? undefined : nameOf(second);
  return table === undefined ? undefined : { index, table, schema: first };
}

/** What a `REINDEX … CONCURRENTLY` builds anew; a database is always the one that is connected to. */
export type ConcurrentReindex =
  | { readonly kind: "index" | "table"; readonly schema: string | undefined; readonly name: string }
  | { readonly kind: "schema"; readonly name: string }
  | { readonly kind: "database" };

/** Reads what a concurrent `REINDEX` is about; undefined for any other statement. */
export function findConcurrentReindex(statement: string): ConcurrentReindex | undefined {
  const tokens = significantTokens(statement);
  if (tokens[0]?.text.toUpperCase() !== "REINDEX" || !refusesTransaction(statement)) {
    return undefined;
  }
  const start = tokens[1]?.text === "(" ? tokens.findIndex(({ text }) => text === ")") + 1 : 1;
  const options = tokens.slice(1, start).map(({ text }) => text.toUpperCase());
  const [object, ...rest] = tokens
    .slice(start)
    .filter(({ kind, text }, at) => !(kind === "word" && at === 0 && text.toUpperCase() === "VERBOSE"));
  const isMarked = rest[0]?.kind === "word" && rest[0].text.toUpperCase() === "CONCURRENTLY";
  if (object === undefined || (!isMarked && !options.includes("CONCURRENTLY"))) {
    return undefined;
  }
  const [first, dot, second] = isMarked ? rest.slice(1) : rest;
  const name = first === undefined ? undefined : nameOf(first);
  const inner = dot?.text === "." && second !== undefined ? nameOf(second) : undefined;
  const kind = object.text.toLowerCase();
  if ((kind === "index" || kind === "table") && name !== undefined) {
    return inner === undefined ? { kind, schema: undefined, name } : { kind, schema: name, name: inner };
  }
  if (kind === "schema" && name !== undefined) {
    return { kind, name };
  }
  return kind === "database" || kind === "system" ? { kind: "database" } : undefined;
}

/** A name as the catalog has it: unquoted ones in lower case (PostgreSQL, "Identifiers and Key Words"). */
function nameOf(token: Token): string | undefined {
  switch (token.kind) {
    case "word":
      return token.text.toLowerCase();
    case "quotedName":
      return token.text.slice(1, -1).replaceAll('""', '"');
    default:
      return undefined;
  }
}
