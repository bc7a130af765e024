import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Client } from "pg";
import { createFaultProject } from "../support/faultProject";
import { startCommand } from "../support/faultRun";
import { sharedPostgres } from "../support/sharedPostgres";

const key = createHash("sha256").update("alembic-ts:run:public.alembic_version").digest().readBigInt64BE(0);

describe("one version table", function () {
  this.timeout(60_000);

  for (const command of [["upgrade", "head"], ["ensure_version"]]) {
    it(`has one lock, which ${command.join(" ")} takes where no schema is configured`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const holder = new Client(url);
      await holder.connect();
      await holder.query("SELECT pg_advisory_lock($1)", [String(key)]);
      const kind = "transactional";
      const project = createFaultProject({ kind, revisions: 1, transactionPerMigration: true });
      try {
        const running = startCommand(project.path, url, command);
        await running.says("Waiting for another run");
        running.kill("SIGTERM");
        const { exitCode, stderr } = await running.ended;
        assert.equal(exitCode, 143, stderr);
        assert.match(stderr, /Waiting for another run/);
      } finally {
        await holder.end();
        project.remove();
      }
    });
  }
});
