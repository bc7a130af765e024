import { relative, win32 } from "node:path";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { EnvironmentChoice } from "../environments/environmentChoice";

/** What the settings give to Alembic itself. */
export interface AlembicOptions {
  readonly name?: string;
  readonly xArguments: readonly string[];
}

export interface CommandLineContext {
  /** The folder in which the line is to be run. */
  readonly workingDirectory: string;
  readonly configPath: string;
  readonly choice: EnvironmentChoice;
  /** The options of Python's Alembic, where that runs the project's revisions. */
  readonly alembic?: AlembicOptions | undefined;
  /** Of the terminal in which the line is to be run. */
  readonly shell: Shell;
}

/** Shells that differ in how they quote. */
export type Shell = "posix" | "powershell" | "cmd";

/** The kind of a shell, by the path of its program: the editor's `env.shell`. */
export function shellOf(program: string): Shell {
  // Reads both kinds of separators.
  const name = win32.basename(program.toLowerCase(), ".exe");
  return /^(?:pwsh|powershell)/.test(name) ? "powershell" : name === "cmd" ? "cmd" : "posix";
}

const foundByItself = /^(?:alembic\.config\.(?:[cm]?[jt]s|json)|alembic\.ini|pyproject\.toml)$/;

/** Commands that the terminal knows by another name. */
const terminalNames: ReadonlyMap<CommandName, string> = new Map([
  ["ensureVersion", "ensure_version"],
  ["status", "current"],
  ["roundTrip", "test"],
  ["dataTests", "test --data"],
  ["adopt", "adopt typeorm"],
  ["writeRevision", "revision"],
  ["checkBranches", "branches --check"],
]);

/** Commands that Python's Alembic has as well. */
const alembicCommands: ReadonlySet<CommandName> = new Set<CommandName>([
  "upgrade",
  "downgrade",
  "stamp",
  "current",
  "status",
  "history",
  "heads",
  "branches",
  "show",
  "revision",
  "merge",
  "ensureVersion",
]);

/** The line for a terminal that does the same as a command of the editor. A URL's place is held by the variable `DATABASE_URL`. */
export function commandLine<Name extends CommandName>(
  command: Name,
  options: CommandTable[Name]["options"],
  context: CommandLineContext,
): string {
  const quote = (word: string): string => quoted(word, context.shell);
  const { alembic } = context;
  if (alembic !== undefined && alembicCommands.has(command)) {
    return alembicLine(argumentsOf(command, options), alembic, context);
  }
  const config = relative(context.workingDirectory, context.configPath);
  const words = ["npx", "alembic-ts"];
  if (!foundByItself.test(config)) {
    words.push("-c", quote(config));
  }
  if (context.choice.kind === "environment") {
    words.push("--environment", quote(context.choice.name));
  } else if (context.choice.kind === "url") {
    words.push("--url", variables[context.shell]);
  }
  const [name, ...rest] = argumentsOf(command, options);
  return [...words, name, ...rest.map(quote)].join(" ");
}

/** The line for Python's Alembic. What only shows the steps of a run asks no more than where the database is. */
function alembicLine(
  [name = "", ...rest]: readonly string[],
  alembic: AlembicOptions,
  { workingDirectory, configPath, shell }: CommandLineContext,
): string {
  const config = relative(workingDirectory, configPath);
  const options = [
    ...(config === "alembic.ini" ? [] : ["-c", config]),
    ...(alembic.name === undefined ? [] : ["-n", alembic.name]),
    ...alembic.xArguments.flatMap((argument) => ["-x", argument]),
  ];
  const command = rest.includes("--plan") ? ["current"] : [name, ...rest];
  return ["alembic", ...options, ...command].map((word) => quoted(word, shell)).join(" ");
}

function argumentsOf(command: CommandName, options: CommandTable[CommandName]["options"]): string[] {
  const given = new Map<string, unknown>(Object.entries(options));
  const words = [terminalNames.get(command) ?? command];
  const flags: string[] = [];
  const positional: string[] = [];
  const addFlag = (key: string, flag: string): void => {
    if ([true, "approval"].some((value) => value === given.get(key))) {
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
  const between = given.get("between");
  if (Array.isArray(between)) {
    flags.push("--between", between.join(","));
  }
  addValue("message", "-m");
  addFlag("autogenerate", "--autogenerate");
  addValue("renames", "--rename");
  addFlag("noRenames", "--no-renames");
  addFlag("drop", "--drop");
  addValue("to", "--to");
  addFlag("offline", "--offline");
  addFlag("sql", "--sql");
  addFlag("plan", "--plan");
  addValue("approved", "--approved");
  addFlag("purge", "--purge");
  addFlag("splice", "--splice");
  addFlag("dryRun", "--dry-run");
  addFlag("replace", "--replace");
  addFlag("checkHeads", "--check-heads");
  addFlag("indicateCurrent", "--indicate-current");
  addFlag("resolveDependencies", "--resolve-dependencies");
  addValue("tag", "--tag");
  addFlag("measure", "--measure");
  addFlag("sizes", "--sizes");
  if (command !== "lint") {
    addValue("range", "-r");
  }
  addValue("revisionId", "--rev-id");
  addValue("head", "--head");
  addValue("branchLabels", "--branch-label");
  addValue("dependsOn", "--depends-on");
  addValue("versionPath", "--version-path");
  for (const key of [
    "target",
    "targets",
    "revision",
    "revisions",
    ...(command === "lint" ? ["range"] : []),
  ]) {
    positional.push(...[given.get(key)].flat().filter((value) => typeof value === "string"));
  }
  return [...words, ...flags, ...positional];
}

const variables: Readonly<Record<Shell, string>> = {
  posix: '"$DATABASE_URL"',
  powershell: "$env:DATABASE_URL",
  cmd: '"%DATABASE_URL%"',
};

/** Words of these characters alone mean themselves. */
const plainWords: Readonly<Record<Shell, RegExp>> = {
  posix: /^[\w@%+=:,./-]+$/,
  powershell: /^[\w+=:./\\-][\w@+=:./\\-]*$/,
  cmd: /^[\w@+:./\\-]+$/,
};

/** A word that the shell passes on as it is. */
function quoted(word: string, shell: Shell): string {
  if (plainWords[shell].test(word)) {
    return word;
  }
  switch (shell) {
    case "posix":
      return `'${word.replaceAll("'", `'\\''`)}'`;
    case "powershell":
      // The quotation marks of typographers delimit as well.
      return `'${word.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
    case "cmd":
      // A percent sign begins a variable within quotation marks too, and a caret only escapes it outside them.
      return `"${word.replaceAll('"', '""').replaceAll("%", '"^%"')}"`;
  }
}
