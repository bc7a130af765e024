import assert from "node:assert/strict";
import { createFaultProject } from "../support/faultProject";
import { startCommand, untilRow } from "../support/faultRun";
import { sharedPostgres } from "../support/sharedPostgres";

describe("a signal while user code waits", function () {
  this.timeout(60_000);

  it("says what it does, and ends the process when nothing answers in time", async () => {
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
      const { exitCode, stderr } = await running.ended;
      assert.equal(exitCode, 143, stderr);
      assert.match(stderr, /Cancelling\. A second signal ends the process at once/);
      assert.match(stderr, /Nothing answered in time/);
    } finally {
      project.remove();
    }
  });
});
