import { loadModule, parseSync, SqlError } from "libpg-query";
import type { Node } from "libpg-query";
import { tokenize } from "../sqlText/lexer";

/** A statement of a text, with its place there in characters. */
export interface ParsedStatement {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

export type ParsedSql =
  | { readonly kind: "parsed"; readonly statements: readonly ParsedStatement[] }
  /** `offset` is in characters. */
  | { readonly kind: "syntax-error"; readonly message: string; readonly offset: number }
  /** Too long or too deep for the parser. */
  | { readonly kind: "unreadable" };

/** PostgreSQL's own grammar, of the version `grammarVersion`. */
export type ParseSql = (text: string) => ParsedSql;

/** The major version of PostgreSQL whose grammar parses. */
export const grammarVersion = 18;

/** So much is data, and no change of a schema. */
const longestParsed = 200_000;

/** Loads the grammar, which takes some hundredths of a second once in a process. */
export async function loadGrammar(): Promise<ParseSql> {
  await loadModule();
  return parse;
}

function parse(text: string): ParsedSql {
  if (text.length > longestParsed) {
    return { kind: "unreadable" };
  }
  if (text.trim() === "") {
    return { kind: "parsed", statements: [] };
  }
  try {
    const { stmts = [] } = parseSync(text);
    const inCharacters = characterOffsets(text);
    return {
      kind: "parsed",
      statements: stmts.flatMap(({ stmt, stmt_location: location = 0, stmt_len: length = 0 }) =>
        stmt === undefined ? [] : [{ node: stmt, ...trimmed(text, location, length, inCharacters) }],
      ),
    };
  } catch (error) {
    if (error instanceof SqlError && !/^memory exhausted/.test(error.message)) {
      return { kind: "syntax-error", message: error.message, offset: error.sqlDetails?.cursorPosition ?? 0 };
    }
    // Among them a RangeError: an expression that is too deep for the stack.
    return { kind: "unreadable" };
  }
}

/** The parser counts bytes of UTF-8. */
function characterOffsets(text: string): (bytes: number) => number {
  const encoded = new TextEncoder().encode(text);
  if (encoded.length === text.length) {
    return (bytes) => bytes;
  }
  const decoder = new TextDecoder();
  return (bytes) => decoder.decode(encoded.subarray(0, bytes)).length;
}

function trimmed(
  text: string,
  location: number,
  length: number,
  inCharacters: (bytes: number) => number,
): { readonly start: number; readonly end: number } {
  const from = inCharacters(location);
  const to = length === 0 ? text.length : inCharacters(location + length);
  const own = text.slice(from, to);
  return { start: from + spaceBefore(own), end: from + own.trimEnd().length };
}

/** The length of the space and the comments that a text begins with. */
function spaceBefore(text: string): number {
  for (const { kind, start } of tokenize(text)) {
    if (kind !== "space" && kind !== "comment") {
      return start;
    }
  }
  return text.length;
}
