import * as path from "node:path";
import type { CancellationToken, MessageConnection } from "vscode-jsonrpc";
import type { CommandContext } from "../context/commandContext";
import type { EmbeddedDatabases } from "../database/embeddedDatabase";
import { createContext } from "../context/createContext";
import { createFilesContext } from "../context/filesContext";
import { runCommand } from "../commands/commands";
import { writeAgentFiles } from "../commands/agentFiles";
import { initProject } from "../commands/initProject";
import { changesDatabase } from "./changesDatabase";
import { describeFailure } from "./describeFailure";
import {
  agentFilesRequest,
  askDropRequest,
  askProductionRequest,
  askRenameRequest,
  initRequest,
  progressNotification,
  runRequest,
  type AgentFilesResponse,
  type InitResponse,
  type RunRequest,
  type RunResponse,
} from "./protocol";

/**
 * Answers the editor's requests on a connection, one run at a time: a project has one database.
 * @param embedded the embedded databases, which stay open from one run to the next
 */
export function serveEngine(connection: MessageConnection, embedded: EmbeddedDatabases): void {
  // As it was before the .env files of projects came in, which may change while the engine runs.
  const variables = { ...process.env };
  let last: Promise<unknown> = Promise.resolve();
  connection.onRequest(runRequest, (request, token) => {
    const run = last.then(() => answerRun(connection, { variables, embedded }, request, token));
    last = run;
    return run;
  });
  connection.onRequest(initRequest, async (request): Promise<InitResponse> => {
    try {
      const files = await initProject(request);
      return { kind: "ok", files: files.filter((file) => file.isNew).map((file) => file.path) };
    } catch (error) {
      return { kind: "failed", failure: describeFailure(error) };
    }
  });
  connection.onRequest(agentFilesRequest, async ({ workingDirectory }): Promise<AgentFilesResponse> => {
    try {
      return { kind: "ok", files: await writeAgentFiles(workingDirectory) };
    } catch (error) {
      return { kind: "failed", failure: describeFailure(error) };
    }
  });
}

async function answerRun(
  connection: MessageConnection,
  surroundings: { readonly variables: NodeJS.ProcessEnv; readonly embedded: EmbeddedDatabases },
  request: RunRequest,
  token: CancellationToken,
): Promise<RunResponse> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  if (token.isCancellationRequested) {
    controller.abort();
  }
  try {
    const create = request.isOnFiles === true ? createFilesContext : createContext;
    const context = await create({
      workingDirectory: path.dirname(request.configPath),
      configPath: request.configPath,
      section: request.alembic?.name,
      url: request.database.url,
      environment: request.database.environment,
      passwords: new Map(Object.entries(request.database.passwords ?? {})),
      xArguments: new Map(),
      alembic: request.alembic,
      agent: request.agent,
      ...surroundings,
      report: (event) => {
        void connection.sendNotification(progressNotification, { runId: request.runId, event });
      },
      // The answer is given: the editor's log is all that is left.
      onLateFailure: (error) => process.stderr.write(`FAILED: ${describeFailure(error).message}\n`),
      signal: controller.signal,
      ...(request.canAsk === true ? askEditor(connection, request.runId, controller) : {}),
      unsaved: new Map(request.unsaved?.map(({ path: file, text }) => [file, text])),
    });
    const environment = changesDatabase(request) ? context.productionEnvironment : undefined;
    if (environment !== undefined && !(await isConfirmed(connection, request.runId, environment))) {
      return { kind: "cancelled" };
    }
    return { kind: "ok", result: await runCommand(request.command, context, request.options) };
  } catch (error) {
    return controller.signal.aborted
      ? { kind: "cancelled" }
      : { kind: "failed", failure: describeFailure(error) };
  } finally {
    subscription.dispose();
  }
}

/** Only here it is certain which database is meant: a configuration may be computed. */
function isConfirmed(connection: MessageConnection, runId: number, environment: string): Promise<boolean> {
  return connection.sendRequest(askProductionRequest, { runId, environment });
}

function askEditor(
  connection: MessageConnection,
  runId: number,
  controller: AbortController,
): Required<Pick<CommandContext, "askRename" | "askDrop">> {
  const requireAnswer = <Answer extends string>(answer: Answer): Exclude<Answer, "cancel"> => {
    if (answer === "cancel") {
      controller.abort();
      throw new Error("The request was cancelled.");
    }
    return answer as Exclude<Answer, "cancel">;
  };
  return {
    askRename: async (choice) =>
      requireAnswer(await connection.sendRequest(askRenameRequest, { runId, choice })) === "renamed",
    askDrop: async (choice) =>
      requireAnswer(await connection.sendRequest(askDropRequest, { runId, choice })) === "drop",
  };
}
