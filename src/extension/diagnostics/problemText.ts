import * as vscode from "vscode";
import { longestStoredId } from "../../revision/problems";
import type { LocatedProblem } from "../../source/chainDiagnostics";

/** Entry of the bundle `dist/problemText.js`. It is loaded with the first problem. */

/** What a problem is and what to do about it, in the editor's language. */
export interface ProblemText {
  readonly message: string;
  readonly hint: string;
}

/** The text of a problem; in English it is that of the command line, which is Alembic's where Alembic has one. */
export function problemText({ problem }: Pick<LocatedProblem, "problem">): ProblemText {
  switch (problem.kind) {
    case "missing-down-revision":
      return {
        message: notPresent(problem),
        hint: vscode.l10n.t("Restore the file of that revision, or name another one in down_revision."),
      };
    case "missing-dependency":
      return {
        message: notPresent(problem),
        hint:
          problem.candidates.length === 0
            ? vscode.l10n.t("Restore the file of that revision, or take it out of depends_on.")
            : vscode.l10n.t("Write the whole id in depends_on: {0}.", listIds(problem.candidates)),
      };
    case "duplicate-revision":
      return {
        message: vscode.l10n.t("Revision {0} is present more than once", problem.revision),
        hint: vscode.l10n.t("Give each file its own id: {0}.", problem.paths.join(", ")),
      };
    case "cycle":
      return {
        message: vscode.l10n.t("Cycle is detected in revisions ({0})", problem.revisions.join(", ")),
        hint: vscode.l10n.t("Change the down_revision of one of {0}.", problem.loop.join(", ")),
      };
    case "dependency-cycle":
      return {
        message: vscode.l10n.t(
          "Dependency cycle is detected in revisions ({0})",
          problem.revisions.join(", "),
        ),
        hint: vscode.l10n.t("Change the depends_on or down_revision of one of {0}.", problem.loop.join(", ")),
      };
    case "self-loop":
      return {
        message: vscode.l10n.t("Self-loop is detected in revisions ({0})", problem.revision),
        hint: vscode.l10n.t("A revision cannot revise itself: name its parent in down_revision."),
      };
    case "dependency-self-loop":
      return {
        message: vscode.l10n.t("Dependency self-loop is detected in revisions ({0})", problem.revision),
        hint: vscode.l10n.t("Take '{0}' out of depends_on.", problem.dependency),
      };
    case "duplicate-label":
      return {
        message: labelInUse(problem.label, problem.revision, problem.usedBy),
        hint: vscode.l10n.t("A label belongs in one file; the revisions after it inherit it."),
      };
    case "label-equals-revision":
      return {
        message: labelInUse(problem.label, problem.revision, problem.label),
        hint: vscode.l10n.t("Labels and ids share their names: choose another label."),
      };
    case "illegal-characters":
      return {
        message: vscode.l10n.t(
          "Character(s) '{0}' not allowed in revision identifier '{1}'",
          problem.characters.join(", "),
          problem.revision,
        ),
        hint: vscode.l10n.t("Use letters, digits and _ in revision ids."),
      };
    case "empty-id":
      return {
        message: vscode.l10n.t("A revision has an empty id"),
        hint: vscode.l10n.t("Set revision in {0}.", problem.path),
      };
    case "id-too-long":
      return {
        message: vscode.l10n.t("Revision id {0} has {1} characters", problem.revision, problem.length),
        hint: vscode.l10n.t("The version table takes {0}.", longestStoredId),
      };
    case "multiple-heads":
      return {
        message: vscode.l10n.t("Multiple heads are present: {0}", listed(problem.heads)),
        hint: vscode.l10n.t("“Merge Heads…”, or `alembic-ts merge heads`, joins them."),
      };
    case "syntax-error":
      return {
        message: problem.message,
        hint: vscode.l10n.t("Until this is fixed, the last readable version of this file is used."),
      };
    case "undecided-header":
      return {
        message: vscode.l10n.t("The header of this revision cannot be read: {0}", problem.reason),
        hint: vscode.l10n.t(
          "Write revision, down_revision, branch_labels and depends_on as plain strings, arrays of strings or null.",
        ),
      };
    case "comment-contradicts-revision":
      return {
        message: vscode.l10n.t(
          "The comment says Revision ID {0}, but revision is {1}",
          problem.documented,
          problem.revision,
        ),
        hint: vscode.l10n.t("The value of revision counts; correct the comment."),
      };
    case "comment-contradicts-down-revision":
      return {
        message: vscode.l10n.t(
          "The comment says Revises {0}, but down_revision is {1}",
          parents(problem.documented),
          parents(problem.downRevisions),
        ),
        hint: vscode.l10n.t("The value of down_revision counts; correct the comment."),
      };
    case "missing-upgrade":
      return {
        message: vscode.l10n.t("Revision {0} has no upgrade", problem.revision),
        hint: vscode.l10n.t("Export a function upgrade."),
      };
    case "missing-downgrade":
      return {
        message: vscode.l10n.t("Revision {0} has no downgrade", problem.revision),
        hint: vscode.l10n.t("Export a function downgrade; one that throws says that there is no way back."),
      };
    case "empty-downgrade":
      return {
        message: vscode.l10n.t(
          "The downgrade of revision {0} does nothing, so it does not take back the upgrade",
          problem.revision,
        ),
        hint: vscode.l10n.t(
          "Write the inverse of each operation, or throw an error to say that there is no way back.",
        ),
      };
    case "edited-after-applied":
      return {
        message: vscode.l10n.t("Revision {0} was edited after it was applied", problem.revision),
        hint: vscode.l10n.t(
          "The database already ran the earlier version and will not run it again: put the change into a new revision, or downgrade and upgrade.",
        ),
      };
  }
}

function notPresent({ missing, revision }: { readonly missing: string; readonly revision: string }): string {
  return vscode.l10n.t("Revision {0} referenced from {1} is not present", missing, revision);
}

function labelInUse(label: string, revision: string, usedBy: string): string {
  return vscode.l10n.t(
    "Branch name '{0}' in revision {1} already used by revision {2}",
    label,
    revision,
    usedBy,
  );
}

function parents(ids: readonly string[]): string {
  return ids.length === 0 ? vscode.l10n.t("nothing (a base)") : ids.join(", ");
}

function listIds(ids: readonly string[]): string {
  return ids.join(` ${vscode.l10n.t("or")} `);
}

const mostListed = 20;

/** A list as a sentence has it; of many, the first ones. */
function listed(names: readonly string[]): string {
  return names.length <= mostListed ? names.join(", ") : `${names.slice(0, mostListed).join(", ")}, …`;
}
