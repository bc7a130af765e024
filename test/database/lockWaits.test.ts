import assert from "node:assert/strict";
import { Client } from "pg";
import { createFaultProject, type FaultProjectOptions } from "../support/faultProject";
import { startCommand, type RunningCommand } from "../support/faultRun";
import { sharedPostgres } from "../support/sharedPostgres";

describe("a statement that waits for a lock", function () {
  this.timeout(60_000);

  async function withHolder(
    options: Pick<FaultProjectOptions, "config" | "upgrades">,
    use: (run: RunningCommand, holder: Client, process: string) => Promise<void>,
  ): Promise<void> {
    const url = await (await sharedPostgres()).createDatabase();
    const holder = new Client({ connectionString: url, application_name: "report job" });
    await holder.connect();
    const project = createFaultProject({
      kind: "transactional",
      revisions: 1,
      transactionPerMigration: true,
      ...options,
    });
    try {
      await holder.query("CREATE TABLE users (id integer)");
      await holder.query("BEGIN; LOCK TABLE users IN ACCESS SHARE MODE");
      const { rows } = await holder.query<{ pid: number; name: string }>(
        "SELECT pg_backend_pid() AS pid, current_user AS name",
      );
      const [{ pid, name } = { pid: 0, name: "" }] = rows;
      const process = `process ${String(pid)}, user ${name}, idle in transaction, for \\d+ s`;
      await use(startCommand(project.path, url, ["upgrade", "head"]), holder, process);
    } finally {
      await holder.end();
      project.remove();
    }
  }
  const upgrades = { 1: '  await op.addColumn("users", "email", { type: "text" });' };

  it("says which lock, who holds it and since when, and goes on when it is free", async () => {
    await withHolder({ upgrades }, async (run, holder, process) => {
      await run.says("Waiting for a lock on table users that report job holds");
      await holder.query("COMMIT");
      const { exitCode, stderr } = await run.ended;
      assert.equal(exitCode, 0, stderr);
      assert.match(
        stderr,
        new RegExp(`Waiting for a lock on table users that report job holds \\(${process}\\)`),
      );
    });
  });

  it("names the lock in the failure where lockTimeout came first", async () => {
    const config = { lockTimeout: "6s" };
    await withHolder({ upgrades, config }, async (run, _holder, process) => {
      const { exitCode, stderr } = await run.ended;
      assert.notEqual(exitCode, 0);
      assert.match(
        stderr,
        new RegExp(`It waited for a lock on table users that report job holds \\(${process}\\)\\.`),
      );
    });
  });
});
