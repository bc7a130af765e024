import { endOfQuoted } from "../../sqlText/quotedText";

export type SqliteTokenKind = "space" | "string" | "quotedName" | "word" | "number" | "symbol";

export interface SqliteToken {
  readonly kind: SqliteTokenKind;
  readonly text: string;
  readonly start: number;
}

const patterns: readonly (readonly [SqliteTokenKind, RegExp])[] = [
  ["word", /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ["number", /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y],
];

/** The tokens of SQL as SQLite reads it: names in `"…"`, `` `…` `` and `[…]`, comments that do not nest. */
export function* sqliteTokens(text: string): Generator<SqliteToken> {
  for (let start = 0; start < text.length;) {
    const token = tokenAt(text, start);
    yield token;
    start += token.text.length;
  }
}

function tokenAt(text: string, start: number): SqliteToken {
  const quoted = quotedToken(text, start) ?? spaceToken(text, start);
  if (quoted !== undefined) {
    return quoted;
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

/** A text or a name in quotes; what is not closed reaches to the end. */
function quotedToken(text: string, start: number): SqliteToken | undefined {
  const at = /[xX]/.test(text.charAt(start)) && text.charAt(start + 1) === "'" ? start + 1 : start;
  const mark = text.charAt(at);
  switch (mark) {
    case "'":
    case '"':
    case "`":
    case "[": {
      const kind = mark === "'" ? "string" : "quotedName";
      return { kind, text: text.slice(start, endOfQuoted(text, at)), start };
    }
    default:
      return undefined;
  }
}

/** Space and comments, as many as follow each other. */
function spaceToken(text: string, start: number): SqliteToken | undefined {
  const space = /\s+/y;
  let end = start;
  for (let before = -1; end > before && end < text.length;) {
    before = end;
    space.lastIndex = end;
    if (space.test(text)) {
      end = space.lastIndex;
    } else if (text.startsWith("--", end) || text.startsWith("/*", end)) {
      const closing = text.startsWith("--", end) ? "\n" : "*/";
      const closed = text.indexOf(closing, end + 2);
      end = closed < 0 ? text.length : closed + closing.length;
    }
  }
  return end === start ? undefined : { kind: "space", text: text.slice(start, end), start };
}

/** The name that a token writes, without its quotes; undefined for what can be no name. */
export function nameOf({ kind, text }: SqliteToken): string | undefined {
  switch (kind) {
    case "word":
      return text;
    case "quotedName": {
      const mark = text.charAt(0);
      const inner = text.slice(1, -1);
      return mark === "[" ? inner : inner.replaceAll(mark + mark, mark);
    }
    case "string":
      // SQLite takes a text for a name where only a name can stand.
      return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : undefined;
    default:
      return undefined;
  }
}

/** SQLite's names are the same whatever the case of their ASCII letters. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether SQLite takes both for the same name. */
export function isSameName(left: string, right: string): boolean {
  return foldName(left) === foldName(right);
}

/** Does the SQL name this column (or table), outside of texts? May say yes for a function of that name. */
export function mentionsName(sql: string, name: string): boolean {
  return [...sqliteTokens(sql)].some((token) => {
    const written = token.kind === "string" ? undefined : nameOf(token);
    return written !== undefined && isSameName(written, name);
  });
}
