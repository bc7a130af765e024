import * as vscode from "vscode";
import { upgradeRange } from "../actions/revisionSymbols";
import { languageModelToolNames } from "../contributions";
import type { RunResponse } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Services } from "../services";

interface PreviewInput {
  /** A revision's id; without one, the way from base to the heads is meant. */
  readonly revision?: string;
}

interface CreateInput {
  readonly message: string;
  readonly autogenerate?: boolean;
}

/** The tools by their names in the code. */
export interface LanguageModelTools {
  readonly status: vscode.LanguageModelTool<object>;
  readonly previewSql: vscode.LanguageModelTool<PreviewInput>;
  readonly createRevision: vscode.LanguageModelTool<CreateInput>;
}

/** Tools for language models: reading, and writing one new file. None changes a database. */
export function registerLanguageModelTools(
  context: vscode.ExtensionContext,
  services: Services,
): LanguageModelTools {
  const tools: LanguageModelTools = {
    status: {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t("Asking the database"),
        confirmationMessages: {
          title: vscode.l10n.t("Check migration status"),
          message: vscode.l10n.t("Connects to the database of this project and reads its version table."),
        },
      }),
      invoke: (_options, token) => status(services, token),
    },
    previewSql: {
      prepareInvocation: () => ({
        invocationMessage: vscode.l10n.t("Previewing SQL"),
        confirmationMessages: {
          title: vscode.l10n.t("Preview migration SQL"),
          message: vscode.l10n.t(
            "Runs the revision's code without a database, to see the SQL that it makes.",
          ),
        },
      }),
      invoke: ({ input }, token) => previewSql(services, input, token),
    },
    createRevision: {
      prepareInvocation: ({ input }) => ({
        invocationMessage: vscode.l10n.t("Writing a new revision"),
        confirmationMessages: {
          title: vscode.l10n.t("Create a migration revision"),
          message: vscode.l10n.t("Writes a new revision file: {0}", input.message),
        },
      }),
      invoke: ({ input }, token) => createRevision(services, input, token),
    },
  };
  context.subscriptions.push(
    vscode.lm.registerTool(languageModelToolNames.status, tools.status),
    vscode.lm.registerTool(languageModelToolNames.previewSql, tools.previewSql),
    vscode.lm.registerTool(languageModelToolNames.createRevision, tools.createRevision),
  );
  return tools;
}

async function status(
  services: Services,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const project = projectOf(services);
  const how = { title: vscode.l10n.t("Asking the database"), progress: "window", token } as const;
  const response = await services.runner.execute(project, "status", {}, how);
  const { database, rows, pending, unknownRows } = resultOf(response);
  return answer({
    database: database.name,
    current: rows,
    heads: project.graph.heads,
    pending: pending.map((id) => `${id} ${project.graph.get(id)?.message ?? ""}`.trim()),
    unknownRows,
    problems: project.graph.problems.map(({ kind }) => kind),
  });
}

async function previewSql(
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
  const how = { title: vscode.l10n.t("Previewing SQL"), progress: "window", token } as const;
  const result = resultOf(await services.runner.execute(project, "upgrade", options, how));
  return answer(result.kind === "sql" ? result.text : "");
}

async function createRevision(
  services: Services,
  input: CreateInput,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const options = { message: input.message, autogenerate: input.autogenerate === true };
  const title = vscode.l10n.t("Writing a new revision");
  const how = { title, progress: "window", writesFiles: true, token } as const;
  const { revision, path, text } = resultOf(
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
  response: { readonly kind: "ok"; readonly result: Result } | Exclude<RunResponse, { readonly kind: "ok" }>,
): Result {
  switch (response.kind) {
    case "ok":
      return response.result;
    case "failed":
      throw new Error([response.failure.message, response.failure.hint].filter(Boolean).join(" "));
    case "cancelled":
      throw new Error("The run was cancelled.");
  }
}

function answer(value: unknown): vscode.LanguageModelToolResult {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
