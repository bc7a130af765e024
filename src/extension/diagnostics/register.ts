import * as vscode from "vscode";
import type { FileLocation, LocatedProblem } from "../../source/chainDiagnostics";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { isSettingOn, onSettingChange } from "../shared/settings";
import { Turns } from "../shared/turns";
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
  const told = new Map<string, ReadonlyMap<string, readonly LocatedProblem[]>>();
  const show = async (project: Project): Promise<void> => {
    const isShown =
      services.projects.get(project.id) === project && isSettingOn("diagnostics.enabled", project.configUri);
    const problems = isShown ? reports.byFile(project) : new Map<string, readonly LocatedProblem[]>();
    const gone = [...(told.get(project.id)?.keys() ?? [])].filter((path) => !problems.has(path));
    told.set(project.id, problems);
    collection.set(gone.map((path) => [project.uriOf(path), undefined]));
    const turns = new Turns();
    for (const files of diagnosticsOf(project, problems)) {
      collection.set(files);
      await turns.breathe();
      if (told.get(project.id) !== problems) {
        return;
      }
    }
  };
  const showSoon = (project: Project): void => void show(project);
  registerFailedStatements(context, services);
  context.subscriptions.push(
    collection,
    // What is still being told has no place to be told any more.
    { dispose: () => told.clear() },
    reports.onDidChange(showSoon),
    vscode.commands.registerCommand(commandIds.explainProblem, (code: unknown, kind: unknown) =>
      explainProblem(context.extensionUri, code, kind),
    ),
    onSettingChange(["diagnostics.enabled"], () => services.projects.projects.forEach(showSoon)),
  );
}

/** So many files are told of at once: with more, it would be felt in the editor. */
const filesAtOnce = 20;

function* diagnosticsOf(
  project: Project,
  problems: ReadonlyMap<string, readonly LocatedProblem[]>,
): Generator<[vscode.Uri, vscode.Diagnostic[]][], undefined> {
  const positions = new Map<string, TextPositions>();
  const rangeOf = ({ path, range }: FileLocation): vscode.Range => {
    const known = positions.get(path) ?? new TextPositions(project.index.file(path)?.text ?? "");
    positions.set(path, known);
    return known.range(range);
  };
  let files: [vscode.Uri, vscode.Diagnostic[]][] = [];
  for (const [path, located] of problems) {
    files.push([project.uriOf(path), located.map((problem) => diagnosticOf(project, problem, rangeOf))]);
    if (files.length === filesAtOnce) {
      yield files;
      files = [];
    }
  }
  yield files;
  return undefined;
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
