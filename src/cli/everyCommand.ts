import { addAdoptCommand } from "./adoptCommand";
import { addCheckCommand } from "./autogenerateOptions";
import { addBranchesCheck } from "./branchCheck";
import type { AddCommands } from "./cliSession";
import { addConvertCommand } from "./convertCommand";
import { addDriftCommand } from "./driftCommand";
import { guardedAgent } from "./codingAgent";
import { addLintCommand } from "./lintCommand";
import { addMcpCommand } from "./mcpCommand";
import { addMigrationCommands } from "./migrationCommands";
import { addProjectCommands } from "./projectCommands";
import { addReadingCommands } from "./readingCommands";
import { addRebaseCommand } from "./rebaseCommand";
import { addSquashCommand } from "./squashCommand";
import { runCli } from "./runCli";
import { variablesAbove } from "../machine/programsAbove";
import type { Terminal } from "./terminal";
import { terminalQuestions } from "./terminalQuestions";
import { addTestCommands } from "./testCommand";

export { describeFailure as describeOfEvery } from "./failure";

/** All commands. */
export const addEveryCommand: AddCommands = (program, bind) => {
  addProjectCommands(program, bind);
  addMigrationCommands(program, bind);
  addReadingCommands(program, bind);
  addBranchesCheck(program, bind);
  addCheckCommand(program, bind);
  addRebaseCommand(program, bind);
  addSquashCommand(program, bind);
  addTestCommands(program, bind);
  addDriftCommand(program, bind);
  addLintCommand(program, bind);
  addAdoptCommand(program, bind);
  addConvertCommand(program, bind);
  addMcpCommand(program, bind);
};

/** Runs any command line; the exit status. */
export function runEveryCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const questions = terminalQuestions(process.stdin, process.stderr);
  const agent = guardedAgent(terminal.variables, variablesAbove());
  return runCli(args, { ...terminal, ...questions, agent }, addEveryCommand);
}
