import { CommanderError } from "commander";
import { createContext } from "../context/createContext";
import type { CommandContext } from "../context/commandContext";
import type { AddCommands, CliSession } from "./cliSession";
import { describeFailure } from "./failure";
import { createProgram } from "./program";
import { createProgress } from "./progress";
import { isStdoutTaken } from "./standardOutput";
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
  const program = createProgram(async (globalOptions, action) => {
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
  }, addCommands);
  program.configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own help or complaint.
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
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
