import type { Dialect } from "./dialect";
import { endOfEscaped, endOfQuoted } from "./quotedText";

export type TokenKind =
  "space" | "comment" | "string" | "dollarString" | "quotedName" | "word" | "number" | "parameter" | "symbol";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  /** A block comment that nothing closes. */
  readonly isUnclosed?: true;
}

type Patterns = readonly (readonly [TokenKind, RegExp])[];

const postgresqlPatterns: Patterns = [
  ["space", /\s+/y],
  ["comment", /--[^\n\r]*/y],
  ["parameter", /\$\d+/y],
  ["word", /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ["number", /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y],
];

/** What SQLite reads otherwise: names in brackets and backticks, no backslashes (SQLite, "SQLite Keywords", "SQL Comment Syntax"). */
const sqlitePatterns: Patterns = [
  ["space", /\s+/y],
  ["comment", /--[^\n\r]*/y],
  ...postgresqlPatterns.filter(([kind]) => ["parameter", "word", "number"].includes(kind)),
];

/**
 * The tokens of SQL text, all of it: joined they are the text again. What is not closed reaches to the end.
 * (PostgreSQL's documentation, 4.1 "Lexical Structure".)
 */
export function* tokenize(text: string, dialect: Dialect = "postgresql"): Generator<Token> {
  for (let start = 0; start < text.length;) {
    const token = tokenAt(text, start, dialect);
    yield token;
    start += token.text.length;
  }
}

/** Characters with which nothing begins in either dialect: no pattern is tried there. */
const plainSymbols = new Set(";,(){}*+<>=!~^%&|?:@#");

function tokenAt(text: string, start: number, dialect: Dialect): Token {
  const first = text.charAt(start);
  if (plainSymbols.has(first)) {
    return { kind: "symbol", text: first, start };
  }
  const isPostgresql = dialect === "postgresql";
  const special = text.startsWith("/*", start)
    ? blockComment(text, start, isPostgresql)
    : (quotedToken(text, start, dialect) ?? (isPostgresql ? dollarString(text, start) : undefined));
  if (special !== undefined) {
    return special;
  }
  for (const [kind, pattern] of isPostgresql ? postgresqlPatterns : sqlitePatterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) {
      return { kind, text: match[0], start };
    }
  }
  return { kind: "symbol", text: first, start };
}

const quotes: Readonly<Record<Dialect, RegExp>> = {
  postgresql: /(?:[bBxXnNeE]|[uU]&)?'|(?:[uU]&)?"/y,
  sqlite: /[xX]?'|["`[]/y,
};

/** A string or a quoted name, with what stands before its quote. */
function quotedToken(text: string, start: number, dialect: Dialect): Token | undefined {
  const opening = quotes[dialect];
  opening.lastIndex = start;
  const mark = opening.exec(text)?.[0];
  if (mark === undefined) {
    return undefined;
  }
  const quote = start + mark.length - 1;
  const end = /^[eE]/.test(mark) ? endOfEscaped(text, quote) : endOfQuoted(text, quote);
  return { kind: mark.endsWith("'") ? "string" : "quotedName", text: text.slice(start, end), start };
}

/** Comments nest in SQL; in SQLite the first end is the end. */
function blockComment(text: string, start: number, isNested: boolean): Token {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0 || (!isNested && match[0] === "*/" && match.index > start + 1)) {
      return { kind: "comment", text: text.slice(start, mark.lastIndex), start };
    }
  }
  return { kind: "comment", text: text.slice(start), start, isUnclosed: true };
}

function dollarString(text: string, start: number): Token | undefined {
  const opening = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
  opening.lastIndex = start;
  const tag = opening.exec(text)?.[0];
  if (tag === undefined) {
    return undefined;
  }
  const end = text.indexOf(tag, start + tag.length);
  return { kind: "dollarString", text: text.slice(start, end < 0 ? text.length : end + tag.length), start };
}

/** The tokens that mean something: no space, no comments. */
export function significantTokens(text: string, dialect?: Dialect): readonly Token[] {
  return [...tokenize(text, dialect)].filter(({ kind }) => kind !== "space" && kind !== "comment");
}
