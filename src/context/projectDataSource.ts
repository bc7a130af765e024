import { LoadError } from "../project/errors";
import { quickly } from "../project/loader/quickly";
import { forgetModules, loadModule } from "../project/loadModule";
import { requireReadable } from "../project/normaliseConfig";
import { useVariables } from "../project/processVariables";
import type { ProjectConfig } from "../project/projectConfig";
import { readVariables, type Variables } from "../project/variables";
import { EntityError } from "../typeorm/entityError";
import { connectionOptions, type ConnectionOptions } from "../typeorm/connectionOptions";
import { loadDataSource, type LoadedDataSource } from "../typeorm/loadDataSource";
import type { Report } from "./commandTable";

/**
 * Loads the DataSource that a configuration names. The module sees the `.env` beside the configuration, as the
 * application does with dotenv.
 * @throws EntityError, LoadError
 */
export function loadProjectDataSource(
  config: ProjectConfig,
  variables: Variables,
): Promise<LoadedDataSource> {
  requireReadable(config, "dataSource");
  if (useVariables(readVariables(config.directory, variables))) {
    forgetModules();
  }
  return loadDataSource({
    reference: config.dataSource,
    directory: config.directory,
    configPath: config.configPath,
    loadModule,
    quickly,
  });
}

/**
 * Where the project's DataSource would connect to. Where the packages that its file imports are not installed, that
 * can't be known: then this says so and gives nothing, so that a first look at a project needs no installation.
 * @throws EntityError, LoadError for every other failure
 */
export async function projectConnectionOptions(
  config: ProjectConfig,
  variables: Variables,
  report: Report,
): Promise<ConnectionOptions | undefined> {
  try {
    return await loadedConnectionOptions(config, variables);
  } catch (error) {
    if (!(error instanceof LoadError) || error.code !== "module-not-found") {
      throw error;
    }
    report({
      kind: "log",
      level: "warning",
      message: `Could not find out whether the DataSource names a database: ${error.message}`,
    });
    return undefined;
  }
}

/**
 * How the project's application connects; undefined where no DataSource is named, or it is not PostgreSQL's.
 * @throws EntityError, LoadError where it can't be loaded, and ConfigError where its name can't be read
 */
export async function applicationConnectionOptions(
  config: ProjectConfig,
  variables: Variables,
): Promise<ConnectionOptions | undefined> {
  try {
    return await loadedConnectionOptions(config, variables);
  } catch (error) {
    if (error instanceof EntityError && error.code === "data-source-not-postgres") {
      return undefined;
    }
    throw error;
  }
}

async function loadedConnectionOptions(
  config: ProjectConfig,
  variables: Variables,
): Promise<ConnectionOptions | undefined> {
  requireReadable(config, "dataSource");
  return config.dataSource === undefined
    ? undefined
    : connectionOptions((await loadProjectDataSource(config, variables)).dataSource);
}
