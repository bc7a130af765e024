import { CommanderError } from "commander";
import { createContext } from "../context/createContext";
import type { CommandContext } from "../context/commandContext";
import type { AddCommands, CliSession, RunAction } from "./cliSession";
import { describeFailure } from "./failure";
import { createProgram } from "./program";
import { createProgress } from "./progress";
import { failureJson, isChanging, usageJson } from "./failureJson";
import { jsonText } from "./json";
import type { FailureOutput } from "../outputs/errorOutput";
import { isJsonWanted, isStdoutTaken } from "./standardOutput";
import { exitCodes, type Terminal } from "./terminal";
import { terminalText } from "./terminalText";

/**
 * Runs one command line.
 * @param args without `node` and the script
 * @param addCommands those that there are
 * @returns the exit status
 */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
  addCommands: AddCommands,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  let hasStarted = false;
  let hasOutput = false;
  const printFailureJson = (failure: FailureOutput): void => {
    // What is on stdout is one JSON value, and a command that has found faults gives them.
    if (isJsonWanted(args) && !hasOutput) {
      terminal.stdout.write(jsonText({ error: failure }));
    }
  };
  const runAction: RunAction = async (globalOptions, action) => {
    const progress = createProgress(terminal.stderr, globalOptions.quiet === true);
    let context: Promise<CommandContext> | undefined;
    const session: CliSession = {
      terminal,
      options: globalOptions,
      print: (text) => {
        if (globalOptions.quiet !== true) {
          terminal.stdout.write(terminalText(text));
        }
      },
      output: (text) => {
        hasOutput = true;
        terminal.stdout.write(text);
      },
      context: (isRemembering = false) =>
        (context ??= createContext({
          workingDirectory: terminal.workingDirectory,
          configPath: globalOptions.config,
          section: globalOptions.name,
          url: globalOptions.url,
          environment: globalOptions.environment,
          agent: terminal.agent,
          xArguments: globalOptions.x ?? new Map(),
          variables: terminal.variables,
          isRemembering,
          report: (event) => {
            hasStarted ||= isChanging(event);
            terminal.follow?.(event);
            progress.report(event);
          },
          onLateFailure: (error) => terminal.onLateFailure?.(printFailure(error, terminal, args)),
          signal: terminal.signal,
          askRename: terminal.askRename,
          askDrop: terminal.askDrop,
          askDataSteps: terminal.askDataSteps,
        })),
      run: async (command, options, isRemembering) => command(await session.context(isRemembering), options),
    };
    try {
      exitCode = (await action(session)) ?? exitCodes.ok;
    } finally {
      progress.stop();
    }
  };
  const program = createProgram(runAction, addCommands, {
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own help or complaint.
      if (error.exitCode === 0) {
        return exitCodes.ok;
      }
      printFailureJson(usageJson(error));
      return exitCodes.usage;
    }
    printFailureJson(failureJson(error, hasStarted));
    return printFailure(error, terminal, args);
  }
}

/**
 * The headline goes to stdout, as Alembic's does, but not where stdout is quiet or is read by another program.
 */
function printFailure(error: unknown, terminal: Terminal, args: readonly string[]): number {
  const failure = describeFailure(error, args.includes("--raiseerr"));
  (isStdoutTaken(args) ? terminal.stderr : terminal.stdout).write(`${terminalText(failure.headline)}\n`);
  terminal.stderr.write(failure.details.map((line) => `${terminalText(line)}\n`).join(""));
  return failure.exitCode;
}
