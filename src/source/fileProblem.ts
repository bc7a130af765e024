import type { ProblemText } from "../revision/problems";
import { inEnglish, type Say } from "../revision/say";
import type { TextRange } from "./header";
import type { TextEdit } from "./textEdit";

/** A place where a file is not TypeScript. */
export interface SyntaxProblem {
  readonly message: string;
  readonly range: TextRange;
}

/** A `catch` around an operation that goes on after what it catches. */
export interface CaughtOperation {
  /** The first one, as `op.createTable`. */
  readonly operation: string;
  /** The word `catch`. */
  readonly range: TextRange;
  /** Calls the operation in `op.try` instead; none where more than that is to be changed. */
  readonly tried: readonly TextEdit[];
}

/** What only a parser finds in a text. */
export interface ParserFindings {
  readonly syntaxProblems: readonly SyntaxProblem[];
  /** Left out where there are none. */
  readonly caughtOperations?: readonly CaughtOperation[];
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
  | { readonly kind: "caught-operation"; readonly operation: string; readonly tried: readonly TextEdit[] }
  /** Known only to whoever remembers what was applied. */
  | { readonly kind: "edited-after-applied"; readonly revision: string };

/** The words for a problem within one file, for errors and diagnostics alike. */
export function describeFileProblem(problem: FileProblem, say: Say = inEnglish): ProblemText {
  switch (problem.kind) {
    case "syntax-error":
      return {
        message: problem.message,
        hint: say("Until this is fixed, the last readable version of this file is used."),
      };
    case "undecided-header":
      return {
        message: say("The header of this revision cannot be read: {0}", problem.reason),
        hint: say(
          "Write revision, down_revision, branch_labels and depends_on as plain strings, lists of strings, or null (None in Python).",
        ),
      };
    case "comment-contradicts-revision":
      return {
        message: say(
          "The comment says Revision ID {0}, but revision is {1}",
          problem.documented,
          problem.revision,
        ),
        hint: say("The value of revision counts; correct the comment."),
      };
    case "comment-contradicts-down-revision":
      return {
        message: say(
          "The comment says Revises {0}, but down_revision is {1}",
          listParents(problem.documented, say),
          listParents(problem.downRevisions, say),
        ),
        hint: say("The value of down_revision counts; correct the comment."),
      };
    case "missing-upgrade":
      return {
        message: say("Revision {0} has no upgrade", problem.revision),
        hint: say("Export a function upgrade."),
      };
    case "missing-downgrade":
      return {
        message: say("Revision {0} has no downgrade", problem.revision),
        hint: say("Export a function downgrade. If the revision can't be reverted, let it throw an error."),
      };
    case "empty-downgrade":
      return {
        message: say(
          "The downgrade of revision {0} does nothing, so it does not revert the upgrade",
          problem.revision,
        ),
        hint: say(
          "Write the inverse of each operation, or throw an error if the revision can't be reverted.",
        ),
      };
    case "caught-operation":
      return {
        message: say(
          "The revision fails when {0} fails, whatever this catch does; operations are sent ahead, so the catch may not even see the error",
          problem.operation,
        ),
        hint: say(
          "To tolerate an error of the database, write await op.try(async () => { … }) instead. To react to a failure, end the try block with await op.flush() and throw the error again.",
        ),
      };
    case "edited-after-applied":
      return {
        message: say("Revision {0} was edited after it was applied", problem.revision),
        hint: say(
          "The database already ran the earlier version and will not run it again: put the change into a new revision, or downgrade and upgrade.",
        ),
      };
  }
}

function listParents(ids: readonly string[], say: Say): string {
  return ids.length === 0 ? say("nothing (a base)") : ids.join(", ");
}
