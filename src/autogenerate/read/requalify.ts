import { significantTokens, tokenize } from "../../sqlText/lexer";
import { quoteIdentifier } from "../../sql/quote";
import { isName, nameOf } from "./sqlNames";

/**
 * SQL with the schemas of some names replaced: `audit.log` becomes `scratch_1.log` where `audit.log` is one of them.
 * Everything else stays, so that a function of a replaced schema is still found.
 * @param replacement gives the new schema of a name, or undefined
 */
export function requalify(
  text: string,
  replacement: (schema: string, name: string) => string | undefined,
): string {
  const tokens = significantTokens(text);
  const replaced = new Map<number, string>();
  for (const [index, token] of tokens.entries()) {
    const [dot, name] = [tokens[index + 1], tokens[index + 2]];
    const isQualifier = tokens[index - 1]?.text !== "." && dot?.text === "." && isName(name);
    if (isQualifier && isName(token)) {
      const schema = replacement(nameOf(token), nameOf(name));
      if (schema !== undefined) {
        replaced.set(token.start, quoteIdentifier(schema));
      }
    }
  }
  if (replaced.size === 0) {
    return text;
  }
  return [...tokenize(text)].map((token) => replaced.get(token.start) ?? token.text).join("");
}

/** The names that a text mentions, qualified or not, outside of strings and comments. */
export function mentionedNames(text: string): ReadonlySet<string> {
  return new Set(significantTokens(text).filter(isName).map(nameOf));
}
