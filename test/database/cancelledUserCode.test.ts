import assert from "node:assert/strict";
import { createFaultProject } from "../support/faultProject";
import { startCommand, untilRow } from "../support/faultRun";
import { createProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

describe("a signal while user code waits", function () {
  this.timeout(60_000);

  it("cancels the revision that waits, and leaves nothing of it", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const waits =
      "  await op.execute(`SELECT 'here'`);\n  await new Promise((resolve) => setTimeout(resolve, 60_000));";
    const kind = "transactional";
    const upgrades = { 1: waits };
    const project = createFaultProject({ kind, revisions: 1, transactionPerMigration: true, upgrades });
    try {
      const running = startCommand(project.path, url, ["upgrade", "head"]);
      await untilRow(
        url,
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%''here''%' AND pid <> pg_backend_pid()",
      );
      running.kill("SIGTERM");
      const { exitCode, stderr, stdout } = await running.ended;
      assert.deepEqual(
        { exitCode, stdout },
        { exitCode: 143, stdout: "FAILED: Cancelled; what was not committed is rolled back.\n" },
      );
      assert.match(stderr, /Cancelling\. A second signal ends the process at once/);
      assert.deepEqual(await queryRows(url, "SELECT to_regclass('alembic_version') AS versions"), [
        { versions: null },
      ]);
    } finally {
      project.remove();
    }
  });

  it("ends the process when nothing answers in time, as a configuration that waits", async () => {
    const project = createProjectFolder({
      "alembic.config.mjs":
        'console.error("Running the configuration");\n' +
        "await new Promise((resolve) => setTimeout(resolve, 60_000));\n" +
        'export default { scriptLocation: "migrations" };\n',
      "migrations/versions/.gitkeep": "",
    });
    try {
      const running = startCommand(project.path, undefined, ["heads"]);
      await running.reach({ line: 1, milliseconds: 0 });
      running.kill("SIGTERM");
      const { exitCode, stderr } = await running.ended;
      assert.equal(exitCode, 143, stderr);
      assert.match(stderr, /Cancelling\. A second signal ends the process at once/);
      assert.match(stderr, /Nothing answered in time/);
    } finally {
      project.remove();
    }
  });
});
