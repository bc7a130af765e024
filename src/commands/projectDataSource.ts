import { loadModule } from "../project/loadModule";
import type { ProjectConfig } from "../project/projectConfig";
import { readVariables, type Variables } from "../project/variables";
import { loadDataSource, type LoadedDataSource } from "../typeorm/loadDataSource";

/**
 * Loads the DataSource that a configuration names. The module sees the `.env` beside the configuration, as the
 * application does with dotenv.
 * @throws EntityError, LoadError
 */
export function loadProjectDataSource(config: ProjectConfig, variables: Variables): Promise<LoadedDataSource> {
  for (const [name, value] of Object.entries(readVariables(config.directory, variables))) {
    process.env[name] ??= value;
  }
  return loadDataSource({
    reference: config.dataSource,
    directory: config.directory,
    configPath: config.configPath,
    loadModule,
  });
}

/** Whether the database that is meant is one of an environment marked as production. */
export function isProductionChosen(
  config: ProjectConfig,
  { url, environment }: { readonly url: string | undefined; readonly environment: string | undefined },
): boolean {
  if (url !== undefined) {
    return false;
  }
  if (environment !== undefined) {
    return config.environments.get(environment)?.production === true;
  }
  const [only, ...others] = config.environments.values();
  return config.url === undefined && others.length === 0 && only?.production === true;
}
