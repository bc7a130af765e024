import { parse, type ParseError } from "@babel/parser";
import { findDocComment, NO_DOC_COMMENT, readBlockComment } from "./docComment";
import type { SyntaxProblem } from "./fileProblem";
import type { HeaderScan } from "./header";
import { finishHeader, isRevisionDraft } from "./headerDraft";
import { readModuleExports } from "./moduleExports";
import { scanScript } from "./scanScript";

/** What the parser makes of a file: the header as far as it can be known, and the syntax errors. */
export type ParsedRevisionFile = HeaderScan & { readonly syntaxProblems: readonly SyntaxProblem[] };

/**
 * Reads the header of a TypeScript or JavaScript revision file with a real parser, following constants of the same
 * file. Where the parser cannot go on, the header is read by its tokens from what is readable, so that a file that is
 * half typed still has one.
 *
 * This is the only module here that loads a parser: import it when it is needed.
 */
export function parseRevisionFile(text: string, path: string): ParsedRevisionFile {
  if (/\.(?:py|d\.[cm]?ts)$/.test(path)) {
    return { kind: "not-a-revision", syntaxProblems: [] };
  }
  try {
    const file = parse(text, {
      sourceType: "unambiguous",
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      attachComment: false,
      plugins: ["typescript", "decorators", "explicitResourceManagement"],
    });
    const syntaxProblems = (file.errors ?? []).map((error) => toSyntaxProblem(text, error));
    const draft = readModuleExports(file.program);
    if (!isRevisionDraft(draft)) {
      return { kind: "not-a-revision", syntaxProblems };
    }
    const comment = findDocComment(text);
    const doc = comment === undefined ? NO_DOC_COMMENT : readBlockComment(text, comment);
    return { ...finishHeader("typescript", draft, doc), syntaxProblems };
  } catch (error) {
    if (error instanceof RangeError) {
      // Brackets within each other, too deep for the parser's stack.
      return { ...scanScript(text, { recovers: true }), syntaxProblems: [] };
    }
    if (!isParseError(error)) {
      throw error;
    }
    return { ...scanScript(text, { recovers: true }), syntaxProblems: [toSyntaxProblem(text, error)] };
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
