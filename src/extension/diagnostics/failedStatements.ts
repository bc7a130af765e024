import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { isSettingOn, onSettingChange } from "../shared/settings";
import { diagnosticSource, explanationOf } from "./problemCode";

interface Failure {
  readonly project: Project;
  readonly uri: vscode.Uri;
  readonly path: string;
  /** Of the file when it failed; with another one the failure is a thing of the past. */
  readonly text: string;
  readonly diagnostic: vscode.Diagnostic;
}

/**
 * Shows where the last upgrade or downgrade of a project failed, in the revision file, until that is edited or a later
 * run succeeds.
 */
export function registerFailedStatements(context: vscode.ExtensionContext, services: Services): void {
  const collection = vscode.languages.createDiagnosticCollection(`${diagnosticSource}-runs`);
  const failures = new Map<string, Failure>();
  const show = (): void => {
    collection.clear();
    for (const { project, uri, diagnostic } of failures.values()) {
      if (isSettingOn("diagnostics.enabled", project.configUri)) {
        collection.set(uri, [diagnostic]);
      }
    }
  };
  const replace = (project: Project, failure: Failure | undefined): void => {
    if (failures.delete(project.id) || failure !== undefined) {
      if (failure !== undefined) {
        failures.set(project.id, failure);
      }
      show();
    }
  };
  const forgetEdited = (project: Project): void => {
    const failure = failures.get(project.id);
    if (failure !== undefined && project.index.file(failure.path)?.text !== failure.text) {
      replace(project, undefined);
    }
  };
  context.subscriptions.push(
    collection,
    services.runner.onDidRun(({ project, response }) => {
      if (response.kind === "failed") {
        replace(project, failureIn(project, response.failure));
      } else if (response.kind === "ok" && "kind" in response.result && response.result.kind === "ran") {
        replace(project, undefined);
      }
    }),
    services.projects.onDidChangeRevisions(forgetEdited),
    services.projects.onDidRemoveProject((project) => replace(project, undefined)),
    onSettingChange(["diagnostics.enabled"], show),
  );
}

/** Undefined for what no statement of a revision is to blame for; errors of syntax the file's own diagnostics show. */
function failureIn(project: Project, failure: RunFailure): Failure | undefined {
  const { location, code } = failure;
  const file = location === undefined ? undefined : project.index.file(location.path);
  if (location === undefined || file === undefined || code !== "revision-failed") {
    return undefined;
  }
  const line = file.text.split(/\r\n|\r|\n/)[location.line] ?? "";
  const range = new vscode.Range(
    location.line,
    location.column,
    location.line,
    Math.max(line.trimEnd().length, location.column + 1),
  );
  const message = (failure.details ?? [failure.message, failure.hint ?? ""]).filter((text) => text !== "");
  const diagnostic = new vscode.Diagnostic(range, message.join("\n"), vscode.DiagnosticSeverity.Error);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: code, target: explanationOf(code) };
  return { project, uri: project.uriOf(location.path), path: location.path, text: file.text, diagnostic };
}
