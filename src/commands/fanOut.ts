import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import type { DatabaseTarget } from "../project/databaseTarget";
import { ConfigError } from "../project/errors";
import { quoteIdentifier } from "../sql/quote";
import { CommandError } from "../context/commandError";
import { withDatabase, type CommandContext } from "../context/commandContext";
import { runCommand } from "./commands";
import type { CommandName, CommandTable } from "../context/commandTable";
import type { CommandEvent } from "../context/events";
import { describeTarget, openTarget } from "../context/openTarget";

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
      if (database.kind === "missed") {
        outcomes.set(database, { kind: "failed", error: database.error });
        continue;
      }
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

/** The command's context, turned to one of the databases. */
function contextFor(
  context: CommandContext,
  database: FoundDatabase,
  onEvent: (database: string, event: CommandEvent) => void,
): CommandContext {
  const report = (event: CommandEvent): void => onEvent(database.name, event);
  const { schema } = database;
  return {
    ...context,
    report,
    databaseLabel: database.name,
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
