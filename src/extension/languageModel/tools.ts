import * as vscode from "vscode";
import { upgradeRange } from "../actions/revisionSymbols";
import type { RunResponse } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Services } from "../services";

export interface PreviewInput {
  /** A revision's id; without one, the way from base to the heads is meant. */
  readonly revision?: string;
}

export interface CreateInput {
  readonly message: string;
  readonly autogenerate?: boolean;
}

/** Where the database is, and which revisions are pending. */
export async function status(
  services: Services,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const project = projectOf(services);
  const how = { title: vscode.l10n.t("Checking the database"), progress: "window", token } as const;
  const response = await services.runner.execute(project, "status", {}, how);
  const { database, rows, pending, uncertain, unknownRows } = resultOf(services, response);
  return answer({
    database: database.name,
    current: rows,
    heads: project.graph.heads,
    pending: pending.map((id) => `${id} ${project.graph.get(id)?.message ?? ""}`.trim()),
    uncertain,
    unknownRows,
    problems: project.graph.problems.map(({ kind }) => kind),
  });
}

/** The SQL of a revision, or of the way to the heads. */
export async function previewSql(
  services: Services,
  input: PreviewInput,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const project = projectOf(services);
  const revision = input.revision === undefined ? undefined : project.graph.get(input.revision);
  if (input.revision !== undefined && revision === undefined) {
    throw new Error(
      `There is no revision ${input.revision}. The heads are ${project.graph.heads.join(", ")}.`,
    );
  }
  const options = { target: revision === undefined ? "base:heads" : upgradeRange(revision), sql: true };
  const title = vscode.l10n.t("Previewing SQL");
  const how = { title, progress: "window", token, unsaved: project.unsavedFiles } as const;
  const result = resultOf(services, await services.runner.execute(project, "upgrade", options, how));
  return answer(result.kind === "sql" ? result.text : "");
}

/** Writes a new file. */
export async function createRevision(
  services: Services,
  input: CreateInput,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const options = { message: input.message, autogenerate: input.autogenerate === true };
  const title = vscode.l10n.t("Writing a new revision");
  const how = { title, progress: "window", writesFiles: true, token } as const;
  const { revision, path, text } = resultOf(
    services,
    await services.runner.execute(projectOf(services), "revision", options, how),
  );
  return answer({ revision, file: path, text });
}

/** What a tool throws is told to the model, so it says what to do next. */
function projectOf(services: Services): Project {
  if (!vscode.workspace.isTrusted) {
    throw new Error("The workspace is not trusted. Ask the user to trust it first.");
  }
  const uri = vscode.window.activeTextEditor?.document.uri;
  const ofEditor = uri === undefined ? undefined : services.projects.projectOf(uri);
  const project = ofEditor ?? services.projects.selected;
  if (project === undefined) {
    throw new Error("No Alembic project is selected. Ask the user to run “Alembic: Select Project…”.");
  }
  return project;
}

function resultOf<Result>(
  { log }: Services,
  response: { readonly kind: "ok"; readonly result: Result } | Exclude<RunResponse, { readonly kind: "ok" }>,
): Result {
  switch (response.kind) {
    case "ok":
      return response.result;
    case "failed":
      throw new Error(log.clean([response.failure.message, response.failure.hint].filter(Boolean).join(" ")));
    case "cancelled":
      throw new Error("The run was cancelled.");
  }
}

function answer(value: unknown): vscode.LanguageModelToolResult {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
