import { InvalidArgumentError, type Command } from "commander";

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly config?: string;
  readonly name?: string;
  readonly x?: ReadonlyMap<string, string>;
  readonly url?: string;
  readonly environment?: string;
  readonly raiseerr?: true;
  readonly quiet?: true;
}

/** Adds the options that every command understands. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", "configuration file; looked for from this folder upward when left out")
    .option("-n, --name <section>", "section of an .ini file to read (default: alembic)")
    .option("-x <key=value>", "argument for the project's own hooks; may be repeated", collectXArgument)
    .option("--url <url>", "database to use, whatever the configuration says")
    .option("--environment <name>", "one of the configuration's environments")
    .option("--raiseerr", "print a full stack trace on error")
    .option("-q, --quiet", "print nothing but errors");
}

function collectXArgument(
  text: string,
  previous: ReadonlyMap<string, string> | undefined,
): Map<string, string> {
  const separator = text.indexOf("=");
  if (separator < 1) {
    throw new InvalidArgumentError("It takes the form key=value.");
  }
  return new Map([...(previous ?? []), [text.slice(0, separator), text.slice(separator + 1)]]);
}
