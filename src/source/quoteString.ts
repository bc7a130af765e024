const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\\", "\\\\"],
]);

/** Prints a JavaScript string literal. Without a quote given: double ones, or single ones where that saves escapes. */
export function quoteScriptString(value: string, quote: string = preferredQuote(value)): string {
  return quote + escapeForQuotes(value, quote) + quote;
}

/** What stands between the quotes of a literal with this value, in JavaScript and in Python. */
export function escapeForQuotes(value: string, quote: string): string {
  // Control characters, line separators and lone surrogates do not survive every editor and encoding.
  const escaped = value.replace(
    /[\\"'`\p{Cc}\u2028\u2029\ufeff]|\p{Cs}/gu,
    (character) =>
      NAMED_ESCAPES.get(character) ??
      (/["'`]/.test(character)
        ? character === quote.charAt(0)
          ? `\\${character}`
          : character
        : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
  return quote === "`" ? escaped.replaceAll("${", "\\${") : escaped;
}

function preferredQuote(value: string): string {
  const doubles = value.split('"').length;
  const singles = value.split("'").length;
  return doubles > singles ? "'" : '"';
}
