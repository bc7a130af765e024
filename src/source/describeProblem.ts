import { type ChainProblem, describeProblem as describeChainProblem } from "../revision/problems";
import type { FileProblem } from "./fileProblem";

/** What a problem is and what to do about it, in English. */
export interface ProblemDescription {
  readonly message: string;
  readonly hint: string;
}

/** The text of a problem in a revision file; problems of the chain have that of `revision/`, which is Alembic's. */
export function describeProblem(problem: ChainProblem | FileProblem): ProblemDescription {
  switch (problem.kind) {
    case "syntax-error":
      return {
        message: problem.message,
        hint: "Until this is fixed, the last readable version of this file is used.",
      };
    case "undecided-header":
      return {
        message: `The header of this revision cannot be read: ${problem.reason}`,
        hint: "Write revision, down_revision, branch_labels and depends_on as plain strings, arrays of strings or null.",
      };
    case "comment-contradicts-revision":
      return {
        message: `The comment says Revision ID ${problem.documented}, but revision is ${problem.revision}`,
        hint: "The value of revision counts; correct the comment.",
      };
    case "comment-contradicts-down-revision":
      return {
        message: `The comment says Revises ${listIds(problem.documented)}, but down_revision is ${listIds(problem.downRevisions)}`,
        hint: "The value of down_revision counts; correct the comment.",
      };
    case "missing-upgrade":
      return {
        message: `Revision ${problem.revision} has no upgrade`,
        hint: "Export a function upgrade.",
      };
    case "missing-downgrade":
      return {
        message: `Revision ${problem.revision} has no downgrade`,
        hint: "Export a function downgrade; one that throws says that there is no way back.",
      };
    case "empty-downgrade":
      return {
        message: `The downgrade of revision ${problem.revision} does nothing, so it does not take back the upgrade`,
        hint: "Write the inverse of each operation, or throw an error to say that there is no way back.",
      };
    case "edited-after-applied":
      return {
        message: `Revision ${problem.revision} was edited after it was applied`,
        hint: "The database already ran the earlier version and will not run it again: put the change into a new revision, or downgrade and upgrade.",
      };
    default:
      return describeChainProblem(problem);
  }
}

function listIds(ids: readonly string[]): string {
  return ids.length === 0 ? "nothing (a base)" : ids.join(", ");
}
