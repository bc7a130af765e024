import assert from "node:assert/strict";
import { join } from "node:path";
import { startCommand, until } from "../support/faultRun";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { checkEnding, create, createEndingProject, endings, lineOf } from "./endings/endings";

/** Some of the most telling; all are in test/long. */
describe("what a revision leaves behind that nobody waits for", function () {
  this.timeout(60_000);

  for (const ending of endings.filter(({ isTelling }) => isTelling).slice(0, 4)) {
    it(`is no success: ${ending.name}`, () => checkEnding(ending));
  }

  it("is told of when it keeps the run waiting, and ended by the first signal", async () => {
    const project = createEndingProject({
      name: "",
      headline: /./,
      body: `${create}\n  await new Promise((resolve) => setTimeout(resolve, 600_000));`,
    });
    const url = await (await sharedPostgres()).createDatabase();
    try {
      const running = startCommand(project.path, url, ["upgrade", "head"]);
      const told = `Waiting for code of revision r001: its upgrade() has not returned, and no operation of it is running (the last one was called at ${join(project.path, "migrations/versions/r001.ts")}:${String(lineOf(project, "CREATE TABLE made"))}:`;
      await until(() => running.stderr().includes(told));
      running.kill("SIGTERM");
      const { stdout, stderr, exitCode } = await running.ended;
      assert.equal(exitCode, 143, stdout + stderr);
      assert.match(stdout + stderr, /Cancelled; what was not committed is rolled back/);
      assert.equal(await versionRows(url), undefined);
    } finally {
      project.remove();
    }
  });

  it("waits for timers that keep no process alive, and for work of threads", async () => {
    const project = createEndingProject({
      name: "",
      headline: /./,
      body: `${create}
  await delay(300, undefined, { ref: false });
  for (let round = 0; round < 5; round += 1) {
    await promisify(pbkdf2)("a", "b", 300_000, 32, "sha256");
  }
  await op.execute("CREATE TABLE after ()");`,
    });
    const url = await (await sharedPostgres()).createDatabase();
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.deepEqual(await versionRows(url), ["r002"]);
    } finally {
      project.remove();
    }
  });

  it("delays nothing where it calls no operation", async () => {
    const project = createEndingProject({
      name: "",
      headline: /./,
      body: `${create}\n  setTimeout(() => undefined, 60_000).unref();\n  void readFile(__filename);`,
    });
    const url = await (await sharedPostgres()).createDatabase();
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.deepEqual(await versionRows(url), ["r002"]);
    } finally {
      project.remove();
    }
  });
});
