import assert from "node:assert/strict";
import { Client } from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { startCommand, untilQuiet, untilRow } from "../../support/faultRun";
import { queryRows, versionRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

const waitingBuild = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'alembic-ts' AND query ILIKE 'CREATE INDEX CONCURRENTLY%'
    AND wait_event_type = 'Lock'`;
const indexState = `SELECT c.relname AS name, i.indisvalid AS valid
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname LIKE 'ix_big%' ORDER BY 1`;

const spellings = [
  {
    name: "op.createIndex with concurrently",
    extra: "",
    build: '  await op.createIndex("ix_big_n", "big", ["n"], { concurrently: true });',
  },
  {
    name: "the guide's op.execute",
    extra: "",
    build: '  await op.execute("CREATE INDEX CONCURRENTLY ix_big_n ON big(n)");',
  },
  {
    name: "an autocommit block",
    extra: "",
    build:
      '  await op.autocommitBlock(async () => {\n    await op.execute("create index concurrently ix_big_n on public.big (n)");\n  });',
  },
  {
    name: "a revision without a transaction",
    extra: "export const transaction = false;",
    build: '  await op.createIndex("ix_big_n", "big", ["n"], { concurrently: true });',
  },
];

function createProject(spelling: (typeof spellings)[number]): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    "migrations/versions/a1_before.ts": revisionText({
      id: "a1",
      upgrade: `  await op.execute("CREATE TABLE big (n integer)");
  await op.execute("INSERT INTO big SELECT generate_series(1, 20000)");`,
    }),
    "migrations/versions/b2_build.ts": revisionText({
      id: "b2",
      down: "a1",
      extra: spelling.extra,
      upgrade: `  await op.execute("CREATE TABLE before_it (n integer)");
${spelling.build}
  await op.execute("ALTER TABLE big ADD COLUMN behind_it integer");`,
    }),
    "migrations/versions/c3_after.ts": revisionText({
      id: "c3",
      down: "b2",
      upgrade: '  await op.execute("ALTER TABLE big ADD COLUMN after_it integer");',
    }),
  });
}

/** A transaction that a concurrent build on the table has to wait for. */
async function blockBuilds(url: string): Promise<{ release: () => Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN");
  await client.query("INSERT INTO big VALUES (0)");
  return {
    async release() {
      await client.query("ROLLBACK");
      await client.end();
    },
  };
}

async function expectedDump(spelling: (typeof spellings)[number]): Promise<string> {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const project = createProject(spelling);
  try {
    assert.equal((await startCommand(project.path, url, ["upgrade", "head"]).ended).exitCode, 0);
    return await server.dumpSchema(url);
  } finally {
    project.remove();
  }
}

describe("a concurrent index build whose run is killed", () => {
  for (const spelling of spellings) {
    it(`${spelling.name}: leaves an invalid index, which the next run names, clears and builds again`, async () => {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      const project = createProject(spelling);
      try {
        assert.equal((await startCommand(project.path, url, ["upgrade", "a1"]).ended).exitCode, 0);
        const blocker = await blockBuilds(url);
        const killed = startCommand(project.path, url, ["upgrade", "head"]);
        await untilRow(url, waitingBuild);
        killed.kill("SIGKILL");
        await killed.ended;
        // The server notices that its client is gone and gives the build up.
        await untilQuiet(url);
        await blocker.release();
        assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: false }]);
        assert.deepEqual(await versionRows(url), ["a1"]);

        const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        assert.match(
          next.stderr,
          /Revision b2 was interrupted in an earlier run before or at its statement 2: create index concurrently .*ix_big_n/i,
        );
        assert.match(
          next.stderr,
          /Dropped the invalid index ix_big_n that the interrupted build left behind\./,
        );
        assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: true }]);
        assert.deepEqual(await versionRows(url), ["c3"]);
        assert.equal(await server.dumpSchema(url), await expectedDump(spelling));
      } finally {
        project.remove();
      }
    });
  }

  it("that the server finishes all the same: the next run waits for it and finds it done", async () => {
    const [spelling] = spellings;
    assert.ok(spelling !== undefined);
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    const project = createProject(spelling);
    try {
      assert.equal((await startCommand(project.path, url, ["upgrade", "a1"]).ended).exitCode, 0);
      // As on servers before 14, which don't look whether their client is still there.
      const database = new URL(url).pathname.slice(1);
      await queryRows(url, `ALTER DATABASE ${database} SET client_connection_check_interval = '1h'`);
      const blocker = await blockBuilds(url);
      const killed = startCommand(project.path, url, ["upgrade", "head"]);
      await untilRow(url, waitingBuild);
      killed.kill("SIGKILL");
      await killed.ended;
      const next = startCommand(project.path, url, ["upgrade", "head"]);
      while (!next.stderr().includes("aiting for another run")) {
        await delay(20);
      }
      assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: false }]);
      await blocker.release();
      const result = await next.ended;
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.match(result.stderr, /Statement 2 of b2 had already been done/);
      assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: true }]);
      assert.equal(await server.dumpSchema(url), await expectedDump(spelling));
    } finally {
      project.remove();
    }
  });

  it("that fails on duplicates: the message names the index that may remain, and the next run clears it", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createProject({
      name: "unique",
      extra: "",
      build: '  await op.execute("CREATE UNIQUE INDEX CONCURRENTLY ix_big_n ON big(n)");',
    });
    try {
      assert.equal((await startCommand(project.path, url, ["upgrade", "a1"]).ended).exitCode, 0);
      await queryRows(url, "INSERT INTO big VALUES (7)");
      const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(failed.exitCode, 255, failed.stdout + failed.stderr);
      assert.match(
        failed.stdout,
        /FAILED: Revision b2 failed in upgrade\(\): could not create unique index "ix_big_n"/,
      );
      assert.match(failed.stderr, /An invalid index "ix_big_n" may remain on "big"/);
      assert.match(failed.stderr, /The database is at a1, and part of b2 is in it/);
      assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: false }]);

      await queryRows(url, "DELETE FROM big WHERE ctid = (SELECT max(ctid) FROM big WHERE n = 7)");
      const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(next.exitCode, 0, next.stdout + next.stderr);
      assert.deepEqual(await queryRows(url, indexState), [{ name: "ix_big_n", valid: true }]);
      assert.deepEqual(await versionRows(url), ["c3"]);
    } finally {
      project.remove();
    }
  });
});
