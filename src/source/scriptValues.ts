import type { HeaderValue } from "./headerDraft";
import type { LocatedText, TextRange } from "./header";
import type { ScriptCursor } from "./scriptCursor";
import {
  AMPERSAND,
  ARROW,
  BAR,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  DOT,
  END,
  EXCLAMATION,
  GREATER,
  LESS,
  NAME,
  NUMBER,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  SEMICOLON,
  STRING,
  TEMPLATE,
} from "./scriptTokens";
import { decodeScriptString } from "./stringEscapes";

/** Reads the value that starts at the present token, and moves behind it as far as it is understood. */
export function readValue(cursor: ScriptCursor): HeaderValue {
  const start = cursor.start;
  const value = readOperand(cursor);
  if (value.kind === "unknown" || (skipAssertions(cursor) && isAtEndOfValue(cursor))) {
    return value;
  }
  return unknown("a computed value", { start, end: cursor.end });
}

/** Moves behind `: Type`, if the cursor is at one; false if the type is not understood. */
export function skipTypeAnnotation(cursor: ScriptCursor): boolean {
  if (cursor.kind !== COLON) {
    return true;
  }
  cursor.next();
  return skipType(cursor);
}

/** Moves behind `: Type` of a function; an arrow behind it belongs to the function. */
export function skipReturnType(cursor: ScriptCursor): boolean {
  if (cursor.kind !== COLON) {
    return true;
  }
  cursor.next();
  return skipType(cursor, false);
}

/** Moves behind `<…>`. */
export function skipAngles(cursor: ScriptCursor): void {
  let depth = 0;
  do {
    if (cursor.kind === LESS) {
      depth += 1;
    } else if (cursor.kind === GREATER) {
      depth -= 1;
    }
    if (isOpening(cursor.kind)) {
      cursor.skipNested();
    } else {
      cursor.next();
    }
  } while (depth > 0 && cursor.kind !== END);
}

/** Whether this kind of token opens a bracket. */
export function isOpening(kind: number): boolean {
  return kind === OPEN_BRACE || kind === OPEN_BRACKET || kind === OPEN_PARENTHESIS;
}

function isClosing(kind: number): boolean {
  return kind === CLOSE_BRACE || kind === CLOSE_BRACKET || kind === CLOSE_PARENTHESIS;
}

function readOperand(cursor: ScriptCursor): HeaderValue {
  const range: TextRange = { start: cursor.start, end: cursor.end };
  switch (cursor.kind) {
    case STRING:
    case TEMPLATE: {
      const text = readText(cursor);
      return text === undefined ? unknown("not a plain string", range) : { kind: "text", range, text };
    }
    case OPEN_BRACKET:
      return readList(cursor);
    case OPEN_PARENTHESIS:
      return readParenthesised(cursor);
    case NAME:
      return readWord(cursor, range);
    case END:
      return unknown("a value that is not there", range);
    default:
      return unknown("a computed value", range);
  }
}

function readWord(cursor: ScriptCursor, range: TextRange): HeaderValue {
  const { word } = cursor;
  switch (word) {
    case "null":
    case "undefined":
      cursor.next();
      return { kind: "none", range };
    case "true":
    case "false":
      cursor.next();
      return { kind: "flag", range, flag: word === "true" };
    default:
      return unknown("a computed value", range);
  }
}

function readParenthesised(cursor: ScriptCursor): HeaderValue {
  cursor.next();
  const value = readValue(cursor);
  if (value.kind !== "unknown" && cursor.kind !== CLOSE_PARENTHESIS) {
    return unknown("a computed value", value.range);
  }
  cursor.next();
  return value;
}

function readList(cursor: ScriptCursor): HeaderValue {
  const { start } = cursor;
  const values: LocatedText[] = [];
  cursor.next();
  while (cursor.kind !== CLOSE_BRACKET) {
    const item = readValue(cursor);
    if (item.kind !== "text" || (cursor.kind !== COMMA && cursor.kind !== CLOSE_BRACKET)) {
      return unknown("a list with something other than strings", item.range);
    }
    values.push(item.text);
    if (cursor.kind === COMMA) {
      cursor.next();
    }
  }
  const range = { start, end: cursor.end };
  cursor.next();
  return { kind: "list", range, values };
}

/** Reads the string or template at the cursor; undefined if its value is not in the text. */
function readText(cursor: ScriptCursor): LocatedText | undefined {
  const range: TextRange = { start: cursor.start + 1, end: cursor.end - 1 };
  const body = cursor.text.slice(range.start, range.end);
  const isTemplate = cursor.kind === TEMPLATE;
  if (isTemplate && cursor.hasSubstitution) {
    return undefined;
  }
  cursor.next();
  const value = decodeScriptString(isTemplate ? body.replace(/\r\n?/g, "\n") : body);
  return value === undefined ? undefined : { value, range };
}

function skipAssertions(cursor: ScriptCursor): boolean {
  for (;;) {
    if (cursor.isFirstOnLine) {
      return true;
    }
    if (cursor.isWord("as") || cursor.isWord("satisfies")) {
      cursor.next();
      if (!skipType(cursor)) {
        return false;
      }
    } else if (cursor.kind === EXCLAMATION) {
      cursor.next();
    } else {
      return true;
    }
  }
}

function isAtEndOfValue(cursor: ScriptCursor): boolean {
  const { kind } = cursor;
  if (kind === SEMICOLON || kind === COMMA || kind === END || isClosing(kind)) {
    return cursor.lost === undefined;
  }
  if (!cursor.isFirstOnLine) {
    return false;
  }
  const isOperatorWord = cursor.isWord("in") || cursor.isWord("instanceof");
  return (kind === NAME && !isOperatorWord) || kind === STRING || kind === OPEN_BRACE;
}

const TYPE_PREFIXES = new Set(["readonly", "keyof", "typeof", "unique", "infer", "asserts"]);

/** Moves behind a type; false if it is one of the kinds that are not understood. */
function skipType(cursor: ScriptCursor, mayBeFunction = true): boolean {
  if (cursor.kind === BAR || cursor.kind === AMPERSAND) {
    cursor.next();
  }
  for (;;) {
    if (!skipTypeOperand(cursor)) {
      return false;
    }
    const isPredicate = cursor.isWord("is") && !cursor.isFirstOnLine;
    const isFunction = mayBeFunction && cursor.kind === ARROW;
    if (cursor.kind !== BAR && cursor.kind !== AMPERSAND && !isFunction && !isPredicate) {
      return true;
    }
    cursor.next();
  }
}

function skipTypeOperand(cursor: ScriptCursor): boolean {
  while (cursor.kind === NAME && TYPE_PREFIXES.has(cursor.word)) {
    cursor.next();
  }
  if (isOpening(cursor.kind)) {
    cursor.skipNested();
  } else if (
    cursor.kind === NAME ||
    cursor.kind === STRING ||
    cursor.kind === TEMPLATE ||
    cursor.kind === NUMBER
  ) {
    cursor.next();
  } else {
    return false;
  }
  for (;;) {
    if (cursor.kind === DOT) {
      cursor.next();
      cursor.next();
    } else if (cursor.kind === LESS) {
      skipAngles(cursor);
    } else if (cursor.kind === OPEN_BRACKET && !cursor.isFirstOnLine) {
      cursor.skipNested();
    } else {
      return true;
    }
  }
}

function unknown(reason: string, range: TextRange): HeaderValue {
  return { kind: "unknown", reason, range };
}
