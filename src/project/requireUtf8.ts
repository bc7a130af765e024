import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

/** Stands in a text for what could not be decoded, and seldom for itself. */
const replacement = "\uFFFD";

/**
 * Refuses a file that is not UTF-8: decoded all the same, it would lose what its author wrote.
 * @param text the file's, as Node decoded it
 * @param refuse makes the error: `place` is `path:line:column`
 */
export function requireUtf8(
  path: string,
  text: string,
  refuse: (message: string, hint: string) => Error,
): string {
  const at = text.indexOf(replacement);
  if (at === -1 || isUtf8(readFileSync(path))) {
    return text;
  }
  const before = text.slice(0, at).split("\n");
  const place = `${path}:${String(before.length)}:${String((before.at(-1) ?? "").length + 1)}`;
  throw refuse(`${place} is not UTF-8.`, "Save the file as UTF-8.");
}
