import * as vscode from "vscode";
import { codeOf, diagnosticSource } from "../diagnostics/problemCode";
import type { ProblemReports } from "../diagnostics/problemReports";
import { TextPositions } from "../diagnostics/textPositions";
import { pathOf } from "../project/paths";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type * as quickFixesModule from "./quickFixes";

const bundle = lazyBundle<typeof quickFixesModule>("quickFixes.js");

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
    provideCodeActions: (document, range) => actionsAt(services, reports, document, range),
  };
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider(revisionFiles, provider, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}

function actionsAt(
  services: Services,
  reports: ProblemReports,
  document: vscode.TextDocument,
  range: vscode.Range,
): vscode.CodeAction[] | Promise<vscode.CodeAction[]> {
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
  const positions = new TextPositions(file.text);
  const problems = (reports.byFile(project).get(path) ?? [])
    .filter((problem) => positions.range(problem.range).intersection(range) !== undefined)
    .map((problem) => ({ problem, diagnostics: diagnosticsFor(document, problem, positions) }));
  const source = { path, text: file.text, header: file.header };
  return problems.length === 0 ? [] : bundle().actionsFor(project, document.uri, source, problems);
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
