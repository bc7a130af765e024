import assert from "node:assert/strict";
import { Client } from "pg";
import type { DataSource, DataSourceOptions } from "typeorm";
import type { PostgresServer } from "../../support/postgresServer";
import { withoutToolTables } from "./dumps";
import type { EntitySet } from "./entitySet";
import { createTestProject } from "./project";
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

/** What `synchronize()` makes of an empty database. */
export function synchronizedDump(server: PostgresServer, orm: Orm, set: EntitySet): Promise<string> {
  return withDatabase(server, (url) => dumpAfterSynchronize(server, orm, set, url));
}

async function dumpAfterSynchronize(
  server: PostgresServer,
  orm: Orm,
  set: EntitySet,
  url: string,
): Promise<string> {
  await runSql(url, set.setup);
  await runSql(url, set.synchronizeSetup);
  const dataSource = createDataSource(orm, set, url);
  await dataSource.initialize();
  try {
    await dataSource.synchronize();
  } finally {
    await dataSource.destroy();
  }
  return withoutToolTables(await server.dumpSchema(url));
}

/**
 * Empty database, autogenerate, upgrade: the same as `synchronize()`. Autogenerate again: nothing. Downgrade: empty.
 */
export async function checkSet(
  server: PostgresServer,
  version: TypeormVersion,
  set: EntitySet,
): Promise<void> {
  const orm = useTypeorm(version);
  const wanted = await synchronizedDump(server, orm, set);
  await withDatabase(server, (url) => checkSetOn(server, orm, { set, url, wanted }));
}

async function checkSetOn(
  server: PostgresServer,
  orm: Orm,
  { set, url, wanted }: { readonly set: EntitySet; readonly url: string; readonly wanted: string },
): Promise<void> {
  await runSql(url, set.setup);
  const empty = await server.dumpSchema(url);
  const project = createTestProject({ url });
  try {
    await project.autogenerate(createDataSource(orm, set, url));
    await project.upgrade();
    assert.equal(withoutToolTables(await server.dumpSchema(url)), wanted, project.lastRevision());
    const again = await project.check(createDataSource(orm, set, url));
    assert.deepEqual(again.operations, [], project.lastRevision());
    await project.downgrade("base");
    assert.equal(withoutToolTables(await server.dumpSchema(url)), empty, project.lastRevision());
  } finally {
    project.remove();
  }
}
