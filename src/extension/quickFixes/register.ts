import * as vscode from "vscode";
import { codeOf, diagnosticSource } from "../diagnostics/problemCode";
import type { ProblemReports } from "../diagnostics/problemReports";
import { TextPositions } from "../project/textPositions";
import { pathOf } from "../project/paths";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type * as quickFixesModule from "./quickFixes";

const bundle = lazyBundle<typeof quickFixesModule>("quickFixes.js");

const codeFiles: readonly vscode.DocumentFilter[] = [
  { language: "typescript", scheme: "file" },
  { language: "javascript", scheme: "file" },
];

const revisionFiles: vscode.DocumentSelector = [...codeFiles, { language: "python", scheme: "file" }];

/**
 * Offers to install the package where a file imports it and it is not there: at TypeScript's complaint, and without one,
 * as the types are those of this extension then.
 */
const installProvider: vscode.CodeActionProvider = {
  provideCodeActions: (document, { start }, { diagnostics }) =>
    vscode.workspace.isTrusted && hasImportOfPackage(document.lineAt(start.line).text)
      ? bundle().installActions(document, diagnostics)
      : [],
};

function hasImportOfPackage(line: string): boolean {
  return /\b(?:from|import|require\(|import\()\s*(["'])alembic-ts\1/.test(line);
}

/** Repairs for the problems of a chain, and for the import of a package that is not installed. */
export function registerQuickFixes(
  context: vscode.ExtensionContext,
  services: Services,
  reports: ProblemReports,
): void {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) => actionsAt(services, reports, document, range),
  };
  const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  context.subscriptions.push(
    vscode.languages.registerCodeActionsProvider(revisionFiles, provider, metadata),
    vscode.languages.registerCodeActionsProvider(codeFiles, installProvider, metadata),
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
