import assert from "node:assert/strict";
import { createFaultProject } from "../../support/faultProject";
import {
  assertComplete,
  assertTrueState,
  readFaultState,
  startCommand,
  untilQuiet,
} from "../../support/faultRun";
import { queryRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

const processes = 16;
const revisions = 20;
const failing = 11;

async function startTogether(
  folder: string,
  url: string,
): Promise<readonly { exitCode: number | undefined; stdout: string; stderr: string }[]> {
  return Promise.all(
    Array.from({ length: processes }, () => startCommand(folder, url, ["upgrade", "head"]).ended),
  );
}

describe("sixteen processes that start `upgrade head` together on one empty database", () => {
  for (const kind of ["transactional", "mixed"] as const) {
    for (const transactionPerMigration of [false, true]) {
      const shape = `${kind} revisions, ${transactionPerMigration ? "a transaction each" : "one transaction"}`;

      it(`run every revision once and all succeed: ${shape}`, async () => {
        const server = await sharedPostgres();
        const project = createFaultProject({ kind, revisions, transactionPerMigration });
        try {
          const reference = await server.createDatabase();
          await startCommand(project.path, reference, ["upgrade", "head"]).ended;
          const url = await server.createDatabase();
          const results = await startTogether(project.path, url);
          assert.deepEqual(
            results.map(({ exitCode }) => exitCode),
            Array.from({ length: processes }, () => 0),
            results.map(({ stdout, stderr }) => stdout + stderr).join("\n"),
          );
          const steps = results.map(({ stderr }) => stderr.split("Running upgrade").length - 1);
          assert.deepEqual(
            [...steps].sort((left, right) => right - left),
            [revisions, ...Array.from({ length: processes - 1 }, () => 0)],
          );
          const dump = await server.dumpSchema(reference);
          await assertComplete(url, revisions, { dump, dumpSchema: server.dumpSchema.bind(server) }, shape);
        } finally {
          project.remove();
        }
      });

      it(`each report the same failure of a revision in the middle: ${shape}`, async () => {
        const server = await sharedPostgres();
        const statement =
          "DO $$ BEGIN IF to_regclass('repaired') IS NULL THEN RAISE EXCEPTION 'not yet'; END IF; END $$";
        const upgrades = { [failing]: `  await op.execute(${JSON.stringify(statement)});` };
        const project = createFaultProject({ kind, revisions, transactionPerMigration, upgrades });
        try {
          const url = await server.createDatabase();
          const results = await startTogether(project.path, url);
          for (const { exitCode, stdout, stderr } of results) {
            assert.equal(exitCode, 255, stdout + stderr);
            assert.match(stdout, /^FAILED: Revision r011 failed in upgrade\(\): not yet$/m);
          }
          await untilQuiet(url);
          const state = await readFaultState(url);
          assertTrueState(state, shape);
          if (kind === "transactional") {
            assert.equal(state.version, transactionPerMigration ? failing - 1 : 0);
          }
          await queryRows(url, "CREATE TABLE repaired ()");
          const next = await startTogether(project.path, url);
          assert.ok(
            next.every(({ exitCode }) => exitCode === 0),
            next.map(({ stdout, stderr }) => stdout + stderr).join("\n"),
          );
          const after = await readFaultState(url);
          assertTrueState(after, shape);
          assert.equal(after.version, revisions);
        } finally {
          project.remove();
        }
      });
    }
  }
});
