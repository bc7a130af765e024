import assert from "node:assert/strict";
import { Client } from "pg";
import { startCommand, untilQuiet, untilRow } from "../../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { queryRows, versionRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

const indexes = `SELECT c.relname AS name, i.indisvalid AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid IN ('big'::regclass, 'other'::regclass) ORDER BY 1`;
const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'alembic-ts'
  AND query ILIKE 'REINDEX%' AND wait_event_type = 'Lock'`;

function createProject(reindex: string): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    "migrations/versions/a1_before.ts": revisionText({
      id: "a1",
      upgrade: `  await op.execute("CREATE TABLE big (n integer); CREATE TABLE other (n integer)");
  await op.execute("CREATE INDEX ix_big ON big (n); CREATE INDEX ix_big_b ON big (n); CREATE INDEX ix_other ON other (n)");`,
    }),
    "migrations/versions/b2_reindex.ts": revisionText({
      id: "b2",
      down: "a1",
      upgrade: `  await op.execute("${reindex}");
  await op.execute("ALTER TABLE big ADD COLUMN behind_it integer");`,
    }),
  });
}

/** Leaves on a table the invalid index of a REINDEX of somebody else. */
async function leaveInvalid(url: string, index: string): Promise<void> {
  await queryRows(url, `CREATE INDEX ${index} ON other (n)`);
  await queryRows(url, `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '${index}'::regclass`);
}

describe("a concurrent REINDEX whose run is killed", function () {
  this.timeout(60_000);

  for (const reindex of [
    "REINDEX INDEX CONCURRENTLY ix_big_b",
    "REINDEX (VERBOSE) TABLE CONCURRENTLY public.big",
    "REINDEX (CONCURRENTLY) SCHEMA public",
  ]) {
    it(`${reindex}: the next run names and drops what it left, and no more`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(reindex);
      const blocker = new Client({ connectionString: url });
      try {
        assert.equal((await startCommand(project.path, url, ["upgrade", "a1"]).ended).exitCode, 0);
        await leaveInvalid(url, "ix_other_ccnew");
        await blocker.connect();
        await blocker.query("BEGIN; INSERT INTO big VALUES (0)");
        const killed = startCommand(project.path, url, ["upgrade", "head"]);
        await untilRow(url, waiting);
        killed.kill("SIGKILL");
        await killed.ended;
        await untilQuiet(url);
        await blocker.query("ROLLBACK");
        const left = (await queryRows(url, indexes)) as readonly { name: string; valid: boolean }[];
        const invalid = left.filter(({ valid }) => !valid).map(({ name }) => name);
        assert.ok(invalid.length > 1, JSON.stringify(left));
        assert.deepEqual(await versionRows(url), ["a1"]);

        const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        assert.match(
          next.stderr,
          /Revision b2 was interrupted in an earlier run before or at its statement 1: REINDEX/,
        );
        assert.match(
          next.stderr,
          /Dropped the invalid index ix_big\w*_ccnew that the interrupted build left behind\./,
        );
        const foreign = reindex.includes("SCHEMA") ? [] : [{ name: "ix_other_ccnew", valid: false }];
        assert.deepEqual(await queryRows(url, indexes), [
          { name: "ix_big", valid: true },
          { name: "ix_big_b", valid: true },
          { name: "ix_other", valid: true },
          ...foreign,
        ]);
        assert.deepEqual(await versionRows(url), ["b2"]);
      } finally {
        await blocker.end();
        project.remove();
      }
    });
  }

  it("that a timeout ends says what may remain", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createProject("REINDEX TABLE CONCURRENTLY big");
    const blocker = new Client({ connectionString: url });
    try {
      assert.equal((await startCommand(project.path, url, ["upgrade", "a1"]).ended).exitCode, 0);
      await blocker.connect();
      await blocker.query("BEGIN; INSERT INTO big VALUES (0)");
      const lines = 'ALTER DATABASE "' + new URL(url).pathname.slice(1) + "\" SET lock_timeout = '300ms'";
      await queryRows(url, lines);
      const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(failed.exitCode, 255, failed.stdout + failed.stderr);
      assert.match(failed.stderr, /Invalid indexes whose names end in _ccnew or _ccold may remain/);
    } finally {
      await blocker.end();
      project.remove();
    }
  });
});
