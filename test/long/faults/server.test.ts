import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { createFaultProject, type FaultProjectKind } from "../../support/faultProject";
import {
  assertComplete,
  assertTrueState,
  readFaultState,
  seededRandom,
  startCommand,
  untilQuiet,
  untilRow,
} from "../../support/faultRun";
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { queryRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

const revisions = 50;
const shutdowns = Number(process.env["FAULT_SHUTDOWNS"] ?? 20);
const seed = Number(process.env["FAULT_SEED"] ?? 20_251_001);

const migratingBackend = `SELECT a.pid FROM pg_stat_activity a
  WHERE a.datname = current_database() AND a.application_name = 'alembic-ts'
    AND a.query NOT ILIKE '%advisory%' AND a.query NOT ILIKE '%pg_backend_pid%'`;
const lockBackend = `SELECT a.pid FROM pg_stat_activity a
  WHERE a.datname = current_database() AND a.application_name = 'alembic-ts' AND a.query ILIKE '%advisory%'`;

async function undisturbedDump(server: PostgresServer, folder: string): Promise<string> {
  const url = await server.createDatabase();
  assert.equal((await startCommand(folder, url, ["upgrade", "head"]).ended).exitCode, 0);
  return server.dumpSchema(url);
}

describe("a server that is killed (immediate shutdown) in an upgrade of 50 revisions", () => {
  let server: PostgresServer | undefined;
  after(() => server?.stop());

  for (const [index, kind] of (["transactional", "mixed"] as const).entries()) {
    it(`at ${String(shutdowns / 2)} moments: ${kind} revisions`, async function () {
      const own = (server ??= await startPostgres());
      if (!own.isOwn) {
        this.skip();
      }
      const dumpSchema = own.dumpSchema.bind(own);
      const random = seededRandom(seed + index);
      for (let point = 0; point < shutdowns / 2; point += 1) {
        const transactionPerMigration = point % 2 === 1;
        const project = createFaultProject({ kind, revisions, transactionPerMigration });
        try {
          const dump = await undisturbedDump(own, project.path);
          const url = await own.createDatabase();
          const moment = {
            line: 1 + Math.floor(random() * revisions),
            milliseconds: Math.floor(random() * 15),
          };
          const description = `seed ${String(seed)}, point ${String(point)}, ${JSON.stringify(moment)}`;
          const command = startCommand(project.path, url, ["upgrade", "head"]);
          await command.reach(moment);
          await own.immediateShutdown();
          const result = await command.ended;
          if (result.exitCode !== 0) {
            assert.equal(result.exitCode, 255, description);
            assert.match(result.stdout, /^FAILED: .*(connection|terminat|shut)/m, description);
          }
          await own.restart();
          const state = await readFaultState(url);
          assertTrueState(state, description);
          const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
          assert.equal(next.exitCode, 0, `${description}\n${next.stdout}${next.stderr}`);
          await assertComplete(url, revisions, { dump, dumpSchema }, description);
        } finally {
          project.remove();
        }
      }
    });
  }
});

describe("a connection that is cut (pg_terminate_backend) in an upgrade", () => {
  /** Revision 30 runs until its table `gate` is gone, or for ten seconds. */
  const gate = `  await op.execute("DO $$ BEGIN FOR i IN 1..500 LOOP EXIT WHEN to_regclass('gate_open') IS NOT NULL; PERFORM pg_sleep(0.02); END LOOP; END $$");`;

  for (const kind of ["transactional", "mixed"] as const satisfies readonly FaultProjectKind[]) {
    it(`the migrating one: ${kind} revisions`, async () => {
      const server = await sharedPostgres();
      const project = createFaultProject({
        kind,
        revisions,
        transactionPerMigration: true,
        upgrades: { 30: gate },
      });
      try {
        const url = await server.createDatabase();
        const command = startCommand(project.path, url, ["upgrade", "head"]);
        await command.reach({ line: 30, milliseconds: 0 });
        await untilRow(url, `${migratingBackend} AND a.query ILIKE 'DO %'`);
        await queryRows(
          url,
          `SELECT pg_terminate_backend(pid) FROM (${migratingBackend} AND a.query ILIKE 'DO %') b`,
        );
        const result = await command.ended;
        assert.equal(result.exitCode, 255);
        assert.match(result.stdout, /FAILED: Revision r030 failed in upgrade\(\): .*terminat/);
        assert.match(result.stderr, /State: The state of the database could not be read. Run `current`/);
        const state = await readFaultState(url);
        assertTrueState(state, "cut");
        assert.equal(state.version, 29);
        await queryRows(url, "CREATE TABLE gate_open ()");
        const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        await queryRows(url, "DROP TABLE gate_open");
        const plain = createFaultProject({ kind, revisions, transactionPerMigration: true });
        const dump = await undisturbedDump(server, plain.path);
        plain.remove();
        await assertComplete(url, revisions, { dump, dumpSchema: server.dumpSchema.bind(server) }, kind);
      } finally {
        project.remove();
      }
    });
  }

  it("the lock's: the run goes on to its end, and another one keeps out till then", async () => {
    const server = await sharedPostgres();
    const project = createFaultProject({
      kind: "transactional",
      revisions,
      transactionPerMigration: true,
      upgrades: { 30: gate },
    });
    try {
      const url = await server.createDatabase();
      const command = startCommand(project.path, url, ["upgrade", "head"]);
      await command.reach({ line: 30, milliseconds: 0 });
      await untilRow(url, `${migratingBackend} AND a.query ILIKE 'DO %'`);
      await queryRows(url, `SELECT pg_terminate_backend(pid) FROM (${lockBackend}) b`);
      const second = startCommand(project.path, url, ["upgrade", "head"]);
      while (!second.stderr().includes("aiting for another run")) {
        await delay(20);
      }
      await delay(500);
      assert.equal((await readFaultState(url)).version, 29);
      await queryRows(url, "CREATE TABLE gate_open ()");
      assert.equal((await command.ended).exitCode, 0);
      assert.equal((await second.ended).exitCode, 0);
      assert.doesNotMatch(second.stderr(), /Running upgrade/);
      await untilQuiet(url);
      const state = await readFaultState(url);
      assertTrueState(state, "lock cut");
      assert.equal(state.version, revisions);
    } finally {
      project.remove();
    }
  });
});
