import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import type { DataSourceOptions } from "typeorm";
import { embeddedDatabases } from "../../../src/database/embeddedDatabase";
import { loadContribExtensions } from "../../../src/database/embeddedExtensions";
import { catalogSnapshot } from "../../support/catalogSnapshot";
import { createPgliteDirectory } from "../../support/pglite";
import type { EntitySet } from "./entitySet";
import { createTestProject } from "./project";
import { useTypeorm, type Orm, type TypeormVersion } from "./typeorm";

function withoutTools(snapshot: string): string {
  return snapshot
    .split("\n")
    .filter((line) => !/\b(?:alembic_version\w*|typeorm_metadata)\b/.test(line))
    .join("\n");
}

async function synchronizedSnapshot(orm: Orm, set: EntitySet): Promise<string> {
  const directory = await createPgliteDirectory();
  const database = await PGlite.create({ dataDir: directory, extensions: await loadContribExtensions() });
  try {
    await database.exec([set.setup, set.synchronizeSetup].filter(Boolean).join("; "));
    const dataSource = new orm.typeorm.DataSource({
      type: "postgres",
      poolSize: 1,
      entities: [...set.entities(orm)] as never,
      ...set.options?.(orm),
      extra: createPgConfig(database),
    } as DataSourceOptions);
    await dataSource.initialize();
    await dataSource.synchronize();
    return withoutTools(await catalogSnapshot(database));
  } finally {
    await database.close();
    rmSync(join(directory, ".."), { recursive: true, force: true });
  }
}

/** `checkSet` on the embedded PostgreSQL, compared by catalog. */
export async function checkSetEmbedded(version: TypeormVersion, set: EntitySet): Promise<void> {
  const orm = useTypeorm(version);
  const wanted = await synchronizedSnapshot(orm, set);
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-embedded-"));
  const database = await embeddedDatabases.open({
    directory: join(folder, "database"),
    lockTimeoutMilliseconds: 10_000,
    signal: new AbortController().signal,
    onWaiting: () => undefined,
  });
  const reader = {
    query: async (text: string) => ({ rows: await database.connection.query(text) }),
  };
  const project = createTestProject({
    url: "postgresql://localhost/unused",
    openDatabase: () =>
      Promise.resolve({
        database: { ...database, close: () => Promise.resolve() },
        target: { kind: "embedded", directory: folder },
        description: { kind: "embedded", name: "embedded PostgreSQL", source: "the test" },
      }),
  });
  const dataSource = (): never =>
    new orm.typeorm.DataSource({
      type: "postgres",
      entities: [...set.entities(orm)] as never,
      ...set.options?.(orm),
    } as DataSourceOptions) as never;
  try {
    if (set.setup !== undefined) {
      await database.connection.run(set.setup);
    }
    const empty = await catalogSnapshot(reader);
    await project.autogenerate(dataSource());
    await project.upgrade();
    assert.equal(withoutTools(await catalogSnapshot(reader)), wanted, project.lastRevision());
    assert.deepEqual((await project.check(dataSource())).operations, []);
    await project.downgrade("base");
    assert.equal(withoutTools(await catalogSnapshot(reader)), withoutTools(empty));
  } finally {
    project.remove();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
