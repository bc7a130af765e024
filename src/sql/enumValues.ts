import { isQuotedText, isWord, quotedContent, significantTokens, type Token } from "../sqlText/lexer";

/** A value that a statement adds to an enum that exists; `value` is undefined where only the server will know it. */
export interface AddedEnumValue {
  /** The type's name as the catalog has it, without its schema. */
  readonly type: string;
  readonly value: string | undefined;
}

/** A statement without these words is not looked at more closely. */
const tellingWords = [/\btype\b/i, /\badd\b/i, /\bvalue\b/i];

/**
 * The values that `ALTER TYPE … ADD VALUE` adds in a statement, also those of a `DO` block or of a text that it executes.
 * PostgreSQL lets none of them be used before the transaction that added it is committed (ALTER TYPE, "Notes").
 */
export function addedEnumValues(statement: string): readonly AddedEnumValue[] {
  if (!tellingWords.every((word) => word.test(statement))) {
    return [];
  }
  const tokens = significantTokens(statement);
  return tokens.flatMap((token, at) =>
    isWord(token, "ALTER") && isWord(tokens[at + 1], "TYPE")
      ? addedAt(tokens, at + 2)
      : isQuotedText(token)
        ? addedEnumValues(quotedContent(token))
        : [],
  );
}

/** Reads `name ADD VALUE [IF NOT EXISTS] 'value'`. */
function addedAt(tokens: readonly Token[], start: number): readonly AddedEnumValue[] {
  let at = start;
  while (tokens[at + 1]?.text === ".") {
    at += 2;
  }
  const name = tokens[at];
  if (!isWord(tokens[at + 1], "ADD") || !isWord(tokens[at + 2], "VALUE") || name === undefined) {
    // A name that is put together by format() is in no token of its own.
    const verb = tokens.findIndex((token, index) => index >= start && isWord(token, "ADD"));
    return verb >= 0 && isWord(tokens[verb + 1], "VALUE") ? [{ type: "", value: undefined }] : [];
  }
  const value = tokens[at + (isWord(tokens[at + 3], "IF") ? 6 : 3)];
  const isKnown = value?.kind === "string";
  return [{ type: nameOf(name), value: isKnown ? quotedContent(value) : undefined }];
}

/** Commands that can turn a text that is not in them into a value of an enum. */
const casting = new Set([
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "MERGE",
  "WITH",
  "VALUES",
  "COPY",
  "EXECUTE",
]);

/**
 * Whether a statement may use one of the values: it has it in its text or its parameters, or it turns texts into that
 * type. What a function, a trigger or a view does with it cannot be seen here.
 */
export function mayUseEnumValue(
  statement: string,
  parameters: readonly unknown[],
  added: readonly AddedEnumValue[],
): boolean {
  if (added.length === 0) {
    return false;
  }
  const tokens = significantTokens(statement);
  const [first, second] = tokens;
  if (isWord(first, "ALTER") && isWord(second, "TYPE")) {
    return false;
  }
  return (
    isWord(first, "CALL") ||
    added.some(
      ({ type, value }) =>
        value === undefined ||
        parameters.some((parameter) => holds(parameter, value)) ||
        tokens.some((token) => isQuotedText(token) && namesValue(quotedContent(token), value)) ||
        (castsTexts(tokens) && tokens.some((token) => namesType(token, type))),
    )
  );
}

function castsTexts(tokens: readonly Token[]): boolean {
  const [first] = tokens;
  const verb = first?.kind === "symbol" ? "SELECT" : (first?.text.toUpperCase() ?? "");
  return (
    casting.has(verb) ||
    verb === "DO" ||
    (verb === "ALTER" && tokens.some((token) => isWord(token, "USING") || isWord(token, "TYPE")))
  );
}

function namesType(token: Token, type: string): boolean {
  return isQuotedText(token) ? quotedContent(token).includes(type) : nameOf(token) === type;
}

/** As a value of its own, as an element of an array, or quoted in a text that is SQL itself. */
function namesValue(text: string, value: string): boolean {
  return (
    text === value ||
    (text.startsWith("{") && text.includes(value)) ||
    text.includes(`'${value.replaceAll("'", "''")}'`)
  );
}

function holds(parameter: unknown, value: string): boolean {
  return Array.isArray(parameter)
    ? parameter.some((part) => holds(part, value))
    : typeof parameter === "string" && namesValue(parameter, value);
}

function nameOf({ kind, text }: Token): string {
  return kind === "quotedName" ? text.replace(/^[^"]*"|"$/g, "").replaceAll('""', '"') : text.toLowerCase();
}
