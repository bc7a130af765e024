import type { TextRange } from "./header";

/** A place where a file is not TypeScript. */
export interface SyntaxProblem {
  readonly message: string;
  readonly range: TextRange;
}

/** Something wrong within one revision file, as opposed to the chain of all. */
export type FileProblem =
  | { readonly kind: "syntax-error"; readonly message: string; readonly range: TextRange }
  | { readonly kind: "undecided-header"; readonly reason: string; readonly range: TextRange }
  | { readonly kind: "comment-contradicts-revision"; readonly documented: string; readonly revision: string }
  | {
      readonly kind: "comment-contradicts-down-revision";
      readonly documented: readonly string[];
      readonly downRevisions: readonly string[];
    }
  | { readonly kind: "missing-upgrade"; readonly revision: string }
  | { readonly kind: "missing-downgrade"; readonly revision: string }
  | { readonly kind: "empty-downgrade"; readonly revision: string }
  /** Known only to whoever remembers what was applied. */
  | { readonly kind: "edited-after-applied"; readonly revision: string };
