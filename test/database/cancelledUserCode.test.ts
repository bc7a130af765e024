import assert from "node:assert/strict";
import { createFaultProject } from "../support/faultProject";
import { startCommand, untilRow } from "../support/faultRun";
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
});
