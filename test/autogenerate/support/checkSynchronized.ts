import assert from "node:assert/strict";
import type { PostgresServer } from "../../support/postgresServer";
import { createDataSource, runSql, withDatabase } from "./checkSet";
import type { EntitySet } from "./entitySet";
import { createTestProject } from "./project";
import { useTypeorm, type TypeormVersion } from "./typeorm";

/** In a database that `synchronize()` has made there is nothing to do, and nothing that is nobody's. */
export async function checkSynchronized(
  server: PostgresServer,
  version: TypeormVersion,
  set: EntitySet,
): Promise<void> {
  const orm = useTypeorm(version);
  await withDatabase(server, async (url) => {
    await runSql(url, set.setup);
    await runSql(url, set.synchronizeSetup);
    const dataSource = createDataSource(orm, set, url);
    await dataSource.initialize();
    try {
      await dataSource.synchronize();
    } finally {
      await dataSource.destroy();
    }
    const project = createTestProject({ url });
    try {
      const { operations, drift } = await project.check(createDataSource(orm, set, url));
      assert.deepEqual([operations, drift], [[], []]);
    } finally {
      project.remove();
    }
  });
}
