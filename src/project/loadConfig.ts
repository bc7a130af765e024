import { basename, dirname, extname, join } from "node:path";
import { isConfigKey, nearestConfigKey } from "./configKeys";
import { isAlembicFile } from "./findConfig";
import { ConfigError } from "./errors";
import { describeLoadFailure } from "./loader/loadFailure";
import { noScriptLocation, normaliseConfig } from "./normaliseConfig";
import type { ProjectConfig } from "./projectConfig";
import { readIniConfig, readTomlConfig, type RawConfig, type RawConfigContext } from "./rawConfig";
import { readRegularFile, UnfitFile } from "../machine/regularFile";
import { readVariables } from "./variables";
import { requireUtf8 } from "./requireUtf8";

const largestConfig = 4_000_000;

/** Loads a module of the project and gives its namespace. */
export type ModuleLoader = (path: string) => Promise<unknown>;

/** What is known beside the file itself. */
export interface LoadConfigOptions {
  /** The ini file's section, Alembic's `-n`. @default "alembic" */
  readonly section?: string | undefined;
  /** The folder that an ini file's relative paths may also be relative to. @default process.cwd() */
  readonly workingDirectory?: string | undefined;
  /** What `%(NAME)s` in an ini file may name; the `.env` beside the config is added. @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Reads a configuration of any kind, by its absolute path. A TypeScript or JavaScript one is run, with `loadModule`. An
 * `alembic.ini` and the `[tool.alembic]` table of a `pyproject.toml` beside it are one configuration, as in Alembic.
 * @throws {ConfigError}
 * @throws {LoadError} from a TypeScript or JavaScript configuration
 */
export async function loadConfig(
  configPath: string,
  loadModule: ModuleLoader,
  options: LoadConfigOptions = {},
): Promise<ProjectConfig> {
  const directory = dirname(configPath);
  const workingDirectory = options.workingDirectory ?? process.cwd();
  const context: RawConfigContext = {
    path: configPath,
    directory,
    section: options.section ?? "alembic",
    variables: readVariables(directory, options.variables ?? process.env),
  };
  const raw = await readRaw(context, loadModule);
  // Alembic resolves an ini file's paths from the working folder; the other kinds are ours.
  return normaliseConfig(raw, configPath, isAlembicFile(configPath) ? workingDirectory : directory);
}

async function readRaw(context: RawConfigContext, loadModule: ModuleLoader): Promise<RawConfig> {
  switch (extname(context.path)) {
    case ".ini":
    case ".cfg":
      return readIniPair(context);
    case ".toml":
      return readTomlPair(context);
    case ".json":
      return objectConfig(parseJson(readText(context.path), context.path), context.path);
    default:
      return readModule(context.path, loadModule);
  }
}

function readIniPair(context: RawConfigContext): RawConfig {
  const ini = readIniConfig(readText(context.path), context);
  if (ini.values.has("scriptLocation")) {
    return ini;
  }
  const tomlPath = join(context.directory, "pyproject.toml");
  const text = readTextIfPresent(tomlPath);
  const toml = text === undefined ? undefined : readTomlConfig(text, { ...context, path: tomlPath });
  return toml === undefined ? ini : merge(ini, toml);
}

function readTomlPair(context: RawConfigContext): RawConfig {
  const toml = readTomlConfig(readText(context.path), context);
  if (toml === undefined) {
    throw noScriptLocation(context.path);
  }
  const iniPath = join(context.directory, "alembic.ini");
  const text = readTextIfPresent(iniPath);
  const ini = text === undefined ? undefined : readIniConfig(text, { ...context, path: iniPath });
  return ini === undefined ? toml : merge(ini, toml);
}

/** The ini file's word counts where both have a key. */
function merge(ini: RawConfig, toml: RawConfig): RawConfig {
  return {
    values: new Map([...toml.values, ...ini.values]),
    extraSections: new Map([...toml.extraSections, ...ini.extraSections]),
    unreadKeys: [],
  };
}

async function readModule(path: string, loadModule: ModuleLoader): Promise<RawConfig> {
  return objectConfig(await exportedConfig(await loadModule(path), path), path);
}

/** The default export, through the extra `default` that a CommonJS module has when it is imported. */
async function exportedConfig(namespace: unknown, path: string): Promise<unknown> {
  let exported: unknown = isRecord(namespace) && "default" in namespace ? namespace.default : namespace;
  if (isRecord(exported) && "__esModule" in exported && "default" in exported) {
    exported = exported.default;
  }
  const config = await madeConfig(exported, path);
  if (!isRecord(config) || Object.keys(config).length === 0) {
    throw new ConfigError("config-invalid", `${path} does not export a configuration.`, {
      file: path,
      hint: "Write `export default defineConfig({ … })`.",
    });
  }
  return config;
}

/** What is exported itself, or what its promise or its function gives. */
async function madeConfig(exported: unknown, path: string): Promise<unknown> {
  try {
    return await (typeof exported === "function" ? (exported as () => unknown)() : exported);
  } catch (error) {
    throw describeLoadFailure(error, path);
  }
}

function objectConfig(config: unknown, path: string): RawConfig {
  if (!isRecord(config)) {
    throw new ConfigError("config-invalid", `${path} must hold an object.`, { file: path });
  }
  const entries = Object.entries(config).filter(([key]) => key !== "$schema");
  for (const [key] of entries) {
    if (!isConfigKey(key)) {
      const nearest = nearestConfigKey(key);
      throw new ConfigError("config-invalid", `${path}: '${key}' is not a key of the configuration.`, {
        file: path,
        key,
        hint: nearest === undefined ? undefined : `Is '${nearest}' meant?`,
      });
    }
  }
  return { values: new Map(entries), extraSections: new Map(), unreadKeys: [] };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    throw new ConfigError("config-unreadable", `${path} is not JSON: ${sentence}`, {
      file: path,
      cause: error,
    });
  }
}

function readText(path: string): string {
  const text = readTextIfPresent(path);
  if (text === undefined) {
    throw new ConfigError(
      "config-not-found",
      `There is no configuration file ${basename(path)} in ${dirname(path)}.`,
      {
        file: path,
        hint: "Check the path after -c.",
      },
    );
  }
  return text;
}

function readTextIfPresent(path: string): string | undefined {
  try {
    const text = readRegularFile(path, largestConfig);
    return text === undefined
      ? undefined
      : requireUtf8(
          path,
          text,
          (message, hint) => new ConfigError("config-unreadable", message, { file: path, hint }),
        );
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    const why = error instanceof UnfitFile ? ` ${error.message}` : "";
    throw new ConfigError("config-unreadable", `${path} can't be read.${why}`, { file: path, cause: error });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
