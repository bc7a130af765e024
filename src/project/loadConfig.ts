import type { ProjectConfig } from "./projectConfig";

/** Loads a module of the project and gives its namespace. */
export type ModuleLoader = (path: string) => Promise<unknown>;

/** What is known beside the file itself. */
export interface LoadConfigOptions {
  /** The ini file's section, Alembic's `-n`. @default "alembic" */
  readonly section?: string | undefined;
  /** The folder that an ini file's relative paths may also be relative to. @default process.cwd() */
  readonly workingDirectory?: string | undefined;
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Reads a configuration of any kind. A TypeScript or JavaScript one is run, with `loadModule`.
 * @throws {ConfigError}
 */
export function loadConfig(
  _configPath: string,
  _loadModule: ModuleLoader,
  _options: LoadConfigOptions = {},
): Promise<ProjectConfig> {
  return Promise.reject(new Error("loadConfig is not written yet"));
}
