import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { type CommandLineResult, commandLineFile, plainEnvironment } from "../support/commandLine";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const say = `const { execFileSync, execSync, spawnSync, spawn } = child;
  console.log("said"); process.stdout.write("written\\n"); console.table([1]);
  execSync("echo shell", { stdio: "inherit" });
  execFileSync("echo", ["file"], { stdio: [0, 1, 2] });
  spawnSync("echo", ["sync"], { stdio: ["ignore", "inherit", "inherit"] });
  spawn("echo", ["async"], { stdio: ["ignore", process.stdout, "inherit"] });`;

const revision = `import * as child from "node:child_process";
export const revision = "a1";
export const down_revision = null;
export async function upgrade({ op }) {
  ${say}
  await op.execute("SELECT 1");
}
export async function downgrade() {}
`;

describe("the standard output", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(() => {
    project = createProjectFolder({
      "alembic.config.mjs": `import * as child from "node:child_process";
${say}
export default { scriptLocation: "m" };
`,
      "m/versions/a1_x.ts": revision,
    });
  });
  after(() => project.remove());

  const run = (args: readonly string[]): Promise<CommandLineResult> =>
    project.run(["--url", "embedded:", ...args]);

  for (const args of [
    ["upgrade", "head", "--json"],
    ["current", "--json"],
    ["heads", "--json"],
  ]) {
    it(`holds the JSON of \`${args.join(" ")}\` alone, whatever the project's code prints`, async () => {
      const { exitCode, stdout, stderr } = await run(args);
      assert.equal(exitCode, 0, stderr);
      assert.doesNotThrow(() => JSON.parse(stdout), stdout);
      assert.match(stderr, /said\nwritten\n/);
      for (const word of ["shell", "file", "sync", "async"]) {
        assert.match(stderr, new RegExp(`^${word}$`, "m"));
      }
    });
  }

  it("holds the SQL of `upgrade --sql` alone", async () => {
    const { exitCode, stdout, stderr } = await run(["upgrade", "head", "--sql"]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^BEGIN;/);
    assert.doesNotMatch(stdout, /^(?:said|written|shell|file|sync|async)$/m);
  });

  it("has what the project's code prints where people read it", async () => {
    const { stdout } = await run(["current"]);
    assert.match(stdout, /said\nwritten\n/);
    assert.match(stdout, /^shell$/m);
  });

  // A command that only reads is another program where it comes first.
  for (const args of [
    ["history"],
    ["heads"],
    ["--url", "embedded:", "history"],
    ["--url", "embedded:", "current", "--json"],
    ["--url", "embedded:", "upgrade", "head", "--sql"],
  ]) {
    it(`that can't be written fails \`${args.join(" ")}\``, () => {
      // Only Linux has a file that is always full; elsewhere a descriptor that is for reading serves.
      const full = existsSync("/dev/full") ? openSync("/dev/full", "w") : openSync(commandLineFile(), "r");
      const { status, stderr } = spawnSync(process.execPath, [commandLineFile(), ...args], {
        cwd: project.path,
        env: plainEnvironment(),
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      });
      closeSync(full);
      assert.match(
        stderr,
        /^FAILED: Can't write to the standard output: .+\.\n {2}State: The output is not/m,
      );
      assert.equal(stderr.match(/FAILED/g)?.length, 1, stderr);
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.equal(status, 255);
    });
  }

  it("that nobody reads any more ends the command with the status of a broken pipe, in silence", async () => {
    const child = spawn(process.execPath, [commandLineFile(), "--url", "embedded:", "history", "--json"], {
      cwd: project.path,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, "close")) as [number];
    assert.doesNotMatch(stderr, /FAILED|EPIPE/);
    assert.equal(status, 141);
  });
});
