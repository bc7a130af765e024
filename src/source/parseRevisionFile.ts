import type { HeaderScan, TextRange } from "./header";

/** A place where the file is not TypeScript. */
export interface SyntaxProblem {
  readonly message: string;
  readonly range: TextRange;
}

/** What the parser makes of a file: the header as far as it can be known, and the syntax errors. */
export type ParsedRevisionFile = HeaderScan & { readonly syntaxProblems: readonly SyntaxProblem[] };

/** Reads the header of a TypeScript or JavaScript revision file with a real parser. */
export function parseRevisionFile(_text: string, _path: string): ParsedRevisionFile {
  throw new Error("not written yet");
}
