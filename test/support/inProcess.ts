import { runCli } from "../../src/cli/runCli";
import { addEveryCommand } from "../../src/cli/everyCommand";
import type { CommandLineResult } from "./commandLine";

/** Where a command line is run, and the variables that it sees: no others. */
export interface Surroundings {
  readonly path: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs a command line in this process, which takes a part of the time that one of its own takes to start. */
export async function runInProcess(
  { path, variables = {} }: Surroundings,
  args: readonly string[],
): Promise<CommandLineResult> {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written): { write: (text: string) => void } => ({
    write: (text) => void (written[name] += text),
  });
  const exitCode = await runCli(
    args,
    {
      workingDirectory: path,
      variables,
      stdout: stream("stdout"),
      stderr: stream("stderr"),
      signal: new AbortController().signal,
    },
    addEveryCommand,
  );
  return { exitCode, ...written };
}
