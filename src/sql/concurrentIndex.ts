import { significantTokens, type Token } from "./lexer";

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
