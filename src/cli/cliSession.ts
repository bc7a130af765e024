import type { Command } from "commander";
import type { CommandContext } from "../context/commandContext";
import type { GlobalOptions } from "./globalOptions";
import type { Terminal } from "./terminal";

/** What a command's action may use: where it prints, and how it runs commands of the engine. */
export interface CliSession {
  readonly terminal: Terminal;
  readonly options: GlobalOptions;
  /** Prints a text for people to stdout; nothing under `--quiet`, as in Alembic. */
  print(text: string): void;
  /** Prints what another program reads from stdout: SQL, JSON, a file. */
  output(text: string): void;
  /** @param isRemembering as in `run` */
  context(isRemembering?: boolean): Promise<CommandContext>;
  /** @param isRemembering whether what the entities gave is remembered for the next process */
  run<Options, Result>(
    command: (context: CommandContext, options: Options) => Promise<Result>,
    options: Options,
    isRemembering?: boolean,
  ): Promise<Result>;
}

/** What a command does with its session; a number is the exit status, nothing is success. */
export type Action = (session: CliSession) => Promise<number | void>;

/** Runs an action with the options that every command shares. */
export type RunAction = (options: GlobalOptions, action: Action) => Promise<void>;

/** Adds commands to a program. */
export type AddCommands = (program: Command, bind: Bind) => void;

/** Wraps an action as commander's handlers want it. */
export type Bind = <Args extends readonly unknown[]>(
  action: (session: CliSession, ...args: Args) => Promise<number | void>,
) => (this: Command, ...args: readonly unknown[]) => Promise<void>;
