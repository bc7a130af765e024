import { dirname } from "node:path";
import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { findInGit } from "../git/findInGit";
import { projectSides } from "../project/projectSides";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type { BranchSides } from "../../revision/branchSides";
import type { RevisionSource } from "../../source/renameRevision";
import { fixesFor } from "./fixes";
import type { Fix } from "./fixes";
import { workspaceEditOf } from "../project/workspaceEdit";

/** Entry of the bundle `dist/quickFixes.js`. It is loaded when fixes of a problem are first asked for. */
export { installActions } from "../firstContact/installOffer";

/** A problem at the place in question, and how the editor shows it. */
export interface ShownProblem {
  readonly problem: LocatedProblem;
  readonly diagnostics: vscode.Diagnostic[];
}

/** The repairs of problems of one file, the best first. */
export async function actionsFor(
  project: Project,
  uri: vscode.Uri,
  source: RevisionSource,
  problems: readonly ShownProblem[],
): Promise<vscode.CodeAction[]> {
  const files = readableFiles(project);
  const canRestore = await hasFilesOfMissing(uri, problems);
  const isOfHeads = problems.some(({ problem }) => problem.problem.kind === "multiple-heads");
  const sides = isOfHeads && vscode.workspace.isTrusted ? await projectSides(project) : undefined;
  return problems.flatMap(({ problem, diagnostics }) => {
    const edits = fixesFor(problem, {
      ...source,
      files,
      graph: project.graph,
      newId: () => newRevisionId(project),
    }).map((fix) => {
      const action = new vscode.CodeAction(titleOf(fix, project), vscode.CodeActionKind.QuickFix);
      action.edit = workspaceEditOf(project, fix.edits);
      action.isPreferred = fix.isPreferred;
      action.diagnostics = diagnostics;
      return action;
    });
    const rebases =
      problem.problem.kind === "multiple-heads" ? rebasesFor(project, source, sides, diagnostics) : [];
    return [...rebases, ...edits, ...commandsFor(problem, uri, diagnostics, canRestore)];
  });
}

/** Puts what is new on what the main branch has, at either's file; it asks before, and looks at what is applied. */
function rebasesFor(
  project: Project,
  { header }: RevisionSource,
  sides: BranchSides | undefined,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const here = header.revision.value;
  const [main, ...otherMain] = sides?.main ?? [];
  if (sides === undefined || main === undefined || otherMain.length > 0) {
    return [];
  }
  return sides.own
    .filter((own) => own === here || main === here)
    .map((own) => {
      const title = vscode.l10n.t("Rebase {0} onto {1}…", nameOf(own, project), nameOf(main, project));
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      const argument = { projectId: project.id, revision: main, dragged: own };
      made.command = { title, command: commandIds.rebaseBranch, arguments: [argument] };
      made.diagnostics = diagnostics;
      return made;
    });
}

/** Whether Git has what a missing parent needs; in a restricted workspace it is not asked. */
async function hasFilesOfMissing(uri: vscode.Uri, problems: readonly ShownProblem[]): Promise<boolean> {
  const folder = dirname(pathOf(uri));
  for (const { problem } of problems.map((shown) => shown.problem)) {
    if (problem.kind === "missing-down-revision" && vscode.workspace.isTrusted) {
      return (await findInGit(folder, problem.missing)) !== undefined;
    }
  }
  return false;
}

function readableFiles(project: Project): readonly RevisionSource[] {
  return project.index.files.flatMap(({ path, text, header, isStale }) =>
    header === undefined || isStale ? [] : [{ path, text, header }],
  );
}

function commandsFor(
  located: LocatedProblem,
  uri: vscode.Uri,
  diagnostics: vscode.Diagnostic[],
  canRestore: boolean,
): vscode.CodeAction[] {
  const action = (title: string, command: string): vscode.CodeAction => {
    const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    made.command = { title, command, arguments: [uri] };
    made.diagnostics = diagnostics;
    return made;
  };
  switch (located.problem.kind) {
    case "missing-down-revision":
      return [
        action(vscode.l10n.t("Choose the parent…"), commandIds.chooseParent),
        ...(canRestore ? [action(vscode.l10n.t("Restore the file from Git"), commandIds.restoreParent)] : []),
      ];
    case "self-loop":
    case "cycle":
      return [action(vscode.l10n.t("Choose the parent…"), commandIds.chooseParent)];
    case "multiple-heads":
      return vscode.workspace.isTrusted
        ? [
            action(vscode.l10n.t("Create a merge revision"), commandIds.mergeHeads),
            action(vscode.l10n.t("Check whether the heads fit together"), commandIds.checkHeads),
          ]
        : [];
    case "edited-after-applied":
      return [
        action(vscode.l10n.t("Accept the current text as applied"), commandIds.acceptAppliedText),
        ...(vscode.workspace.isTrusted
          ? [action(vscode.l10n.t("Preview its current SQL"), commandIds.previewUpgradeSql)]
          : []),
      ];
    default:
      return [];
  }
}

function titleOf(fix: Fix, project: Project): string {
  switch (fix.kind) {
    case "reparent":
      return vscode.l10n.t("Set the parent to {0}", nameOf(fix.subject, project));
    case "reparent-branch":
      return vscode.l10n.t(
        "Move the branch starting at {0} onto {1}",
        fix.branch ?? "",
        nameOf(fix.subject, project),
      );
    case "make-base":
      return vscode.l10n.t("Make this a base");
    case "cut-cycle":
      return vscode.l10n.t("Break the cycle here: remove the parent {0}", fix.subject);
    case "new-id":
      return vscode.l10n.t("Give this file the new ID {0}", fix.subject);
    case "new-id-everywhere":
      return vscode.l10n.t("Give this file the new ID {0}, and update the files that name it", fix.subject);
    case "correct-comment":
      return vscode.l10n.t("Correct the comment");
    case "add-dependency":
      return vscode.l10n.t("Depend on {0}", nameOf(fix.subject, project));
    case "remove-dependency":
      return vscode.l10n.t("Remove the dependency on {0}", fix.subject);
    case "remove-label":
      return vscode.l10n.t("Remove the branch label {0}", fix.subject);
    case "add-downgrade":
      return vscode.l10n.t("Add a downgrade");
    case "refuse-downgrade":
      return vscode.l10n.t("Throw an error, because this revision can't be reverted");
    case "try-operation":
      return vscode.l10n.t("Call {0} in op.try, which rolls it back if it fails", fix.subject);
  }
}

/** The id, with what the revision does behind it. */
function nameOf(revision: string, project: Project): string {
  const message = project.graph.get(revision)?.message ?? "";
  return message === "" ? revision : `${revision} (${message})`;
}

function newRevisionId(project: Project): string {
  for (;;) {
    const id = crypto.randomUUID().replaceAll("-", "").slice(-12);
    if (project.graph.get(id) === undefined) {
      return id;
    }
  }
}
