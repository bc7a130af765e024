import { NotificationType, RequestType } from "vscode-jsonrpc";
import type { AgentFile } from "../commands/agentFiles";
import type { AlembicAccess } from "../context/alembicAccess";
import type { DropChoice, RenameChoice } from "../context/commandContext";
import type { CommandName, CommandTable } from "../context/commandTable";
import type { CommandEvent } from "../context/events";

/** The file descriptor on which engine and editor talk, both ways. */
export const protocolDescriptor = 3;

/** Which database a command of the editor uses, where the project's own configuration is not to decide. */
export interface DatabaseChoice {
  /** A name among the config's environments. */
  readonly environment?: string;
  /** A whole URL, its password included; held in memory only. */
  readonly url?: string;
  /** Passwords that the user typed in, by the name of the database as `CommandEvent` gives it; in memory only. */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** A file as it is in the editor, and not yet on disk. */
export interface UnsavedFile {
  readonly path: string;
  readonly text: string;
}

export interface RunRequest<Name extends CommandName = CommandName> {
  /** Chosen by the caller; progress of this run carries it. */
  readonly runId: number;
  readonly configPath: string;
  readonly database: DatabaseChoice;
  readonly command: Name;
  readonly options: CommandTable[Name]["options"];
  /** Revision files to be read from here instead of from disk; only for what changes no database. */
  readonly unsaved?: readonly UnsavedFile[];
  /** How the Alembic of a Python project is run. */
  readonly alembic?: AlembicAccess;
  /** The coding agent that gave the command, where what is dangerous needs a person's approval. */
  readonly agent?: string;
  /** None of the project's code is to run, and no database to be opened. */
  readonly isOnFiles?: boolean;
  /** Somebody is there to answer `askRenameRequest` and `askDropRequest`. */
  readonly canAsk?: boolean;
}

/** A failure as data, so that the editor words and places it. */
export interface RunFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** Where in the user's files it happened; line and column count from zero. */
  readonly location: { readonly path: string; readonly line: number; readonly column: number } | undefined;
  readonly sql: string | undefined;
  /** All that is known, line by line: the message, the server's detail and hint, and how the database is now. */
  readonly details?: readonly string[];
  /** The row of the version table that no revision has, where that is the cause. */
  readonly unknownRow?: string;
  /** A file that would fix it. */
  readonly proposal?: { readonly path: string; readonly text: string };
}

export type RunResponse<Name extends CommandName = CommandName> =
  | { readonly kind: "ok"; readonly result: CommandTable[Name]["result"] }
  | { readonly kind: "failed"; readonly failure: RunFailure }
  | { readonly kind: "cancelled" };

export interface ProgressNotification {
  readonly runId: number;
  readonly event: CommandEvent;
}

/** A run is about to change the database of an environment that is marked as production. */
export interface ProductionQuestion {
  readonly runId: number;
  readonly environment: string;
}

/** A question of a run, which waits for the answer. */
export interface RenameQuestion {
  readonly runId: number;
  readonly choice: RenameChoice;
}

/** `cancel` ends the run. */
export type RenameAnswer = "renamed" | "dropped-and-added" | "cancel";

/** A question of a run, which waits for the answer. */
export interface DropQuestion {
  readonly runId: number;
  readonly choice: DropChoice;
}

/** `cancel` ends the run. */
export type DropAnswer = "drop" | "keep" | "cancel";

export interface InitRequest {
  /** The folder in which the configuration file is written. */
  readonly workingDirectory: string;
  /** The script location, relative to it; the first free one of the usual if left out. */
  readonly directory?: string | undefined;
  /** The file of the DataSource, relative to it; looked for if left out. */
  readonly dataSource?: string | undefined;
  readonly template: string;
}

export type InitResponse =
  | { readonly kind: "ok"; readonly files: readonly string[] }
  | { readonly kind: "failed"; readonly failure: RunFailure };

/** Writes or updates the files for coding agents in a folder. */
export interface AgentFilesRequest {
  readonly workingDirectory: string;
}

export type AgentFilesResponse =
  | { readonly kind: "ok"; readonly files: readonly AgentFile[] }
  | { readonly kind: "failed"; readonly failure: RunFailure };

/** Cancelling the request stops the run: the statement in the server, then the transaction. */
export const runRequest = new RequestType<RunRequest, RunResponse, void>("run");
export const initRequest = new RequestType<InitRequest, InitResponse, void>("init");
export const agentFilesRequest = new RequestType<AgentFilesRequest, AgentFilesResponse, void>("agentFiles");
/** The engine asks, the editor answers. */
export const askRenameRequest = new RequestType<RenameQuestion, RenameAnswer, void>("askRename");
export const askDropRequest = new RequestType<DropQuestion, DropAnswer, void>("askDrop");
/** The engine asks before it changes a production database; false: it leaves it alone. */
export const askProductionRequest = new RequestType<ProductionQuestion, boolean, void>("askProduction");
export const progressNotification = new NotificationType<ProgressNotification>("progress");
