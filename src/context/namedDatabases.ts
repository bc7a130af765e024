import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import type { DatabaseTarget } from "../project/databaseTarget";
import { ConfigError } from "../project/errors";
import { quoteIdentifier } from "../sql/quote";
import { CommandError } from "./commandError";
import { withDatabase, type CommandContext } from "./commandContext";
import type { CommandEvent } from "./events";
import { describeTarget, openTarget } from "./openTarget";

/** One database of many, or why it is not known. */
export type DatabaseOfMany = FoundDatabase | MissedDatabase;

export interface FoundDatabase {
  readonly kind: "found";
  /** The environment, and after a slash the tenant: `production/acme`. */
  readonly name: string;
  readonly target: DatabaseTarget;
  /** The tenant's schema: first in the search path, and the home of its version table. */
  readonly schema: string | undefined;
}

export interface MissedDatabase {
  readonly kind: "missed";
  readonly name: string;
  readonly error: unknown;
}

/**
 * The environments that a command is for: those that were chosen, else the only one of the configuration, as for the
 * database of a command; undefined where a URL goes before it.
 */
export function chosenEnvironments(
  { config }: Pick<CommandContext, "config">,
  { environment, url }: { readonly environment?: string; readonly url?: string },
): string | undefined {
  const [only, ...others] = config.environments.keys();
  const isNamed = url !== undefined || (config.url ?? "").trim() !== "";
  return environment ?? (isNamed || others.length > 0 ? undefined : only);
}

/** The environment that a command is for, where it stands for its tenants and not for its own database. */
export function environmentOfTenants(
  context: Pick<CommandContext, "config">,
  options: { readonly environment?: string | undefined; readonly url?: string | undefined },
): string | undefined {
  const { environment, url } = options;
  const name = chosenEnvironments(context, {
    ...(environment === undefined ? {} : { environment }),
    ...(url === undefined ? {} : { url }),
  });
  return name !== undefined && url === undefined && hasTenants(context, name) ? name : undefined;
}

/**
 * For what works with one database: the schemas or databases of tenants are changed each for itself, and the database of
 * their environment, which has no revisions of theirs, is none of them.
 * @throws CommandError `several-databases`
 */
export function requireOneDatabase({ tenantsOf }: CommandContext, use: "change" | "read"): void {
  if (tenantsOf === undefined) {
    return;
  }
  const [verb, example, commands] =
    use === "change"
      ? ["changes", "upgrade head", "`upgrade`, `downgrade` and `stamp` run for each tenant"]
      : ["reads", "status", "`status` and `current` show where each tenant is"];
  throw new CommandError(
    "several-databases",
    `The environment '${tenantsOf}' stands for its tenants, and this command ${verb} one database.`,
    `Run \`alembic-ts --environment ${tenantsOf} ${example}\` in a terminal: ${commands}.`,
  );
}

/**
 * Whether a choice of environments stands for more than one database.
 * @param selection `all`, names with commas between them, or one name
 */
export function isManyDatabases(context: CommandContext, selection: string | undefined): boolean {
  if (selection === undefined) {
    return false;
  }
  const names = environmentNames(context, selection);
  return names.length > 1 || names.some((name) => hasTenants(context, name));
}

/**
 * Lists the databases that a choice of environments stands for; those with tenants are asked for them. An environment whose
 * database is not known, or does not give its tenants, is one that was missed, and the others are listed.
 * @throws ConfigError for an unknown name; CommandError `no-databases`
 */
export async function listDatabases(
  context: CommandContext,
  selection: string,
): Promise<readonly DatabaseOfMany[]> {
  const databases: DatabaseOfMany[] = [];
  for (const name of environmentNames(context, selection)) {
    try {
      databases.push(...(await databasesOf(context, name)));
    } catch (error) {
      if (error instanceof ConfigError && error.code === "unknown-environment") {
        throw error;
      }
      databases.push({ kind: "missed", name, error });
    }
  }
  if (databases.length === 0) {
    throw new CommandError(
      "no-databases",
      `'${selection}' names no database.`,
      "Name environments of the configuration.",
    );
  }
  return databases;
}

async function databasesOf(context: CommandContext, name: string): Promise<readonly DatabaseOfMany[]> {
  const target = await context.resolveTarget(name);
  return hasTenants(context, name)
    ? listTenants(context, name, target)
    : [{ kind: "found", name, target, schema: undefined }];
}

function environmentNames(context: CommandContext, selection: string): readonly string[] {
  return selection === "all"
    ? [...context.config.environments.keys()]
    : selection
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
}

function hasTenants({ config }: Pick<CommandContext, "config">, name: string): boolean {
  const environment = config.environments.get(name);
  return environment?.tenantSchemas !== undefined || environment?.tenantUrls !== undefined;
}

async function listTenants(
  context: CommandContext,
  name: string,
  target: DatabaseTarget,
): Promise<readonly DatabaseOfMany[]> {
  const environment = context.config.environments.get(name);
  const own = contextFor(context, { kind: "found", name, target, schema: undefined }, (_database, event) =>
    context.report(event),
  );
  return withDatabase(own, async ({ database }) => {
    const schemas = await firstColumn(database.connection, environment?.tenantSchemas);
    const urls = await firstColumn(database.connection, environment?.tenantUrls);
    return [
      ...schemas.map((schema, row) => tenantOfSchema(name, target, { schema, row })),
      ...(await Promise.all(urls.map((url, row) => tenantOfUrl(context, name, { url, row })))),
    ];
  });
}

function tenantOfSchema(
  environment: string,
  target: DatabaseTarget,
  { schema, row }: { readonly schema: unknown; readonly row: number },
): DatabaseOfMany {
  return typeof schema === "string" && schema !== ""
    ? { kind: "found", name: `${environment}/${schema}`, target, schema }
    : missedRow(environment, row, "tenantSchemas", "schema");
}

/** A URL that can't be used names its row: what is wrong in it may be its password. */
async function tenantOfUrl(
  context: CommandContext,
  environment: string,
  { url, row }: { readonly url: unknown; readonly row: number },
): Promise<DatabaseOfMany> {
  if (typeof url !== "string" || url.trim() === "") {
    return missedRow(environment, row, "tenantUrls", "URL");
  }
  try {
    const target = await context.readUrl(url, `tenantUrls of ${environment}, row ${String(row + 1)},`);
    return {
      kind: "found",
      name: `${environment}/${describeTarget(target).name}`,
      target,
      schema: undefined,
    };
  } catch (error) {
    return { kind: "missed", name: `${environment}/row ${String(row + 1)}`, error };
  }
}

function missedRow(environment: string, row: number, key: string, what: string): MissedDatabase {
  const name = `${environment}/row ${String(row + 1)}`;
  return {
    kind: "missed",
    name,
    error: new CommandError(
      "no-databases",
      `Row ${String(row + 1)} of ${key} has no ${what}.`,
      `Change the query in environments.${environment}.${key} so that it returns a ${what} for each tenant.`,
    ),
  };
}

async function firstColumn(connection: Connection, query: string | undefined): Promise<readonly unknown[]> {
  const rows = query === undefined ? [] : await connection.query(query);
  return rows.map((row) => Object.values(row)[0]);
}

/**
 * The command's context, turned to the database of an environment, or of one of its tenants: `production/acme`.
 * @throws ConfigError for an unknown name; CommandError `no-databases`, `several-databases`
 */
export async function contextOfDatabase(context: CommandContext, name: string): Promise<CommandContext> {
  const [environment = name] = context.config.environments.has(name) ? [name] : name.split("/");
  const databases = await listDatabases(context, environment);
  const found = databases.find((database) => database.name === name);
  if (found?.kind === "missed") {
    throw found.error;
  }
  if (found !== undefined) {
    return contextFor(context, found, (_database, event) => context.report(event));
  }
  const names = databases.map((database) => database.name).join(", ");
  throw environment === name
    ? new CommandError(
        "several-databases",
        `'${name}' stands for several databases.`,
        `Name one of them: ${names}.`,
      )
    : new CommandError("no-databases", `'${name}' names no database.`, `Name one of these: ${names}.`);
}

/** The command's context, turned to one of the databases. */
export function contextFor(
  context: CommandContext,
  database: FoundDatabase,
  onEvent: (database: string, event: CommandEvent) => void,
): CommandContext {
  const report = (event: CommandEvent): void => onEvent(database.name, event);
  const { schema } = database;
  const [environment = ""] = database.name.split("/");
  const isProduction = context.config.environments.get(environment)?.production === true;
  return {
    ...context,
    report,
    productionEnvironment: isProduction ? environment : undefined,
    databaseLabel: database.name,
    tenantSchema: schema,
    tenantsOf: undefined,
    config: schema === undefined ? context.config : { ...context.config, versionTableSchema: schema },
    openDatabase: async () => {
      const opened = await openTarget(database.target, { ...context, report });
      try {
        if (schema !== undefined) {
          await enterSchema(opened.database.connection, schema);
        }
        return opened;
      } catch (error) {
        await opened.database.close();
        throw error;
      }
    },
  };
}

/**
 * Only the tenant's schema is in the search path: were others behind it, an unqualified name that is missing here
 * would mean somebody else's table.
 */
async function enterSchema(connection: Connection, schema: string): Promise<void> {
  if (connection.isPooled === true) {
    throw new DatabaseError(
      "pooled-transactions",
      "The connection goes through a pooler, whose sessions would keep the search path of the tenant.",
      { hint: "For migrations of tenant schemas, connect to the server directly." },
    );
  }
  await connection.query("SELECT set_config('search_path', $1, false)", [quoteIdentifier(schema)]);
}
