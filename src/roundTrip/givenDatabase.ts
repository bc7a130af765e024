import { CommandError } from "../context/commandError";
import type { CommandContext } from "../context/commandContext";
import { openTarget } from "../context/openTarget";
import { versionTableOf } from "../context/versionTableOf";
import { describeHolder } from "../database/advisoryLock";
import type { Connection } from "../database/connection";
import type { Database } from "../database/database";
import { locateVersionTable, readVersionRows, versionTableExists } from "../database/versionTable";
import { withNetwork } from "../machine/closedNetwork";
import { takeSnapshot } from "./schemaSnapshot";

const lockWaitMilliseconds = 60_000;

/** A database that somebody named for trying revisions on. */
export interface GivenDatabase {
  readonly database: Database;
  /** Whether it has a version table, which is empty. */
  readonly hasVersionTable: boolean;
}

/** Kinds that an empty database may have: what it was created with. */
const harmlessKinds = new Set([
  "database",
  "default privileges",
  "event trigger",
  "extension",
  "language",
  "publication",
  "schema",
]);

/**
 * Opens the database that was named, and keeps other runs out of it. It has to be empty: revisions are applied to it and
 * reverted. It is left as it is found where it is not.
 * @param name an environment of the configuration, or a URL
 * @throws CommandError `database-not-empty`, `production-database`; ConfigError, DatabaseError as any command does
 */
export async function openGivenDatabase(context: CommandContext, name: string): Promise<GivenDatabase> {
  const environment = context.config.environments.get(name);
  if (environment?.production === true) {
    throw new CommandError(
      "production-database",
      `The environment ${name} is marked as production: revisions are not tried out there.`,
      "Name an empty database that nothing uses, or leave out --database to use a scratch database.",
    );
  }
  const target =
    environment === undefined ? await context.readUrl(name, "--database") : await context.resolveTarget(name);
  const opened = await openTarget(target, context);
  const { database, description } = opened;
  try {
    const table = await locateVersionTable(database.connection, versionTableOf(context.config));
    const lock = await database.lock({
      key: `${table.schema ?? ""}.${table.name}`,
      timeoutMilliseconds: lockWaitMilliseconds,
      signal: context.signal,
      onWaiting: (holder) =>
        context.report({
          kind: "waiting",
          reason: `waiting for another run on ${description.name}${describeHolder(holder)}`,
        }),
    });
    const close = async (): Promise<void> => {
      await lock.release();
      await database.close();
    };
    await requireEmpty(context, database, description.name).catch(async (error: unknown) => {
      await lock.release();
      throw error;
    });
    const hasVersionTable = await versionTableExists(database.connection, table);
    const connection = reachableConnection(database.connection);
    return { database: { ...database, connection, close }, hasVersionTable };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What revisions send over it leaves this process, although they may connect to nothing. */
function reachableConnection(connection: Connection): Connection {
  return {
    ...connection,
    run: (text, values, parsers) => withNetwork(() => connection.run(text, values, parsers)),
    query: (text, values) => withNetwork(() => connection.query(text, values)),
    cancel: () => withNetwork(() => connection.cancel()),
  };
}

async function requireEmpty(context: CommandContext, database: Database, name: string): Promise<void> {
  const rows = await readVersionRows(database.connection, versionTableOf(context.config));
  const { objects } = await takeSnapshot(database.connection, context.config);
  const found = [
    ...rows.map((row) => `revision ${row}`),
    ...objects
      .filter(({ kind }) => !harmlessKinds.has(kind))
      .map((object) => `${object.kind} ${object.name}`),
    ...(await largeObjects(database)),
  ];
  const [first] = found;
  if (first !== undefined) {
    const others = found.length === 1 ? "" : ` and ${String(found.length - 1)} more`;
    throw new CommandError(
      "database-not-empty",
      `${name} is not empty: it has ${first}${others}. Nothing was changed.`,
      "Name an empty database that nothing uses, or leave out --database to use a scratch database.",
    );
  }
}

async function largeObjects({ connection }: Database): Promise<readonly string[]> {
  if (connection.dialect === "sqlite") {
    return [];
  }
  const rows = await connection.query(
    "SELECT oid::text AS oid FROM pg_catalog.pg_largeobject_metadata LIMIT 1",
  );
  return rows.map((row) => `large object ${String(row["oid"])}`);
}
