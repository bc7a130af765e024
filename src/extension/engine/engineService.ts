import * as vscode from "vscode";
import type { AlembicAccess } from "../../context/alembicAccess";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { DropChoice, RenameChoice } from "../../context/commandContext";
import type { CommandEvent } from "../../context/events";
import type {
  AgentFilesRequest,
  AgentFilesResponse,
  DatabaseChoice,
  DropAnswer,
  InitRequest,
  InitResponse,
  ProgressNotification,
  RenameAnswer,
  RunRequest,
  RunResponse,
  UnsavedFile,
} from "../../engine/protocol";
import type { Log } from "../shared/log";
import { engineFailure } from "./engineError";
import { engineBundle } from "./engineBundle";
import { EngineLane } from "./engineLane";
import type { EngineProcess } from "./engineProcess";

/** An engine that nobody used for so long is ended. */
const idleTime = 5 * 60_000;
/** How long a cancelled run may take to stop by itself. */
const cancelPatience = 5000;

export interface RunParameters<Name extends CommandName> {
  readonly directory: string;
  readonly configPath: string;
  readonly database: DatabaseChoice;
  readonly command: Name;
  readonly options: CommandTable[Name]["options"];
  readonly token: vscode.CancellationToken;
  readonly onEvent: (event: CommandEvent) => void;
  readonly unsaved?: readonly UnsavedFile[];
  /** How the Alembic of a Python project is run. */
  readonly alembic?: AlembicAccess;
  /** The coding agent that it is for, and what that may see. */
  readonly forAgent?: Pick<RunRequest, "agent" | "isOnFiles">;
  /** Asked whether something was renamed; without it nobody is asked. */
  readonly askRename?: AskRename;
  /** Asked whether something is to be dropped; given together with `askRename`. */
  readonly askDrop?: AskDrop;
  /** Asked before an environment that is marked as production is changed. */
  readonly askProduction: AskProduction;
}

/** Whether the environment of this name may be changed; at the latest answered when the run is cancelled. */
export type AskProduction = (environment: string, token: vscode.CancellationToken) => Promise<boolean>;

/** Answers the engine's question, at the latest when the run is cancelled. */
export type AskRename = (choice: RenameChoice, token: vscode.CancellationToken) => Promise<RenameAnswer>;

/** The same, for what no entity describes any more. */
export type AskDrop = (choice: DropChoice, token: vscode.CancellationToken) => Promise<DropAnswer>;

interface RunListener {
  readonly onEvent: (event: CommandEvent) => void;
  readonly askRename: (choice: RenameChoice) => Promise<RenameAnswer>;
  readonly askDrop: (choice: DropChoice) => Promise<DropAnswer>;
  readonly askProduction: (environment: string) => Promise<boolean>;
}

/** Starts engines at the first command that needs one, and ends those that are idle or hang. */
export class EngineService implements vscode.Disposable {
  private readonly lanes = new Map<string, EngineLane<EngineProcess>>();
  /** What runs that are under way are told and asked. */
  private readonly listeners = new Map<number, RunListener>();
  private nextRunId = 1;

  constructor(
    private readonly modulePath: string,
    private readonly log: Log,
  ) {}

  /** Runs a command; failures of the engine itself come back as failures of the command. */
  async run<Name extends CommandName>(parameters: RunParameters<Name>): Promise<RunResponse<Name>> {
    const { directory, configPath, database, command, options, token, onEvent, unsaved = [] } = parameters;
    const { askRename, askDrop, askProduction, alembic, forAgent } = parameters;
    const runId = this.nextRunId++;
    this.listeners.set(runId, {
      onEvent,
      askRename: (choice) => askRename?.(choice, token) ?? Promise.resolve("cancel"),
      askDrop: (choice) => askDrop?.(choice, token) ?? Promise.resolve("cancel"),
      askProduction: (environment) => askProduction(environment, token),
    });
    const canAsk = askRename !== undefined;
    try {
      const answer = await this.use(directory, token, (process) =>
        process.run(
          {
            ...{ runId, configPath, database, command, options, unsaved, canAsk },
            ...(alembic === undefined ? {} : { alembic }),
            ...forAgent,
          },
          token,
        ),
      );
      return answer ?? { kind: "cancelled" };
    } catch (error) {
      return token.isCancellationRequested
        ? { kind: "cancelled" }
        : { kind: "failed", failure: failureOf(error) };
    } finally {
      this.listeners.delete(runId);
    }
  }

  /** Writes a new project's files. */
  initialise(request: InitRequest, token: vscode.CancellationToken): Promise<InitResponse> {
    return this.write(request, token, (process) => process.initialise(request, token));
  }

  /** Writes or updates files for coding agents. */
  writeAgentFiles(request: AgentFilesRequest, token: vscode.CancellationToken): Promise<AgentFilesResponse> {
    return this.write(request, token, (process) => process.writeAgentFiles(request, token));
  }

  private async write<Response extends InitResponse | AgentFilesResponse>(
    { workingDirectory }: AgentFilesRequest,
    token: vscode.CancellationToken,
    request: (process: EngineProcess) => Promise<Response>,
  ): Promise<Response | Extract<RunResponse, { kind: "failed" }> | { kind: "ok"; files: readonly never[] }> {
    try {
      return (await this.use(workingDirectory, token, request)) ?? { kind: "ok", files: [] };
    } catch (error) {
      return { kind: "failed", failure: failureOf(error) };
    }
  }

  /** Ends the engine of a folder that is no project any more. */
  stop(directory: string): void {
    this.lanes.get(directory)?.close();
    this.lanes.delete(directory);
  }

  dispose(): void {
    for (const directory of [...this.lanes.keys()]) {
      this.stop(directory);
    }
  }

  /** Undefined: cancelled. */
  private use<Result>(
    directory: string,
    token: vscode.CancellationToken,
    request: (process: EngineProcess) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (!vscode.workspace.isTrusted) {
      throw new Error(vscode.l10n.t("This workspace is not trusted."));
    }
    const lane = this.lanes.get(directory) ?? this.openLane(directory);
    this.lanes.set(directory, lane);
    return lane.use(token, request);
  }

  private openLane(directory: string): EngineLane<EngineProcess> {
    return new EngineLane({
      start: () => this.start(directory),
      idleTime,
      cancelPatience,
      onKill: () => this.log.warn("The run did not stop, so the engine was killed."),
    });
  }

  private start(directory: string): EngineProcess {
    this.log.debug(`Starting the engine in ${directory}`);
    return new (engineBundle().EngineProcess)({
      modulePath: this.modulePath,
      directory,
      onProgress: (notification: ProgressNotification) =>
        this.listeners.get(notification.runId)?.onEvent(notification.event),
      onRenameQuestion: ({ runId, choice }) =>
        this.listeners.get(runId)?.askRename(choice) ?? Promise.resolve<RenameAnswer>("cancel"),
      onDropQuestion: ({ runId, choice }) =>
        this.listeners.get(runId)?.askDrop(choice) ?? Promise.resolve<DropAnswer>("cancel"),
      onProductionQuestion: ({ runId, environment }) =>
        this.listeners.get(runId)?.askProduction(environment) ?? Promise.resolve(false),
      onOutput: (text) => this.log.info(text.trimEnd()),
    });
  }
}

function failureOf(error: unknown): ReturnType<typeof engineFailure> {
  if (error instanceof engineBundle().EngineStopped) {
    return engineFailure(
      error.reason === "failed to start" ? "engine-start" : "engine-stopped",
      vscode.l10n.t("The migration engine stopped: {0}.", error.message),
      vscode.l10n.t("See the log for its output. The engine restarts with the next command."),
    );
  }
  return engineFailure(
    "engine-stopped",
    error instanceof Error ? error.message : String(error),
    vscode.l10n.t("The log may have details."),
  );
}
