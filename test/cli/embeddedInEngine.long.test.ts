import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../support/commandLine";
import { startEngine, type EngineRuns } from "../support/engineRuns";
import { createFaultProject } from "../support/faultProject";

describe("the embedded database in the editor's engine", function () {
  this.timeout(60_000);
  const project = createFaultProject({ kind: "transactional", revisions: 3, transactionPerMigration: true });
  const lock = join(project.path, ".alembic", "database.lock");
  let engine: EngineRuns;

  before(() => {
    engine = startEngine(join(project.path, "alembic.config.json"));
  });
  after(() => {
    engine.kill();
    project.remove();
  });

  it("stays open between runs, is given up to the command line, and is closed at the end", async () => {
    await engine.run("upgrade", { target: "+1" });
    assert.equal(existsSync(lock), true);
    await engine.run("upgrade", { target: "+1" });
    const other = await runCommandLine(["upgrade", "head"], { cwd: project.path });
    assert.equal(other.exitCode, 0, other.stderr);
    assert.doesNotMatch(other.stderr, /waiting for/i);
    assert.deepEqual((await engine.run("status", {})).rows, ["r003"]);
    assert.equal(existsSync(lock), true);
    assert.deepEqual(await engine.end(), [0, null]);
    assert.equal(existsSync(lock), false);
    const last = await runCommandLine(["current", "--json"], { cwd: project.path });
    assert.equal(last.exitCode, 0, last.stderr);
  });
});
