import { join } from "node:path";
import { readDatabaseUrl, serverUrl } from "./databaseUrl";
import { ConfigError } from "./errors";
import type { EnvironmentConfig, ProjectConfig } from "./projectConfig";
import type { Variables } from "./variables";

/** The database that a command works on. `source` says in words where it was named: `--url`, `DATABASE_URL`, … */
export type DatabaseTarget =
  | { readonly kind: "server"; readonly url: string; readonly source: string }
  | { readonly kind: "sqlite"; readonly file: string; readonly source: string }
  | { readonly kind: "embedded"; readonly directory: string };

/** The connection options of a TypeORM `DataSource` that can name a database. */
export interface DataSourceConnectionOptions {
  readonly type: string;
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly ssl?: boolean | undefined;
}

/** What decides which database a command works on. */
export interface DatabaseTargetRequest {
  readonly urlOption?: string | undefined;
  /** The environment that was chosen by name, in the editor or with `--environment`. */
  readonly environment?: string | undefined;
  readonly config: ProjectConfig;
  /** See `readVariables`, which adds the `.env` beside the config. */
  readonly variables: Variables;
  /** Loads the project's DataSource; called only where nothing else names a database. */
  readonly dataSourceOptions?: (() => Promise<DataSourceConnectionOptions | undefined>) | undefined;
}

/**
 * Finds the database to work on: `--url`, then the chosen environment, then the config's `url` or its only environment,
 * `DATABASE_URL`, `POSTGRES_*`, the DataSource's options, and only then the embedded one in `.alembic/`.
 * @throws {ConfigError} `unknown-environment` or `invalid-url`; never with a password in it
 */
export async function resolveDatabaseTarget(request: DatabaseTargetRequest): Promise<DatabaseTarget> {
  return (
    optionTarget(request) ??
    chosenTarget(request) ??
    configuredTarget(request) ??
    variablesTarget(request) ??
    (await dataSourceTarget(request)) ??
    embeddedTarget(request)
  );
}

function optionTarget({ urlOption, config }: DatabaseTargetRequest): DatabaseTarget | undefined {
  return present(urlOption) ? targetOf(urlOption, "--url", config) : undefined;
}

function chosenTarget(request: DatabaseTargetRequest): DatabaseTarget | undefined {
  const { environment: name, config } = request;
  if (!present(name)) {
    return undefined;
  }
  const environment = config.environments.get(name);
  if (environment === undefined) {
    const known = [...config.environments.keys()].join(", ");
    throw new ConfigError("unknown-environment", `${config.configPath}: there is no environment '${name}'.`, {
      file: config.configPath,
      key: `environments.${name}`,
      hint: known === "" ? "The configuration names no environments." : `There are: ${known}.`,
    });
  }
  return environmentTarget(environment, request);
}

function configuredTarget(request: DatabaseTargetRequest): DatabaseTarget | undefined {
  const { config } = request;
  if (present(config.url)) {
    return targetOf(config.url, "the config's url", config);
  }
  const only = onlyEnvironment(config);
  return only === undefined ? undefined : environmentTarget(only, request);
}

/** Where there is one environment alone, nobody has to choose it. */
function onlyEnvironment(config: ProjectConfig): EnvironmentConfig | undefined {
  const [only, ...others] = config.environments.values();
  return others.length === 0 ? only : undefined;
}

/** Undefined for an environment that names no database itself: then the usual variables do. */
function environmentTarget(
  environment: EnvironmentConfig,
  request: DatabaseTargetRequest,
): DatabaseTarget | undefined {
  const { config, variables } = request;
  const { name, url, urlVariable } = environment;
  const source = `environment ${name}`;
  const fromVariable = urlVariable === undefined ? undefined : variables[urlVariable];
  if (present(fromVariable)) {
    return targetOf(fromVariable, `${source} (${urlVariable ?? ""})`, config);
  }
  if (present(url)) {
    return targetOf(url, source, config);
  }
  if (urlVariable !== undefined) {
    throw new ConfigError(
      "invalid-url",
      `${config.configPath}: environment '${name}' takes its URL from ${urlVariable}, which is not set.`,
      {
        file: config.configPath,
        key: `environments.${name}.urlVariable`,
        hint: `Set ${urlVariable}, in the environment or in a .env beside the config.`,
      },
    );
  }
  return undefined;
}

function variablesTarget(request: DatabaseTargetRequest): DatabaseTarget | undefined {
  const { config, variables } = request;
  if (present(variables.DATABASE_URL)) {
    return targetOf(variables.DATABASE_URL, "DATABASE_URL", config);
  }
  const { POSTGRES_HOST: host, POSTGRES_DB: database, POSTGRES_USER: user } = variables;
  if (![host, database, user].some(present)) {
    return serverWhereNoneIsChosen(request);
  }
  const port = variables.POSTGRES_PORT;
  const password = variables.POSTGRES_PASSWORD;
  const name = user ?? "postgres";
  const url = serverUrl({ host, port, database: database ?? name, user: name, password });
  return targetOf(url, "POSTGRES_HOST, POSTGRES_DB, …", config);
}

/** Several databases are named and none was chosen: any other one would be a guess. */
function serverWhereNoneIsChosen({ config, environment }: DatabaseTargetRequest): undefined {
  const named = [...config.environments.values()].filter(
    ({ url, urlVariable }) => present(url) || present(urlVariable),
  );
  if (present(environment) || named.length < 2) {
    return undefined;
  }
  throw new ConfigError(
    "unknown-environment",
    `${config.configPath} names several environments, and none of them was chosen.`,
    {
      file: config.configPath,
      key: "environments",
      hint: `Choose one with --environment: ${named.map(({ name }) => name).join(", ")}.`,
    },
  );
}

async function dataSourceTarget({
  config,
  dataSourceOptions,
}: DatabaseTargetRequest): Promise<DatabaseTarget | undefined> {
  const options = await dataSourceOptions?.();
  const source = "the DataSource";
  if (options === undefined) {
    return undefined;
  }
  if (present(options.url)) {
    return targetOf(options.url, source, config);
  }
  const { host, database, username: user, password } = options;
  if (/sqlite/.test(options.type)) {
    return present(database) ? targetOf(`sqlite:///${database}`, source, config) : undefined;
  }
  if (
    !/^(?:postgres|aurora-postgres|cockroachdb)$/.test(options.type) ||
    ![host, database, user].some(present)
  ) {
    return undefined;
  }
  const query = options.ssl === true ? "?ssl=true" : "";
  return targetOf(
    serverUrl({ host, port: options.port?.toString(), database, user, password, query }),
    source,
    config,
  );
}

function embeddedTarget({ config }: DatabaseTargetRequest): DatabaseTarget {
  return { kind: "embedded", directory: join(config.directory, ".alembic", "database") };
}

function targetOf(url: string, source: string, config: ProjectConfig): DatabaseTarget {
  const read = readDatabaseUrl(url, config.directory);
  if (read.kind === "invalid") {
    throw new ConfigError("invalid-url", `The database URL from ${source} ${read.problem}.`, {
      file: config.configPath,
      hint: read.hint,
    });
  }
  return { ...read, source };
}

/** The environment of the database that is meant, where it is one that is marked as production. */
export function productionEnvironment(
  config: ProjectConfig,
  { url, environment }: { readonly url: string | undefined; readonly environment: string | undefined },
): string | undefined {
  if (present(url)) {
    return undefined;
  }
  const unchosen = present(config.url) ? undefined : onlyEnvironment(config);
  const meant = present(environment) ? config.environments.get(environment) : unchosen;
  return meant?.production === true ? meant.name : undefined;
}

function present(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}
