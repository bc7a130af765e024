import assert from "node:assert/strict";
import { Client } from "pg";
import type { DataSource, DataSourceOptions } from "typeorm";
import type { PostgresServer } from "../../support/postgresServer";
import { withoutToolTables } from "../../support/dumps";
import type { EntitySet } from "./entitySet";
import { createTestProject } from "./project";
import { readBookkeeping, schemaLog, takeBookkeeping, type Bookkeeping } from "./schemaLog";
import { useTypeorm, type Orm, type TypeormVersion } from "./typeorm";

/** A DataSource of a set that would connect to this database. */
export function createDataSource(orm: Orm, set: EntitySet, url: string): DataSource {
  return new orm.typeorm.DataSource({
    type: "postgres",
    url,
    logging: false,
    entities: [...set.entities(orm)] as never,
    ...set.options?.(orm),
  } as DataSourceOptions);
}

/** Runs SQL on a connection of its own. */
export async function runSql(url: string, text: string | undefined): Promise<void> {
  if (text === undefined) {
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/**
 * Gives `use` an empty database, and drops it: hundreds of them would take longer to remove in the end than to use.
 */
export async function withDatabase<Result>(
  server: PostgresServer,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const url = await server.createDatabase();
  try {
    return await use(url);
  } finally {
    await runSql(server.url, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  }
}

/** A database that `synchronize()` has made. */
export interface Synchronized {
  readonly dump: string;
  /** What TypeORM still would do there. */
  readonly log: readonly string[];
  readonly bookkeeping: Bookkeeping | undefined;
}

/** What `synchronize()` makes of an empty database. */
export function synchronized(server: PostgresServer, orm: Orm, set: EntitySet): Promise<Synchronized> {
  return withDatabase(server, (url) => stateAfterSynchronize(server, orm, set, url));
}

async function stateAfterSynchronize(
  server: PostgresServer,
  orm: Orm,
  set: EntitySet,
  url: string,
): Promise<Synchronized> {
  await runSql(url, set.setup);
  await runSql(url, set.synchronizeSetup);
  const dataSource = createDataSource(orm, set, url);
  await dataSource.initialize();
  try {
    await dataSource.synchronize();
  } finally {
    await dataSource.destroy();
  }
  return {
    dump: withoutToolTables(await server.dumpSchema(url)),
    log: await schemaLog(createDataSource(orm, set, url)),
    bookkeeping: await readBookkeeping(url, dataSource.options.metadataTableName),
  };
}

/** TypeORM finds as little to do in a database as in one that it has made itself. */
export async function assertNothingLogged(
  orm: Orm,
  set: EntitySet,
  url: string,
  { log, bookkeeping }: Pick<Synchronized, "log" | "bookkeeping">,
  text: string,
): Promise<void> {
  await takeBookkeeping(url, bookkeeping);
  assert.deepEqual(await schemaLog(createDataSource(orm, set, url)), log, text);
}

/**
 * Empty database, autogenerate, upgrade: the same as `synchronize()`. Autogenerate again: nothing, and no more by TypeORM.
 * Downgrade: empty.
 * @returns the text of the revision
 */
export async function checkSet(
  server: PostgresServer,
  version: TypeormVersion,
  set: EntitySet,
): Promise<string> {
  const orm = useTypeorm(version);
  const wanted = await synchronized(server, orm, set);
  return withDatabase(server, (url) => checkSetOn(server, orm, { set, url, wanted }));
}

async function checkSetOn(
  server: PostgresServer,
  orm: Orm,
  { set, url, wanted }: { readonly set: EntitySet; readonly url: string; readonly wanted: Synchronized },
): Promise<string> {
  await runSql(url, set.setup);
  const empty = await server.dumpSchema(url);
  const project = createTestProject({ url, isRemembering: true });
  try {
    const dataSource = createDataSource(orm, set, url);
    const { text: planned } = await project.autogenerate(dataSource, { dryRun: true });
    const { text: remembered } = await project.autogenerate(dataSource);
    assert.equal(withoutIdentity(remembered), withoutIdentity(planned));
    await project.upgrade();
    assert.equal(withoutToolTables(await server.dumpSchema(url)), wanted.dump, project.lastRevision());
    const again = await project.check(dataSource);
    assert.deepEqual(again.operations, [], project.lastRevision());
    await assertNothingLogged(orm, set, url, wanted, project.lastRevision());
    await project.downgrade("base");
    assert.equal(withoutToolTables(await server.dumpSchema(url)), empty, project.lastRevision());
    return project.lastRevision();
  } finally {
    project.remove();
  }
}

/** A revision's text without its id and date. */
function withoutIdentity(text: string): string {
  return text.replaceAll(/\brev\d{3}\b/g, "rev").replace(/^.*Create Date:.*$/m, "");
}
