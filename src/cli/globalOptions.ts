import { InvalidArgumentError, Option, type Command } from "commander";

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

/** @param taken letters that mean something else */
function globalOptions(taken: ReadonlySet<string> = new Set()): readonly Option[] {
  const short = (letter: string): string => (taken.has(letter) ? "" : `${letter}, `);
  return [
    new Option(
      `${short("-c")}--config <file>`,
      "configuration file (default: searched for in this folder and its parents)",
    ),
    new Option(`${short("-n")}--name <section>`, "section of an .ini file to read (default: alembic)"),
    new Option("-x <key=value>", "argument for the project's own hooks; may be repeated").argParser(
      collectXArgument,
    ),
    new Option("--url <url>", "database to use, instead of the configured one"),
    new Option("--environment <name>", "one of the configuration's environments"),
    new Option("--raiseerr", "print a full stack trace on error"),
    new Option(`${short("-q")}--quiet`, "print only errors"),
  ];
}

/** Adds the options that every command understands to the program, which lists them in its help. */
export function addGlobalOptions(program: Command): Command {
  for (const option of globalOptions()) {
    program.addOption(option);
  }
  return program;
}

/**
 * Lets a command take the same options after its name. A letter that the command uses itself means there what the
 * command says: the `-c` of `current` is Alembic's `--check-heads`, and the configuration's stands before it.
 */
export function acceptGlobalOptions(command: Command): void {
  const taken = new Set(command.options.flatMap(({ short }) => short ?? []));
  for (const option of globalOptions(taken)) {
    command.addOption(option.hideHelp());
  }
  command.commands.forEach(acceptGlobalOptions);
}

/** What a command line says, before the command and after it; of an option given twice the last counts. */
export function readGlobalOptions(command: Command): GlobalOptions {
  const own: GlobalOptions = Object.fromEntries(
    Object.entries(command.opts()).filter(([name]) => globalNames.has(name)),
  );
  if (command.parent === null) {
    return own;
  }
  const before = readGlobalOptions(command.parent);
  const x = own.x === undefined ? before.x : new Map([...(before.x ?? []), ...own.x]);
  return { ...before, ...own, ...(x === undefined ? {} : { x }) };
}

const globalNames = new Set(globalOptions().map((option) => option.attributeName()));

/** The options that are the command's own. */
export function withoutGlobalOptions(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !globalNames.has(name)));
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
