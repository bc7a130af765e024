import { statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { ConfigError } from "./errors";
import { noScriptLocation } from "./normaliseConfig";
import { readRegularFile } from "../machine/regularFile";
import type { Variables } from "./variables";

/** A `pyproject.toml` that is larger is none of ours; reading it would take longer than any command. */
const largestProjectFile = 4_000_000;

const fileNames = [
  ...["ts", "mts", "cts", "js", "mjs", "cjs", "json"].map((extension) => `alembic.config.${extension}`),
  "alembic.ini",
];

/** Names of the files that are configurations wherever they are, best first; a `pyproject.toml` may be one too. */
export const configFileNames: readonly string[] = fileNames;

/** Whether Python's Alembic reads this file too. */
export function isAlembicFile(configPath: string): boolean {
  return [".ini", ".toml", ".cfg"].includes(extname(configPath));
}

/**
 * Looks for a configuration in a folder and then in the folders above it. Gives an absolute path, or undefined if there
 * is none. An `alembic.ini` always counts, a `pyproject.toml` only with a `[tool.alembic]` table.
 */
export function findConfig(directory: string): Promise<string | undefined> {
  // A handful of files are looked at sooner than promises of them are kept.
  return new Promise((settle) => settle(nearestConfig(resolve(directory))));
}

function nearestConfig(folder: string): string | undefined {
  const found = fileNames.map((name) => join(folder, name)).find(isFile);
  if (found !== undefined) {
    return found;
  }
  const project = join(folder, "pyproject.toml");
  if (hasAlembicTable(project)) {
    return project;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestConfig(parent);
}

/** Where a command is to look for its configuration. */
export interface ConfigSearch {
  readonly workingDirectory: string;
  /** The argument of `-c`. */
  readonly configOption?: string | undefined;
  /** `ALEMBIC_CONFIG` is looked at, as Alembic does. */
  readonly variables: Variables;
}

/**
 * The configuration of a command: the one named by `-c` or `ALEMBIC_CONFIG`, else the nearest.
 * @throws {ConfigError} there is none
 */
export async function requireConfig(search: ConfigSearch): Promise<string> {
  const named = search.configOption ?? search.variables.ALEMBIC_CONFIG;
  if (named === undefined || named === "") {
    const found = await findConfig(search.workingDirectory);
    if (found === undefined) {
      throw noScriptLocation(undefined);
    }
    return found;
  }
  const path = resolve(search.workingDirectory, named);
  if (!isFile(path)) {
    throw new ConfigError(
      "config-not-found",
      `No 'script_location' key found in configuration. There is no configuration file ${path}.`,
      {
        file: path,
        hint: search.configOption === undefined ? "Check ALEMBIC_CONFIG." : "Check the path after -c.",
      },
    );
  }
  return path;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function hasAlembicTable(path: string): boolean {
  try {
    return /^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*alembic[ \t]*[.\]]/m.test(
      readRegularFile(path, largestProjectFile) ?? "",
    );
  } catch {
    return false;
  }
}
