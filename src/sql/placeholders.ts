import { toFragmentValue } from "../operations/sqlFragment";
import type { Dialect } from "../sqlText/dialect";
import { tokenize } from "../sqlText/lexer";
import { inlineValue } from "./literal";

/**
 * A statement with its values in place of `$1`, `$2`, …: what a script needs, which has no parameters. What looks
 * like a placeholder inside quotes or comments is left alone.
 */
export function inlinePlaceholders(text: string, values: readonly unknown[], dialect: Dialect): string {
  if (values.length === 0) {
    return text;
  }
  return [...tokenize(text, dialect)]
    .map((token) => {
      const index = token.kind === "parameter" ? Number(token.text.slice(1)) - 1 : -1;
      return index >= 0 && index < values.length
        ? inlineValue(toFragmentValue(values[index]), dialect)
        : token.text;
    })
    .join("");
}
