import assert from "node:assert/strict";
import { createFaultProject } from "../support/faultProject";
import { assertTrueState, readFaultState, startCommand, until, untilRow } from "../support/faultRun";
import { killUpgrades } from "../support/killedUpgrades";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { upgradeTenants } from "../support/tenantRuns";

/** A little of each of `test/long/faults`, which does the same at hundreds of moments. */
describe("faults in an upgrade", function () {
  this.timeout(120_000);

  it("the process is killed", async () => {
    const options = {
      kind: "mixed",
      transactionPerMigration: true,
      revisions: 12,
      points: 3,
      seed: 7,
    } as const;
    await killUpgrades(await sharedPostgres(), options);
  });

  it("the connection is cut, and the disk is full", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const stop = (open: string, statement: string): string =>
      `  await op.execute(${JSON.stringify(`DO $$ BEGIN IF to_regclass('${open}') IS NULL THEN ${statement}; END IF; END $$`)});`;
    const project = createFaultProject({
      kind: "mixed",
      revisions: 8,
      transactionPerMigration: false,
      upgrades: {
        4: stop("reconnected", "PERFORM pg_terminate_backend(pg_backend_pid())"),
        6: stop("disk_freed", "RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'"),
      },
    });
    try {
      const expected = [/terminating connection/, /no space left on device/];
      for (const [index, repair] of ["reconnected", "disk_freed"].entries()) {
        const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(failed.exitCode, 255);
        assert.match(failed.stdout, expected[index] ?? /$^/);
        assertTrueState(await readFaultState(url), repair);
        await queryRows(url, `CREATE TABLE ${repair} ()`);
      }
      const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(next.exitCode, 0, next.stdout + next.stderr);
      assert.equal((await readFaultState(url)).version, 8);
      assertTrueState(await readFaultState(url), "complete");
    } finally {
      project.remove();
    }
  });

  const endings = [
    ["Ctrl-C", "SIGINT", 130],
    ["SIGTERM, as containers are stopped,", "SIGTERM", 143],
    ["a terminal that is closed", "SIGHUP", 129],
  ] as const;
  for (const [name, signal, exitCode] of endings) {
    it(`${name} cancels the statement in the server and rolls back`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const upgrades = { 2: '  await op.execute("SELECT pg_sleep(60)");' };
      const project = createFaultProject({
        kind: "transactional",
        revisions: 3,
        transactionPerMigration: true,
        upgrades,
      });
      const sleeping =
        "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60%' AND state = 'active' AND datname = current_database()";
      try {
        const command = startCommand(project.path, url, ["upgrade", "head"]);
        await untilRow(url, sleeping);
        command.kill(signal);
        const result = await command.ended;
        assert.equal(result.exitCode, exitCode, result.stdout + result.stderr);
        assert.match(result.stdout, /^FAILED: Cancelled/m);
        assert.deepEqual(await queryRows(url, sleeping), []);
        assert.equal((await readFaultState(url)).version, 1);
      } finally {
        project.remove();
      }
    });
  }

  it("SIGTERM ends the waiting for another run's lock, and runs nothing", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const upgrades = { 1: '  await op.execute("SELECT pg_sleep(60)");' };
    const project = createFaultProject({
      kind: "transactional",
      revisions: 2,
      transactionPerMigration: true,
      upgrades,
    });
    try {
      const first = startCommand(project.path, url, ["upgrade", "head"]);
      await untilRow(
        url,
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60%' AND datname = current_database()",
      );
      const second = startCommand(project.path, url, ["upgrade", "head"]);
      await until(() => /waiting for another run/i.test(second.stderr()));
      second.kill("SIGTERM");
      const result = await second.ended;
      assert.equal(result.exitCode, 143, result.stdout + result.stderr);
      assert.match(result.stdout, /Cancelled while waiting for the migration lock; nothing was run/);
      first.kill("SIGTERM");
      assert.equal((await first.ended).exitCode, 143);
      assert.equal((await readFaultState(url)).version, 0);
    } finally {
      project.remove();
    }
  });

  it("four processes start together: every revision runs once", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createFaultProject({ kind: "mixed", revisions: 8, transactionPerMigration: true });
    try {
      const results = await Promise.all(
        [1, 2, 3, 4].map(() => startCommand(project.path, url, ["upgrade", "head"]).ended),
      );
      assert.deepEqual(
        results.map(({ exitCode }) => exitCode),
        [0, 0, 0, 0],
      );
      assertTrueState(await readFaultState(url), "together");
      assert.equal((await readFaultState(url)).version, 8);
    } finally {
      project.remove();
    }
  });

  it("twelve tenants, of which two fail, at most three at a time", async () => {
    await upgradeTenants(await sharedPostgres(), { tenants: 12, failing: [2, 9], parallel: 3 });
  });

  it("a revision that commits by itself is stopped, with what it left", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createFaultProject({
      kind: "transactional",
      revisions: 3,
      transactionPerMigration: true,
      upgrades: { 2: '  await op.execute("COMMIT");\n  await op.execute("CREATE TABLE beyond ()");' },
    });
    try {
      const result = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(result.exitCode, 255);
      assert.match(
        result.stdout,
        /Revision .* failed in upgrade\(\): COMMIT would end the transaction of the run, so it was not sent/,
      );
      assert.deepEqual(await queryRows(url, "SELECT to_regclass('beyond') AS beyond"), [{ beyond: null }]);
      assert.equal((await readFaultState(url)).version, 1);
    } finally {
      project.remove();
    }
  });

  it("a deferred constraint that fails at COMMIT: the revision is named, and nothing of it is kept", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const statements = [
      "CREATE TABLE parents (id integer PRIMARY KEY)",
      "CREATE TABLE children (parent integer REFERENCES parents DEFERRABLE INITIALLY DEFERRED)",
      "INSERT INTO children VALUES (1)",
    ];
    const project = createFaultProject({
      kind: "transactional",
      revisions: 4,
      transactionPerMigration: true,
      upgrades: { 3: statements.map((text) => `  await op.execute("${text}");`).join("\n") },
    });
    try {
      const result = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(result.exitCode, 255, result.stdout + result.stderr);
      assert.match(result.stdout, /COMMIT failed after revision r003: insert or update on table "children"/);
      assert.match(result.stderr, /the database is at r002/);
      const state = await readFaultState(url);
      assertTrueState(state, "deferred");
      assert.equal(state.version, 2);
    } finally {
      project.remove();
    }
  });
});
