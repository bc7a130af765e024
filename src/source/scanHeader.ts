import type { HeaderScan } from "./header";
import { scanPython } from "./scanPython";
import { scanScript } from "./scanScript";

/**
 * Reads the header of a revision file from its text alone, without a parser, at about the cost of looking at each
 * character once. `path` decides the language: `.py` is Alembic's Python, all else TypeScript or JavaScript.
 *
 * What the text does not decide (a computed value, a bracket that is not closed) is `ambiguous`, never guessed.
 */
export function scanHeader(text: string, path: string): HeaderScan {
  if (!text.includes("revision") || /\.d\.[cm]?ts$/.test(path)) {
    return { kind: "not-a-revision" };
  }
  return path.endsWith(".py") ? scanPython(text) : scanScript(text);
}
