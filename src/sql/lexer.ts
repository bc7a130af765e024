export type TokenKind =
  "space" | "comment" | "string" | "dollarString" | "quotedName" | "word" | "number" | "parameter" | "symbol";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["space", /\s+/y],
  ["comment", /--[^\n\r]*/y],
  ["string", /[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y],
  ["string", /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$)/y],
  ["quotedName", /(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y],
  ["parameter", /\$\d+/y],
  ["word", /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ["number", /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y],
];

/**
 * The tokens of SQL text, all of it: joined they are the text again. What is not closed reaches to the end.
 * (PostgreSQL's documentation, 4.1 "Lexical Structure".)
 */
export function* tokenize(text: string): Generator<Token> {
  for (let start = 0; start < text.length;) {
    const token = tokenAt(text, start);
    yield token;
    start += token.text.length;
  }
}

function tokenAt(text: string, start: number): Token {
  const special = text.startsWith("/*", start) ? blockComment(text, start) : dollarString(text, start);
  if (special !== undefined) {
    return special;
  }
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) {
      return { kind, text: match[0], start };
    }
  }
  return { kind: "symbol", text: text.charAt(start), start };
}

/** Comments nest in SQL. */
function blockComment(text: string, start: number): Token {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) {
      return { kind: "comment", text: text.slice(start, mark.lastIndex), start };
    }
  }
  return { kind: "comment", text: text.slice(start), start };
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
export function significantTokens(text: string): readonly Token[] {
  return [...tokenize(text)].filter(({ kind }) => kind !== "space" && kind !== "comment");
}
