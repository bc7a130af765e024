import type { ParseError } from "@babel/parser";
import { caughtOperations } from "./calls/caughtOperations";
import { readDocComment } from "./docComment";
import type { ParserFindings, SyntaxProblem } from "./fileProblem";
import type { HeaderScan } from "./header";
import { finishHeader, isRevisionDraft } from "./headerDraft";
import { readModuleExports } from "./moduleExports";
import { parsePythonRevision } from "./python/parsePythonRevision";
import { parseScript } from "./parseScript";
import { scanDamagedScript } from "./scanScript";

/** What the parser makes of a file: the header as far as it can be known, and what is wrong in the text. */
export type ParsedRevisionFile = HeaderScan & ParserFindings;

/**
 * Reads the header of a revision file with a real parser, following constants of the same file; of Python's too. Where the parser cannot go on, the header is read by its tokens from what is readable, so that a file that is
 * half typed still has one.
 *
 * It loads a parser: import it when it is needed.
 */
export function parseRevisionFile(text: string, path: string): ParsedRevisionFile {
  if (path.endsWith(".py")) {
    return { ...parsePythonRevision(text, path), syntaxProblems: [] };
  }
  if (/\.d\.[cm]?ts$/.test(path)) {
    return { kind: "not-a-revision", syntaxProblems: [] };
  }
  try {
    const file = parseScript(text);
    const syntaxProblems = (file.errors ?? []).map((error) => toSyntaxProblem(text, error));
    const draft = readModuleExports(file.program);
    if (!isRevisionDraft(draft)) {
      return { kind: "not-a-revision", syntaxProblems };
    }
    const caught = caughtOperations(text, file.program);
    return {
      ...finishHeader("typescript", draft, readDocComment(text)),
      syntaxProblems,
      ...(caught.length === 0 ? {} : { caughtOperations: caught }),
    };
  } catch (error) {
    // A RangeError: brackets within each other, too deep for the parser's stack.
    if (!(error instanceof RangeError) && !isParseError(error)) {
      throw error;
    }
    const syntaxProblems = isParseError(error) ? [toSyntaxProblem(text, error)] : [];
    return { ...scanDamagedScript(text), syntaxProblems };
  }
}

function isParseError(error: unknown): error is ParseError {
  return error instanceof SyntaxError && "pos" in error && typeof error.pos === "number";
}

/** The parser gives a point; the mark goes over the word there, or one character. */
function toSyntaxProblem(text: string, error: ParseError): SyntaxProblem {
  const start = Math.min(error.pos, Math.max(0, text.length - 1));
  const word = /[\w$]+/y;
  word.lastIndex = start;
  const length = word.exec(text)?.[0].length ?? 1;
  return {
    message: error.message.replace(/ \(\d+:\d+\)$/, ""),
    range: { start, end: Math.min(text.length, start + length) },
  };
}
