import type { Connection } from "../database/connection";
import type { DatabaseTarget } from "../project/databaseTarget";
import { quoteIdentifier } from "../sql/quote";
import { CommandError } from "./commandError";
import { withDatabase, type CommandContext } from "./commandContext";
import { runCommand } from "./commands";
import type { CommandName, CommandTable } from "./commandTable";
import type { CommandEvent } from "./events";
import { describeTarget, openTarget } from "./openTarget";

/** One database of many. */
export interface DatabaseOfMany {
  /** The environment, and behind a slash the tenant: `production/acme`. */
  readonly name: string;
  readonly target: DatabaseTarget;
  /** The tenant's schema: first in the search path, and the home of its version table. */
  readonly schema: string | undefined;
}

export type FanOutOutcome<Name extends CommandName> =
  | { readonly kind: "ok"; readonly result: CommandTable[Name]["result"] }
  | { readonly kind: "failed"; readonly error: unknown }
  /** Not begun, since the user cancelled before. */
  | { readonly kind: "cancelled" };

export interface FanOutEntry<Name extends CommandName> {
  readonly name: string;
  readonly outcome: FanOutOutcome<Name>;
}

export interface FanOutOptions {
  /** How many databases are worked on at once. */
  readonly parallel: number;
  readonly onEvent: (database: string, event: CommandEvent) => void;
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
 * Lists the databases that a choice of environments stands for; those with tenants are asked for them.
 * @throws ConfigError for an unknown name; CommandError `no-databases`; DatabaseError when a query for tenants fails
 */
export async function listDatabases(
  context: CommandContext,
  selection: string,
): Promise<readonly DatabaseOfMany[]> {
  const databases: DatabaseOfMany[] = [];
  for (const name of environmentNames(context, selection)) {
    const target = await context.resolveTarget(name);
    databases.push(
      ...(hasTenants(context, name)
        ? await listTenants(context, name, target)
        : [{ name, target, schema: undefined }]),
    );
  }
  if (databases.length === 0) {
    throw new CommandError(
      "no-databases",
      `'${selection}' stands for no database.`,
      "Name environments of the configuration.",
    );
  }
  return databases;
}

/**
 * Runs a command on many databases, a few at a time. One that fails does not stop the others; running the same
 * command again finds nothing left to do where it succeeded.
 */
export async function runOnMany<Name extends CommandName>(
  name: Name,
  context: CommandContext,
  databases: readonly DatabaseOfMany[],
  options: CommandTable[Name]["options"],
  fanOut: FanOutOptions,
): Promise<readonly FanOutEntry<Name>[]> {
  // Read once: every database gets the same revisions.
  const scripts = context.readScripts();
  const outcomes = new Map<DatabaseOfMany, FanOutOutcome<Name>>();
  const waiting = databases.values();
  async function work(): Promise<void> {
    for (const database of waiting) {
      const own = contextFor({ ...context, readScripts: () => scripts }, database, fanOut.onEvent);
      outcomes.set(
        database,
        context.signal.aborted ? { kind: "cancelled" } : await attempt(name, own, options),
      );
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, fanOut.parallel) }, work));
  return databases.map((database) => ({
    name: database.name,
    outcome: outcomes.get(database) ?? { kind: "cancelled" },
  }));
}

async function attempt<Name extends CommandName>(
  name: Name,
  context: CommandContext,
  options: CommandTable[Name]["options"],
): Promise<FanOutOutcome<Name>> {
  try {
    return { kind: "ok", result: await runCommand(name, context, options) };
  } catch (error) {
    return { kind: "failed", error };
  }
}

function environmentNames(context: CommandContext, selection: string): readonly string[] {
  return selection === "all"
    ? [...context.config.environments.keys()]
    : selection
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
}

function hasTenants(context: CommandContext, name: string): boolean {
  const environment = context.config.environments.get(name);
  return environment?.tenantSchemas !== undefined || environment?.tenantUrls !== undefined;
}

async function listTenants(
  context: CommandContext,
  name: string,
  target: DatabaseTarget,
): Promise<readonly DatabaseOfMany[]> {
  const environment = context.config.environments.get(name);
  const own = contextFor(context, { name, target, schema: undefined }, (_database, event) =>
    context.report(event),
  );
  return withDatabase(own, async ({ database }) => {
    const schemas = await firstColumn(database.connection, environment?.tenantSchemas);
    const urls = await firstColumn(database.connection, environment?.tenantUrls);
    return [
      ...schemas.map((schema) => ({ name: `${name}/${schema}`, target, schema })),
      ...urls.map((url) => tenantOfUrl(name, url)),
    ];
  });
}

function tenantOfUrl(environment: string, url: string): DatabaseOfMany {
  const target: DatabaseTarget = { kind: "server", url, source: `tenants of ${environment}` };
  return { name: `${environment}/${describeTarget(target).name}`, target, schema: undefined };
}

async function firstColumn(connection: Connection, query: string | undefined): Promise<readonly string[]> {
  const rows = query === undefined ? [] : await connection.query(query);
  return rows.map((row) => String(Object.values(row)[0]));
}

/** The command's context, turned to one of the databases. */
function contextFor(
  context: CommandContext,
  database: DatabaseOfMany,
  onEvent: (database: string, event: CommandEvent) => void,
): CommandContext {
  const report = (event: CommandEvent): void => onEvent(database.name, event);
  const { schema } = database;
  return {
    ...context,
    report,
    config: schema === undefined ? context.config : { ...context.config, versionTableSchema: schema },
    openDatabase: async () => {
      const opened = await openTarget(database.target, report, context.signal, context.config.directory);
      if (schema !== undefined) {
        await enterSchema(opened.database.connection, schema);
      }
      return opened;
    },
  };
}

/**
 * Only the tenant's schema is in the search path: were others behind it, an unqualified name that is missing here
 * would mean somebody else's table.
 */
async function enterSchema(connection: Connection, schema: string): Promise<void> {
  await connection.query("SELECT set_config('search_path', $1, false)", [quoteIdentifier(schema)]);
}
