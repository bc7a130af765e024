import * as vscode from "vscode";
import type { FileLocation, LocatedProblem } from "../../source/chainDiagnostics";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { isSettingOn, onSettingChange } from "../shared/settings";
import { registerFailedStatements } from "./failedStatements";
import { diagnosticSource, explanationOf } from "./problemCode";
import type { ProblemReports } from "./problemReports";
import { explainProblem } from "./explainProblem";
import { problemTexts } from "./problemTexts";
import { TextPositions } from "../project/textPositions";

/** Squiggles and the Problems panel, for all revision files, open or not. */
export function registerDiagnostics(
  context: vscode.ExtensionContext,
  services: Services,
  reports: ProblemReports,
): void {
  const collection = vscode.languages.createDiagnosticCollection(diagnosticSource);
  const shown = new Map<string, readonly vscode.Uri[]>();
  const show = (project: Project): void => {
    const isShown =
      services.projects.get(project.id) === project && isSettingOn("diagnostics.enabled", project.configUri);
    const files = isShown ? diagnosticsOf(project, reports.byFile(project)) : [];
    const uris = new Set(files.map(([uri]) => uri.toString()));
    const gone = (shown.get(project.id) ?? []).filter((uri) => !uris.has(uri.toString()));
    shown.set(
      project.id,
      files.map(([uri]) => uri),
    );
    collection.set([...gone.map((uri): [vscode.Uri, undefined] => [uri, undefined]), ...files]);
  };
  registerFailedStatements(context, services);
  context.subscriptions.push(
    collection,
    reports.onDidChange(show),
    vscode.commands.registerCommand(commandIds.explainProblem, (code: unknown, kind: unknown) =>
      explainProblem(context.extensionUri, code, kind),
    ),
    onSettingChange(["diagnostics.enabled"], () => services.projects.projects.forEach(show)),
  );
}

function diagnosticsOf(
  project: Project,
  problems: ReadonlyMap<string, readonly LocatedProblem[]>,
): [vscode.Uri, vscode.Diagnostic[]][] {
  const positions = new Map<string, TextPositions>();
  const rangeOf = ({ path, range }: FileLocation): vscode.Range => {
    const known = positions.get(path) ?? new TextPositions(project.index.file(path)?.text ?? "");
    positions.set(path, known);
    return known.range(range);
  };
  return [...problems].map(([path, located]) => [
    project.uriOf(path),
    located.map((problem) => diagnosticOf(project, problem, rangeOf)),
  ]);
}

function diagnosticOf(
  project: Project,
  located: LocatedProblem,
  rangeOf: (location: FileLocation) => vscode.Range,
): vscode.Diagnostic {
  const { message, hint } = problemTexts().problemText(located);
  const diagnostic = new vscode.Diagnostic(
    rangeOf(located),
    hint === "" ? message : `${message}\n${hint}`,
    severityOf(located.severity),
  );
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: located.code, target: explanationOf(located.code) };
  diagnostic.relatedInformation = located.related.map(
    (location) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(project.uriOf(location.path), rangeOf(location)),
        project.index.header(location.path)?.message ?? "",
      ),
  );
  return diagnostic;
}

function severityOf(severity: LocatedProblem["severity"]): vscode.DiagnosticSeverity {
  switch (severity) {
    case "error":
      return vscode.DiagnosticSeverity.Error;
    case "warning":
      return vscode.DiagnosticSeverity.Warning;
    case "information":
      return vscode.DiagnosticSeverity.Information;
  }
}
