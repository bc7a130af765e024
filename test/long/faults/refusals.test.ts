import assert from "node:assert/strict";
import { Client } from "pg";
import { createFaultProject, type FaultProjectKind } from "../../support/faultProject";
import {
  assertComplete,
  assertTrueState,
  readFaultState,
  startCommand,
  untilQuiet,
  untilRow,
} from "../../support/faultRun";
import { queryRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

const revisions = 12;
const failing = 7;

interface Refusal {
  readonly name: string;
  readonly statement: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly message: RegExp;
  /** Makes the statement harmless. */
  readonly repair: string;
}

const refusals: readonly Refusal[] = [
  {
    name: "a full disk (53100)",
    statement:
      "DO $$ BEGIN IF to_regclass('repaired') IS NULL THEN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100', HINT = 'Check free disk space.'; END IF; END $$",
    message: /could not extend file: No space left on device/,
    repair: "CREATE TABLE repaired ()",
  },
  {
    name: "statement_timeout",
    statement: "SELECT pg_sleep(CASE WHEN to_regclass('repaired') IS NULL THEN 60 ELSE 0 END)",
    config: { statementTimeout: "1500ms" },
    message: /canceling statement due to statement timeout/,
    repair: "CREATE TABLE repaired ()",
  },
  {
    name: "a backend that the operating system kills",
    statement:
      "DO $$ BEGIN IF to_regclass('repaired') IS NULL THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$",
    message: /terminating connection|connection .*lost/i,
    repair: "CREATE TABLE repaired ()",
  },
];

describe("a statement that the server refuses in the middle of an upgrade", () => {
  for (const refusal of refusals) {
    for (const kind of ["transactional", "mixed"] as const satisfies readonly FaultProjectKind[]) {
      for (const transactionPerMigration of [false, true]) {
        it(`${refusal.name}: ${kind} revisions, ${transactionPerMigration ? "a transaction each" : "one transaction"}`, async () => {
          const server = await sharedPostgres();
          const upgrades = { [failing]: `  await op.execute(${JSON.stringify(refusal.statement)});` };
          const common = { kind, revisions, transactionPerMigration };
          const project = createFaultProject({ ...common, upgrades, config: refusal.config ?? {} });
          const plain = createFaultProject(common);
          try {
            const reference = await server.createDatabase();
            await startCommand(plain.path, reference, ["upgrade", "head"]).ended;
            const url = await server.createDatabase();
            const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
            assert.equal(failed.exitCode, 255);
            assert.match(failed.stdout, refusal.message);
            assert.match(failed.stderr, /versions\/r007_step\.ts:\d+:\d+/);
            assert.match(failed.stderr, /State: /);
            await untilQuiet(url);
            const state = await readFaultState(url);
            assertTrueState(state, refusal.name);
            if (kind === "transactional") {
              assert.equal(state.version, transactionPerMigration ? failing - 1 : 0);
            }
            await queryRows(url, refusal.repair);
            const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
            assert.equal(next.exitCode, 0, next.stdout + next.stderr);
            await queryRows(url, "DROP TABLE repaired");
            const dump = await server.dumpSchema(reference);
            await assertComplete(url, revisions, { dump, dumpSchema: server.dumpSchema.bind(server) }, kind);
          } finally {
            project.remove();
            plain.remove();
          }
        });
      }
    }
  }
});

describe("a table that somebody else has locked", () => {
  const upgrades = { [failing]: '  await op.execute("ALTER TABLE busy ADD COLUMN more integer");' };

  async function lockTable(url: string): Promise<{ release: () => Promise<void> }> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("CREATE TABLE busy (n integer)");
    await client.query("BEGIN");
    await client.query("LOCK TABLE busy");
    return {
      async release() {
        await client.query("COMMIT");
        await client.end();
      },
    };
  }

  for (const kind of ["transactional", "mixed"] as const satisfies readonly FaultProjectKind[]) {
    it(`lock_timeout without retries fails, with retries waits until it is free: ${kind} revisions`, async () => {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      const common = { kind, revisions, transactionPerMigration: true, upgrades };
      const once = createFaultProject({ ...common, config: { lockTimeout: "300ms" } });
      const again = createFaultProject({
        ...common,
        config: { lockTimeout: "300ms", lockRetries: 20, lockRetryDelay: 50 },
      });
      try {
        const blocker = await lockTable(url);
        const failed = await startCommand(once.path, url, ["upgrade", "head"]).ended;
        assert.equal(failed.exitCode, 255);
        assert.match(failed.stdout, /canceling statement due to lock timeout/);
        assertTrueState(await readFaultState(url), "lock timeout");

        const retrying = startCommand(again.path, url, ["upgrade", "head"]);
        while (!/trying again in 100 ms \(2 of 20\)/.test(retrying.stderr())) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await blocker.release();
        const result = await retrying.ended;
        assert.equal(result.exitCode, 0, result.stdout + result.stderr);
        const state = await readFaultState(url);
        assertTrueState(state, "retried");
        assert.equal(state.version, revisions);
      } finally {
        once.remove();
        again.remove();
      }
    });
  }
});

describe("Ctrl-C", () => {
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60%' AND state = 'active' AND datname = current_database()";
  const upgrades = { [failing]: '  await op.execute("SELECT pg_sleep(60)");\n' };

  for (const kind of ["transactional", "mixed"] as const satisfies readonly FaultProjectKind[]) {
    for (const transactionPerMigration of [false, true]) {
      it(`cancels the statement in the server, rolls back and exits with 130: ${kind} revisions, ${transactionPerMigration ? "a transaction each" : "one transaction"}`, async () => {
        const url = await (await sharedPostgres()).createDatabase();
        const project = createFaultProject({ kind, revisions, transactionPerMigration, upgrades });
        try {
          const command = startCommand(project.path, url, ["upgrade", "head"]);
          await untilRow(url, sleeping);
          command.kill("SIGINT");
          const result = await command.ended;
          assert.equal(result.exitCode, 130, result.stdout + result.stderr);
          assert.match(result.stdout, /FAILED: Cancelled; what was not committed is rolled back\./);
          assert.deepEqual(await queryRows(url, sleeping), []);
          const state = await readFaultState(url);
          assertTrueState(state, "cancelled");
          if (kind === "transactional") {
            assert.equal(state.version, transactionPerMigration ? failing - 1 : 0);
          }
        } finally {
          project.remove();
        }
      });
    }
  }

  it("between two statements stops at the next one", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createFaultProject({
      kind: "transactional",
      revisions,
      transactionPerMigration: true,
      upgrades: {
        [failing]: `  await op.execute("CREATE TABLE reached ()");
  context.log("between");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await op.execute("CREATE TABLE too_late ()");
  await new Promise((resolve) => setTimeout(resolve, 60000));`,
      },
    });
    try {
      const command = startCommand(project.path, url, ["upgrade", "head"]);
      while (!command.stderr().includes("between")) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      command.kill("SIGINT");
      const result = await command.ended;
      assert.equal(result.exitCode, 130, result.stdout + result.stderr);
      assert.deepEqual(
        await queryRows(url, "SELECT to_regclass('reached') AS r, to_regclass('too_late') AS l"),
        [{ r: null, l: null }],
      );
      assert.equal((await readFaultState(url)).version, failing - 1);
    } finally {
      project.remove();
    }
  });
});
