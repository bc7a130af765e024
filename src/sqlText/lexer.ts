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

/** Reads one kind of token where its first character stands. */
interface Reader {
  readonly begins: RegExp;
  readonly read: (text: string, start: number, dialect: Dialect) => Token | undefined;
}

const plainReaders: readonly Reader[] = [
  matching("space", /\s/, /\s+/y),
  matching("comment", /-/, /--[^\n\r]*/y),
  matching("parameter", /\$/, /\$\d+/y),
  matching("word", /[A-Za-z_\u0080-\uffff]/, /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y),
  matching("number", /[\d.]/, /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y),
];

/**
 * In the order in which they are tried. SQLite has names in brackets and backticks, and no strings between dollars (SQLite,
 * "SQLite Keywords", "SQL Comment Syntax").
 */
const readers: Readonly<Record<Dialect, readonly Reader[]>> = {
  postgresql: [
    { begins: /\//, read: blockComment },
    { begins: /['"bBxXnNeEuU]/, read: quotedToken },
    { begins: /\$/, read: dollarString },
    ...plainReaders,
  ],
  sqlite: [{ begins: /\//, read: blockComment }, { begins: /['"`[xX]/, read: quotedToken }, ...plainReaders],
};

const asciiSize = 128;

/** Those that can read a token which begins with a character, by its code: every other one is tried in vain. */
const readersOfAscii: Readonly<Record<Dialect, readonly (readonly Reader[])[]>> = {
  postgresql: byFirstCharacter(readers.postgresql),
  sqlite: byFirstCharacter(readers.sqlite),
};

function byFirstCharacter(candidates: readonly Reader[]): readonly (readonly Reader[])[] {
  return Array.from({ length: asciiSize }, (_, code) =>
    candidates.filter(({ begins }) => begins.test(String.fromCharCode(code))),
  );
}

function matching(kind: TokenKind, begins: RegExp, pattern: RegExp): Reader {
  return {
    begins,
    read(text, start) {
      pattern.lastIndex = start;
      return pattern.test(text) ? { kind, text: text.slice(start, pattern.lastIndex), start } : undefined;
    },
  };
}

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

function tokenAt(text: string, start: number, dialect: Dialect): Token {
  for (const { read } of readersOfAscii[dialect][text.charCodeAt(start)] ?? readers[dialect]) {
    const token = read(text, start, dialect);
    if (token !== undefined) {
      return token;
    }
  }
  return { kind: "symbol", text: text.charAt(start), start };
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
function blockComment(text: string, start: number, dialect: Dialect): Token | undefined {
  if (!text.startsWith("/*", start)) {
    return undefined;
  }
  const isNested = dialect === "postgresql";
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
export function significantTokens(text: string, dialect: Dialect = "postgresql"): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length;) {
    const token = tokenAt(text, start, dialect);
    if (token.kind !== "space" && token.kind !== "comment") {
      tokens.push(token);
    }
    start += token.text.length;
  }
  return tokens;
}

/** Whether a token is this word, given in capitals. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}

/** Whether a token is a text in quotes or between dollars. */
export function isQuotedText({ kind }: Token): boolean {
  return kind === "string" || kind === "dollarString";
}

/** What a quoted text means; escapes other than doubled quotes stay as they are written. */
export function quotedContent({ kind, text }: Token): string {
  if (kind === "dollarString") {
    const tag = text.slice(0, text.indexOf("$", 1) + 1);
    return text.slice(tag.length, text.endsWith(tag) ? -tag.length : undefined);
  }
  return text.replace(/^[^']*'|'$/g, "").replaceAll("''", "'");
}
