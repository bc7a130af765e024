import type { HeaderScan } from "./header";
import { ambiguous } from "./headerDraft";
import { readWrittenPythonHead } from "./python/writtenPythonHead";
import { scanScript, scanScriptInPieces, type WantedParts } from "./scanScript";

/**
 * Reads the header of a revision file by its tokens, without a parser, at about the cost of looking at each character
 * once. `path` decides the language: `.py` is Alembic's Python, all else TypeScript or JavaScript.
 *
 * What the tokens do not decide (a computed value, a bracket that is not closed) is `ambiguous`, never guessed.
 */
export function scanHeader(text: string, path: string, wanted: WantedParts = "all"): HeaderScan {
  return scanAtOnce(text, path) ?? scanScript(text, wanted);
}

/** As `scanHeader`, for a text that may be long: others may have their turn at each `yield`. */
export function* scanHeaderInPieces(text: string, path: string): Generator<undefined, HeaderScan> {
  return scanAtOnce(text, path) ?? (yield* scanScriptInPieces(text));
}

/** What takes no longer for a long text. */
function scanAtOnce(text: string, path: string): HeaderScan | undefined {
  if (!text.includes("revision") || /\.d\.[cm]?ts$/.test(path)) {
    return { kind: "not-a-revision" };
  }
  return path.endsWith(".py") ? scanPython(text) : undefined;
}

/** What is not as Alembic's templates write it takes Python's syntax to read. */
function scanPython(text: string): HeaderScan {
  return (
    readWrittenPythonHead(text) ??
    ambiguous("more than plain assignments at the start of the file", { start: 0, end: 1 })
  );
}
