import { Command, type OutputConfiguration } from "commander";
import { version } from "../version";
import {
  acceptGlobalOptions,
  addGlobalOptions,
  readGlobalOptions,
  withoutGlobalOptions,
} from "./globalOptions";
import type { AddCommands, Bind, RunAction } from "./cliSession";

/**
 * The command line with these commands, and `--help` for each.
 * @param output where it prints its help and complaints, if not to the streams of the process
 */
export function createProgram(
  runAction: RunAction,
  addCommands: AddCommands,
  output: OutputConfiguration = {},
): Command {
  const program = addGlobalOptions(new Command("alembic-ts"))
    .description("Alembic's migrations for TypeScript, TypeORM and PostgreSQL")
    .version(version, "--version", "print the version")
    .showHelpAfterError("(see `--help`)")
    // Commands take it over when they are added.
    .configureOutput(output)
    .exitOverride()
    .enablePositionalOptions();
  const bind: Bind = (action) =>
    async function (this: Command, ...args) {
      // Commander passes the arguments, then the options, and last the command itself.
      const own = [...args.slice(0, -2), withoutGlobalOptions(this.opts())];
      await runAction(readGlobalOptions(this), (session) => action(session, ...(own as never)));
    };
  addCommands(program, bind);
  for (const command of program.commands) {
    acceptGlobalOptions(command);
    command.exitOverride().showHelpAfterError(`(\`alembic-ts ${command.name()} --help\` lists its options)`);
  }
  return program;
}
