import { addReadingCommands } from "./readingCommands";
import { runCli } from "./runCli";
import type { Terminal } from "./terminal";

export { describeFailure as describeOfReading } from "./failure";

/** Runs a command line whose command only reads; the exit status. */
export function runReadingCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCli(args, terminal, addReadingCommands);
}
