import { relative } from "node:path";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { EnvironmentChoice } from "../environments/environmentChoice";

export interface CommandLineContext {
  /** The folder in which the line is to be run. */
  readonly workingDirectory: string;
  readonly configPath: string;
  readonly choice: EnvironmentChoice;
}

const foundByItself = /^(?:alembic\.config\.(?:[cm]?[jt]s|json)|alembic\.ini|pyproject\.toml)$/;

/** Commands that the terminal knows by another name. */
const terminalNames: ReadonlyMap<CommandName, string> = new Map([
  ["ensureVersion", "ensure_version"],
  ["status", "current"],
  ["roundTrip", "test"],
  ["adopt", "adopt typeorm"],
  ["writeRevision", "revision"],
]);

/** The line for a terminal that does the same as a command of the editor. A URL's place is held by `"$DATABASE_URL"`. */
export function commandLine<Name extends CommandName>(
  command: Name,
  options: CommandTable[Name]["options"],
  context: CommandLineContext,
): string {
  const config = relative(context.workingDirectory, context.configPath);
  const words = ["npx", "alembic-ts"];
  if (!foundByItself.test(config)) {
    words.push("-c", quote(config));
  }
  if (context.choice.kind === "environment") {
    words.push("--environment", quote(context.choice.name));
  } else if (context.choice.kind === "url") {
    words.push("--url", '"$DATABASE_URL"');
  }
  const [name, ...rest] = argumentsOf(command, options);
  return [...words, name, ...rest.map(quote)].join(" ");
}

function argumentsOf(command: CommandName, options: CommandTable[CommandName]["options"]): string[] {
  const given = new Map<string, unknown>(Object.entries(options));
  const words = [terminalNames.get(command) ?? command];
  const flags: string[] = [];
  const positional: string[] = [];
  const addFlag = (key: string, flag: string): void => {
    if (given.get(key) === true) {
      flags.push(flag);
    }
  };
  const addValue = (key: string, flag: string): void => {
    for (const value of [given.get(key)].flat()) {
      if (typeof value === "string") {
        flags.push(flag, value);
      }
    }
  };
  addValue("message", "-m");
  addFlag("autogenerate", "--autogenerate");
  addValue("renames", "--rename");
  addFlag("noRenames", "--no-renames");
  addFlag("offline", "--offline");
  addFlag("sql", "--sql");
  addFlag("plan", "--plan");
  addFlag("purge", "--purge");
  addFlag("splice", "--splice");
  addFlag("dryRun", "--dry-run");
  addFlag("checkHeads", "--check-heads");
  addFlag("indicateCurrent", "--indicate-current");
  addFlag("resolveDependencies", "--resolve-dependencies");
  addValue("tag", "--tag");
  addValue("range", "-r");
  addValue("revisionId", "--rev-id");
  addValue("head", "--head");
  addValue("branchLabels", "--branch-label");
  addValue("dependsOn", "--depends-on");
  addValue("versionPath", "--version-path");
  for (const key of ["target", "targets", "revision", "revisions"]) {
    positional.push(...[given.get(key)].flat().filter((value) => typeof value === "string"));
  }
  return [...words, ...flags, ...positional];
}

/** A word for a POSIX shell and, where quotes are needed, for PowerShell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
