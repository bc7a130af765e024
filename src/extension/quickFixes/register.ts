import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { codeOf, diagnosticSource } from "../diagnostics/problemCode";
import type { ProblemReports } from "../diagnostics/problemReports";
import { TextPositions } from "../diagnostics/textPositions";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import { fixesFor } from "./fixes";
import type { Fix } from "./fixes";
import type { RevisionSource } from "../../source/renameRevision";
import { workspaceEditOf } from "./workspaceEdit";

const revisionFiles: vscode.DocumentSelector = [
  { language: "typescript", scheme: "file" },
  { language: "javascript", scheme: "file" },
  { language: "python", scheme: "file" },
];

/** Repairs for the problems of a chain. */
export function registerQuickFixes(
  context: vscode.ExtensionContext,
  services: Services,
  reports: ProblemReports,
): void {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) => actionsFor(services, reports, document, range),
  };
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider(revisionFiles, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}

function actionsFor(
  services: Services,
  reports: ProblemReports,
  document: vscode.TextDocument,
  range: vscode.Range,
): vscode.CodeAction[] {
  const project = services.projects.projectOfRevisionFile(document.uri);
  const path = pathOf(document.uri);
  const file = project?.index.file(path);
  if (
    project === undefined ||
    file?.header === undefined ||
    file.isStale ||
    file.text !== document.getText()
  ) {
    return [];
  }
  const { header, text } = file;
  const positions = new TextPositions(text);
  return (reports.byFile(project).get(path) ?? [])
    .filter((problem) => positions.range(problem.range).intersection(range) !== undefined)
    .flatMap((problem) => {
      const diagnostics = diagnosticsFor(document, problem, positions);
      const edits = fixesFor(problem, {
        path,
        text,
        header,
        files: readableFiles(project),
        graph: project.graph,
        newId: () => newRevisionId(project),
      }).map((fix) => {
        const action = new vscode.CodeAction(titleOf(fix, project), vscode.CodeActionKind.QuickFix);
        action.edit = workspaceEditOf(project, fix.edits);
        action.isPreferred = fix.isPreferred;
        action.diagnostics = diagnostics;
        return action;
      });
      return [...edits, ...commandsFor(problem, document.uri, diagnostics)];
    });
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
        action(vscode.l10n.t("Restore the deleted file from Git"), commandIds.restoreParent),
      ];
    case "self-loop":
    case "cycle":
      return [action(vscode.l10n.t("Choose the parent…"), commandIds.chooseParent)];
    case "multiple-heads":
      return vscode.workspace.isTrusted
        ? [action(vscode.l10n.t("Create a merge revision"), commandIds.mergeHeads)]
        : [];
    case "edited-after-applied":
      return [
        action(vscode.l10n.t("Take this text as the applied one"), commandIds.acceptAppliedText),
        ...(vscode.workspace.isTrusted
          ? [action(vscode.l10n.t("Preview what it runs now"), commandIds.previewUpgradeSql)]
          : []),
      ];
    default:
      return [];
  }
}

function diagnosticsFor(
  document: vscode.TextDocument,
  problem: LocatedProblem,
  positions: TextPositions,
): vscode.Diagnostic[] {
  const range = positions.range(problem.range);
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(
      (diagnostic) =>
        diagnostic.source === diagnosticSource &&
        codeOf(diagnostic) === problem.code &&
        diagnostic.range.isEqual(range),
    );
}

function titleOf(fix: Fix, project: Project): string {
  switch (fix.kind) {
    case "reparent":
      return vscode.l10n.t("Revise {0}", nameOf(fix.subject, project));
    case "reparent-branch":
      return vscode.l10n.t(
        "Put the branch from {0} on onto {1}",
        fix.branch ?? "",
        nameOf(fix.subject, project),
      );
    case "make-base":
      return vscode.l10n.t("Make this a base");
    case "cut-cycle":
      return vscode.l10n.t("Cut the cycle here: do not revise {0}", fix.subject);
    case "new-id":
      return vscode.l10n.t("Give this file the new id {0}", fix.subject);
    case "new-id-everywhere":
      return vscode.l10n.t(
        "Give this file the new id {0}, and name it in the files that revise it",
        fix.subject,
      );
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
      return vscode.l10n.t("Say that there is no way back");
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
