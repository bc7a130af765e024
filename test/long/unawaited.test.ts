import assert from "node:assert/strict";
import { checkEnding, endings } from "../database/endings/endings";
import { startCommand, until } from "../support/faultRun";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

describe("what a revision leaves behind that nobody waits for, in every way", function () {
  this.timeout(60_000);
  for (const ending of endings) {
    it(`is no success: ${ending.name}`, () => checkEnding(ending));
  }
});

describe("a run that waits for the DataSource of adopted migrations", function () {
  this.timeout(60_000);

  it("says so", async () => {
    const project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.mjs": 'export default { scriptLocation: "migrations", dataSource: "data-source.mjs" };',
      "data-source.mjs": "export const dataSource = new Promise((resolve) => setTimeout(resolve, 600_000));",
      "migrations/versions/r001.ts": revisionText({
        id: "r001",
        upgrade: `  await context.runTypeormMigration("Shop1700000000001", "up");`,
      }),
    });
    project.linkModules();
    const url = await (await sharedPostgres()).createDatabase();
    try {
      const running = startCommand(project.path, url, ["upgrade", "head"]);
      const told =
        "Waiting for the DataSource, which is still being loaded: revision r001 runs a TypeORM migration.";
      await until(() => running.stderr().includes(told));
      running.kill("SIGTERM");
      assert.equal((await running.ended).exitCode, 143);
    } finally {
      project.remove();
    }
  });
});
