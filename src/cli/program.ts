import { Command } from "commander";
import { version } from "../version";
import { addGlobalOptions, type GlobalOptions } from "./globalOptions";
import type { AddCommands, Bind, RunAction } from "./cliSession";

/** The command line with these commands, and `--help` for each. */
export function createProgram(runAction: RunAction, addCommands: AddCommands): Command {
  const program = addGlobalOptions(new Command("alembic-ts"))
    .description("Alembic's migrations for TypeScript, TypeORM and PostgreSQL")
    .version(version, "--version", "print the version")
    .showHelpAfterError("(`--help` lists what there is)")
    .exitOverride()
    .enablePositionalOptions(false);
  const bind: Bind = (action) =>
    async function (this: Command, ...args) {
      // Commander passes the command itself last; the arguments and options come before it.
      const options: GlobalOptions = this.optsWithGlobals();
      await runAction(options, (session) => action(session, ...(args as never)));
    };
  addCommands(program, bind);
  for (const command of program.commands) {
    command
      .exitOverride()
      .showHelpAfterError(`(\`alembic-ts ${command.name()} --help\` lists what there is)`);
  }
  return program;
}
