import { randomBytes } from "node:crypto";
import { resolveDatabaseTarget, type DatabaseTarget } from "../project/databaseTarget";
import { requireConfig } from "../project/findConfig";
import { loadConfig } from "../project/loadConfig";
import { loadModule, loadRevisionModule } from "../project/loadModule";
import { readScriptDirectory, type ScriptDirectory } from "../project/scriptDirectory";
import { readVariables } from "../project/variables";
import { connectionOptions } from "../typeorm/connectionOptions";
import type { AskRename, CommandContext } from "./commandContext";
import type { Report } from "./commandTable";
import { openTarget } from "./openTarget";
import { isProductionChosen, loadProjectDataSource } from "./projectDataSource";

/** Which project and database a command is for. */
export interface ContextOptions {
  readonly workingDirectory: string;
  /** `-c`; otherwise looked for from the working directory upward. */
  readonly configPath: string | undefined;
  /** `-n`: the ini file's section. */
  readonly section: string | undefined;
  readonly url: string | undefined;
  readonly environment: string | undefined;
  readonly xArguments: ReadonlyMap<string, string>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly askRename?: AskRename | undefined;
}

/**
 * Finds and loads a project's configuration, and makes what its commands need. Files and database are opened
 * only when a command asks.
 * @throws ConfigError, LoadError
 */
export async function createContext(options: ContextOptions): Promise<CommandContext> {
  const configPath = await requireConfig({
    workingDirectory: options.workingDirectory,
    configOption: options.configPath,
    variables: options.variables,
  });
  const config = await loadConfig(configPath, loadModule, {
    section: options.section,
    workingDirectory: options.workingDirectory,
    variables: options.variables,
  });
  let scripts: Promise<ScriptDirectory> | undefined;
  const resolveTarget = (environment: string | undefined): Promise<DatabaseTarget> =>
    resolveDatabaseTarget({
      urlOption: options.url,
      environment,
      config,
      variables: readVariables(config.directory, options.variables),
      dataSourceOptions:
        config.dataSource === undefined
          ? undefined
          : async () =>
              connectionOptions((await loadProjectDataSource(config, options.variables)).dataSource),
    });
  return {
    config,
    resolveTarget,
    readScripts: () => (scripts ??= reportWarnings(readScriptDirectory(config), options.report)),
    openDatabase: async () =>
      openTarget(await resolveTarget(options.environment), options.report, options.signal),
    isProduction: isProductionChosen(config, options),
    loadDataSource: () => loadProjectDataSource(config, options.variables),
    askRename: options.askRename,
    loadRevisionModule,
    report: options.report,
    signal: options.signal,
    now: () => new Date(),
    newRevisionId,
    xArguments: options.xArguments,
  };
}

/** Twelve hexadecimal digits, as Alembic's ids are. */
function newRevisionId(): string {
  return randomBytes(6).toString("hex");
}

async function reportWarnings(reading: Promise<ScriptDirectory>, report: Report): Promise<ScriptDirectory> {
  const scripts = await reading;
  for (const warning of scripts.warnings) {
    report({ kind: "log", level: "warning", message: `${warning.message} (${warning.path})` });
  }
  return scripts;
}
