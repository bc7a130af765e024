import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import type { CancellationToken, MessageConnection, RequestType } from "vscode-jsonrpc";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { CommandName } from "../../context/commandTable";
import {
  agentFilesRequest,
  askProductionRequest,
  askDropRequest,
  askRenameRequest,
  initRequest,
  progressNotification,
  protocolDescriptor,
  runRequest,
} from "../../engine/protocol";
import type {
  AgentFilesRequest,
  AgentFilesResponse,
  InitRequest,
  InitResponse,
  ProductionQuestion,
  ProgressNotification,
  DropAnswer,
  DropQuestion,
  RenameAnswer,
  RenameQuestion,
  RunRequest,
  RunResponse,
} from "../../engine/protocol";

const exitPatience = 2000;

/** How a request ended when no answer came. */
export class EngineStopped extends Error {
  constructor(
    readonly reason: "exited" | "killed" | "failed to start",
    detail: string,
  ) {
    super(detail);
    this.name = "EngineStopped";
  }
}

export interface EngineProcessOptions {
  /** The engine's bundle. */
  readonly modulePath: string;
  readonly directory: string;
  readonly onProgress: (notification: ProgressNotification) => void;
  readonly onRenameQuestion: (question: RenameQuestion) => Promise<RenameAnswer>;
  readonly onDropQuestion: (question: DropQuestion) => Promise<DropAnswer>;
  readonly onProductionQuestion: (question: ProductionQuestion) => Promise<boolean>;
  /** What the engine, or the user's code in it, prints. */
  readonly onOutput: (text: string) => void;
}

/** The child process that runs user code and talks to databases; one JSON-RPC connection over a line of its own. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly line: Duplex;
  private readonly connection: MessageConnection;
  private readonly stopped: Promise<EngineStopped>;
  private isKilled = false;
  private isOver = false;

  constructor(options: EngineProcessOptions) {
    this.child = spawn(process.execPath, [...inspectorArguments(process.env), options.modulePath], {
      cwd: options.directory,
      env: engineEnvironment(process.env),
      // The protocol has a line of its own; what the user's code prints is logged, and it has nothing to read.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", options.onOutput);
    }
    this.line = this.child.stdio[protocolDescriptor] as Duplex;
    this.line.on("error", () => undefined);
    this.stopped = new Promise((resolve) => {
      const end = (error: EngineStopped): void => {
        this.isOver = true;
        this.connection.dispose();
        resolve(error);
      };
      this.child.once("error", (error) => end(new EngineStopped("failed to start", error.message)));
      this.child.once("exit", (code, signal) => {
        const detail = signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`;
        end(new EngineStopped(this.isKilled ? "killed" : "exited", detail));
      });
    });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.line),
      new StreamMessageWriter(this.line),
    );
    this.connection.onNotification(progressNotification, options.onProgress);
    this.connection.onRequest(askRenameRequest, options.onRenameQuestion);
    this.connection.onRequest(askDropRequest, options.onDropQuestion);
    this.connection.onRequest(askProductionRequest, options.onProductionQuestion);
    this.connection.onError(() => undefined);
    this.connection.listen();
  }

  /** False once the process has ended; it can't be used any more then. */
  get isUsable(): boolean {
    return !this.isOver && !this.isKilled;
  }

  /** Runs a command; throws EngineStopped if the process ends first. */
  run<Name extends CommandName>(
    request: RunRequest<Name>,
    token: CancellationToken,
  ): Promise<RunResponse<Name>> {
    // The table of commands ties the options of a request to the result of its answer; the protocol's one type can't.
    const type = runRequest as unknown as RequestType<RunRequest<Name>, RunResponse<Name>, void>;
    return this.request((connection) => connection.sendRequest(type, request, token));
  }

  /** Writes a new project's files; throws EngineStopped if the process ends first. */
  initialise(request: InitRequest, token: CancellationToken): Promise<InitResponse> {
    return this.request((connection) => connection.sendRequest(initRequest, request, token));
  }

  /** Writes or updates files for coding agents; throws EngineStopped if the process ends first. */
  writeAgentFiles(request: AgentFilesRequest, token: CancellationToken): Promise<AgentFilesResponse> {
    return this.request((connection) => connection.sendRequest(agentFilesRequest, request, token));
  }

  /** Asks the process to end by closing the line to it, and ends it if it doesn't. */
  stop(): void {
    if (this.isOver) {
      return;
    }
    this.isKilled = true;
    this.line.end();
    const timer = setTimeout(() => this.kill(), exitPatience);
    this.child.once("exit", () => clearTimeout(timer));
  }

  /** Ends the process now, whatever it does. PostgreSQL rolls back what it had open. */
  kill(): void {
    this.isKilled = true;
    this.child.kill("SIGKILL");
  }

  private async request<Result>(send: (connection: MessageConnection) => Promise<Result>): Promise<Result> {
    const answer = send(this.connection);
    const outcome = await Promise.race([
      answer.then(
        (result) => ({ kind: "answer", result }) as const,
        (error: unknown) => ({ kind: "error", error }) as const,
      ),
      this.stopped.then((error) => ({ kind: "stopped", error }) as const),
    ]);
    if (outcome.kind === "answer") {
      return outcome.result;
    }
    if (outcome.kind === "stopped" || !this.isUsable) {
      throw outcome.kind === "stopped" ? outcome.error : await this.stopped;
    }
    throw outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error));
  }
}

/** A launch configuration of this repository names the port at which a debugger attaches to the engine. */
function inspectorArguments(environment: NodeJS.ProcessEnv): readonly string[] {
  const port = environment["ALEMBIC_TS_INSPECT_ENGINE"];
  return port === undefined ? [] : [`--inspect=127.0.0.1:${port}`];
}

/** The environment of the editor without what would make the child an editor's window, or debug it. */
function engineEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("VSCODE_") && !name.startsWith("ELECTRON_") && name !== "NODE_OPTIONS",
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: "1" };
}
