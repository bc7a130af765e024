import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFaultProject } from "../../support/faultProject";
import { seededRandom, startCommand, type RunningCommand } from "../../support/faultRun";

const revisions = 20;
const points = Number(process.env["FAULT_EMBEDDED"] ?? 20);

function start(folder: string, args: readonly string[]): RunningCommand {
  return startCommand(folder, undefined, args);
}

describe("the embedded database, when its process is killed (SIGKILL)", () => {
  it(`opens again after each of ${String(points)} kills, at a revision that it is really at`, async () => {
    const project = createFaultProject({ kind: "transactional", revisions, transactionPerMigration: true });
    const random = seededRandom(20_251_001);
    try {
      let killed = 0;
      for (let point = 0; point < points; point += 1) {
        rmSync(join(project.path, ".alembic"), { recursive: true, force: true });
        const command = start(project.path, ["upgrade", "head"]);
        await command.reach({
          line: 1 + Math.floor(random() * revisions),
          milliseconds: Math.floor(random() * 30),
        });
        command.kill("SIGKILL");
        killed += (await command.ended).exitCode === undefined ? 1 : 0;
        const current = await start(project.path, ["current", "--json"]).ended;
        assert.equal(current.exitCode, 0, `point ${String(point)}\n${current.stdout}${current.stderr}`);
        const next = await start(project.path, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, `point ${String(point)}\n${next.stdout}${next.stderr}`);
        const down = await start(project.path, ["downgrade", "-3"]).ended;
        assert.equal(down.exitCode, 0, `point ${String(point)}\n${down.stdout}${down.stderr}`);
      }
      assert.ok(killed > points / 2, `only ${String(killed)} were still running`);
    } finally {
      project.remove();
    }
  });

  it("takes over a lock file whose owner is gone, and one that its owner never wrote to", async () => {
    const project = createFaultProject({
      kind: "transactional",
      revisions: 1,
      transactionPerMigration: true,
    });
    try {
      assert.equal((await start(project.path, ["upgrade", "head"]).ended).exitCode, 0);
      const lock = join(project.path, ".alembic", "database.lock");
      for (const text of ["999999999", ""]) {
        writeFileSync(lock, text);
        const result = await start(project.path, ["current"]).ended;
        assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      }
    } finally {
      project.remove();
    }
  });

  it("says clearly that a damaged folder can't be opened, and what to do", async () => {
    const project = createFaultProject({
      kind: "transactional",
      revisions: 1,
      transactionPerMigration: true,
    });
    try {
      assert.equal((await start(project.path, ["upgrade", "head"]).ended).exitCode, 0);
      const control = join(project.path, ".alembic", "database", "global", "pg_control");
      rmSync(control);
      mkdirSync(control);
      const result = await start(project.path, ["current"]).ended;
      assert.equal(result.exitCode, 255, result.stdout + result.stderr);
      assert.match(result.stdout, /FAILED: The embedded database in .* can't be opened/);
      assert.match(result.stderr, /Hint: Delete that folder to start with an empty one\./);
    } finally {
      project.remove();
    }
  });
});
