import { join } from "node:path";
import {
  applicationOf,
  type ApplicationConnection,
  type DataSourceConnectionOptions,
  type LoadApplication,
} from "./applicationConnection";
import { readDatabaseUrl, serverUrl } from "./databaseUrl";
import { refusalOfEmbedded, type EmbeddedRefusal } from "./embeddedRefusal";
import { ConfigError } from "./errors";
import { namedByVariables } from "./libpqParameters";
import { requireReadable } from "./normaliseConfig";
import type { EnvironmentConfig, ProjectConfig } from "./projectConfig";
import type { Variables } from "./variables";

/** The database that a command works on. `source` says in words where it was named: `--url`, `DATABASE_URL`, … */
export type DatabaseTarget =
  | {
      readonly kind: "server";
      readonly url: string;
      /** Whose TLS the connection is to have, where the URL says nothing of it. */
      readonly application?: ApplicationConnection;
      readonly source: string;
    }
  /** A server as the application reaches it. */
  | ({ readonly kind: "client"; readonly source: string } & ApplicationConnection)
  | {
      readonly kind: "sqlite";
      readonly file: string;
      readonly isReadOnly?: true;
      readonly source: string;
    }
  | {
      readonly kind: "embedded";
      readonly directory: string;
      /** Absent where nothing names a database. */
      readonly source?: string;
      /** Why this database may not be opened: it is not what was meant. */
      readonly refusal?: EmbeddedRefusal;
    };

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
  /** Called where the URL of a server leaves TLS open; absent where nothing will be connected. */
  readonly loadApplication?: LoadApplication | undefined;
}

/**
 * Finds the database to work on: `--url`, then the chosen environment, then the config's `url` or its only environment,
 * `DATABASE_URL`, `POSTGRES_*`, the DataSource's options, and only then the embedded one in `.alembic/`. `--url` is the word of
 * whoever runs the command; what else names a server is connected no less safely than the application connects.
 * @throws {ConfigError} `unknown-environment`, `invalid-url` or `tls-unknown`; never with a password in it
 */
export async function resolveDatabaseTarget(request: DatabaseTargetRequest): Promise<DatabaseTarget> {
  const given = optionTarget(request);
  if (given !== undefined) {
    return given;
  }
  const named = chosenTarget(request) ?? configuredTarget(request) ?? variablesTarget(request);
  if (named !== undefined) {
    return protectedTarget(named, request);
  }
  const dataSource = await request.dataSourceOptions?.();
  return dataSourceTarget(request, dataSource) ?? unnamedTarget(request, dataSource);
}

/**
 * The database that a URL names beside the chosen one, a tenant's say; connected no less safely than the application connects.
 * @param source where the URL comes from, for messages
 * @throws {ConfigError} `invalid-url` or `tls-unknown`; never with a password in it
 */
export async function resolveNamedUrl(
  url: string,
  source: string,
  request: Pick<DatabaseTargetRequest, "config" | "variables" | "loadApplication">,
): Promise<DatabaseTarget> {
  return protectedTarget(readTarget(url, source, request), request);
}

async function protectedTarget(
  target: DatabaseTarget,
  { config, loadApplication }: Pick<DatabaseTargetRequest, "config" | "loadApplication">,
): Promise<DatabaseTarget> {
  if (target.kind !== "server" || loadApplication === undefined) {
    return target;
  }
  const application = await applicationOf(target, config.configPath, loadApplication);
  return application === undefined ? target : { ...target, application };
}

function optionTarget(request: DatabaseTargetRequest): DatabaseTarget | undefined {
  const { urlOption } = request;
  if (urlOption !== undefined && !present(urlOption)) {
    throw new ConfigError("invalid-url", "The database URL from --url is empty.", {
      hint: "Check that the variable that it comes from is set.",
    });
  }
  return urlOption === undefined ? undefined : readTarget(urlOption, "--url", request);
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
      hint: known === "" ? "The configuration names no environments." : `Choose one of: ${known}.`,
    });
  }
  return environmentTarget(environment, request);
}

function configuredTarget(request: DatabaseTargetRequest): DatabaseTarget | undefined {
  const { config } = request;
  requireReadable(config, "url");
  if (present(config.url)) {
    return readTarget(config.url, "the config's url", request);
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
  requireReadable(config, `environments.${name}`);
  const fromVariable = urlVariable === undefined ? undefined : variables[urlVariable];
  if (present(fromVariable)) {
    return readTarget(fromVariable, `${source} (${urlVariable ?? ""})`, request);
  }
  if (present(url)) {
    return readTarget(url, source, request);
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
  const { variables } = request;
  if (present(variables.DATABASE_URL)) {
    return readTarget(variables.DATABASE_URL, "DATABASE_URL", request);
  }
  const { POSTGRES_HOST: host, POSTGRES_DB: database, POSTGRES_USER: user } = variables;
  if (![host, database, user].some(present)) {
    return serverWhereNoneIsChosen(request);
  }
  const name = user ?? "postgres";
  const url = serverUrl(
    new Map([
      ["host", host ?? ""],
      ["port", variables.POSTGRES_PORT ?? ""],
      ["dbname", database ?? name],
      ["user", name],
      ["password", variables.POSTGRES_PASSWORD ?? ""],
    ]),
  );
  return readTarget(url, "POSTGRES_HOST, POSTGRES_DB, …", request);
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
    `${config.configPath} names several environments, and none of them is selected.`,
    {
      file: config.configPath,
      key: "environments",
      hint: `Choose one with --environment: ${named.map(({ name }) => name).join(", ")}.`,
    },
  );
}

function dataSourceTarget(
  request: DatabaseTargetRequest,
  options: DataSourceConnectionOptions | undefined,
): DatabaseTarget | undefined {
  const source = "the DataSource";
  if (options === undefined) {
    return undefined;
  }
  const { type, database, client, defaults, prefersTls } = options;
  if (type.includes("sqlite")) {
    return present(database) ? readTarget(`sqlite:///${database}`, source, request) : undefined;
  }
  const namesServer =
    client !== undefined &&
    (["connectionString", "host", "database", "user", "stream"].some(
      (name) => isNamed(client[name]) || isNamed(defaults?.[name]),
    ) ||
      // `pg` fills in what the options leave open.
      namedByVariables(request.variables) !== undefined);
  return namesServer
    ? {
        kind: "client",
        options: client,
        ...(defaults === undefined ? {} : { defaults }),
        ...(prefersTls === undefined ? {} : { prefersTls }),
        source,
      }
    : undefined;
}

function isNamed(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function unnamedTarget(
  { config, variables }: DatabaseTargetRequest,
  dataSource: DataSourceConnectionOptions | undefined,
): DatabaseTarget {
  const embedded = embeddedTarget(config);
  const refusal = refusalOfEmbedded(config, variables, dataSource);
  return refusal === undefined ? embedded : { ...embedded, refusal };
}

function embeddedTarget({ directory }: ProjectConfig): DatabaseTarget & { readonly kind: "embedded" } {
  return { kind: "embedded", directory: join(directory, ".alembic", "database") };
}

/**
 * The database that a URL names.
 * @param source where the URL comes from, for messages
 * @throws {ConfigError} `invalid-url`; never with a password in it
 */
export function readTarget(
  url: string,
  source: string,
  { config, variables }: Pick<DatabaseTargetRequest, "config" | "variables">,
): DatabaseTarget {
  const read = readDatabaseUrl(url, config.directory, variables);
  switch (read.kind) {
    case "invalid":
      throw new ConfigError("invalid-url", `The database URL from ${source} ${read.problem}.`, {
        file: config.configPath,
        hint: read.hint,
      });
    case "embedded":
      return { ...embeddedTarget(config), source };
    case "server":
    case "sqlite":
      return { ...read, source };
  }
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
