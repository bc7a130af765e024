import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ConfigError } from "./errors";
import { noScriptLocation } from "./normaliseConfig";
import type { Variables } from "./variables";

const fileNames = [
  ...["ts", "mts", "cts", "js", "mjs", "cjs", "json"].map((extension) => `alembic.config.${extension}`),
  "alembic.ini",
];

/** Names of the files that are configurations wherever they are, best first; a `pyproject.toml` may be one too. */
export const configFileNames: readonly string[] = fileNames;

/**
 * Looks for a configuration in a folder and then in the folders above it. Gives an absolute path, or undefined if there
 * is none. An `alembic.ini` always counts, a `pyproject.toml` only with a `[tool.alembic]` table.
 */
export async function findConfig(directory: string): Promise<string | undefined> {
  const folder = resolve(directory);
  const candidates = fileNames.map((name) => join(folder, name));
  const present = await Promise.all(candidates.map(isFile));
  const found = candidates.find((_, index) => present[index]);
  if (found !== undefined) {
    return found;
  }
  const project = join(folder, "pyproject.toml");
  if (await hasAlembicTable(project)) {
    return project;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findConfig(parent);
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
  if (!(await isFile(path))) {
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

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function hasAlembicTable(path: string): Promise<boolean> {
  try {
    return /^\s*\[+\s*tool\s*\.\s*alembic\s*[.\]]/m.test(await readFile(path, "utf8"));
  } catch {
    return false;
  }
}
