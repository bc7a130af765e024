import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startCommand, until } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const create = `  await op.execute("CREATE TABLE made ()");`;
const late = `op.execute("CREATE TABLE late ()")`;
const imports = `import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { pbkdf2 } from "node:crypto";
import { promisify } from "node:util";`;

interface Ending {
  readonly name: string;
  readonly body: string;
  readonly config?: string;
  /** The DataSource's file, and the command that loads it instead of upgrading. */
  readonly dataSource?: string;
  readonly command?: readonly string[];
  readonly headline: RegExp;
  /** The line that the failure is placed at holds this. */
  readonly at?: string;
  /** The revisions that are recorded; none where it is left out. */
  readonly recorded?: readonly string[];
}

const notAwaited =
  /^FAILED: Revision r001 failed in upgrade\(\): an operation was called after the function had ended/m;

const neverSettles = /^FAILED: Revision r001 failed in upgrade\(\): it awaits a promise that never settles/m;

const endings: readonly Ending[] = [
  {
    name: "a loop of async functions that read a file each",
    body: `${create}
  [1, 2].forEach(async () => {
    await readFile(__filename);
    await ${late};
  });`,
    headline: notAwaited,
    at: late,
  },
  {
    name: "a timer",
    body: `${create}\n  setTimeout(() => void ${late}, 50);`,
    headline: notAwaited,
    at: late,
  },
  {
    name: "an async function that waits several times",
    body: `  void (async () => {
    await delay(10);
    await delay(10);
    await ${late};
  })();
${create}`,
    headline: notAwaited,
    at: late,
  },
  {
    name: "a timer that is longer than the run waits",
    body: `${create}\n  setTimeout(() => void ${late}, 7000);`,
    headline: notAwaited,
    at: late,
    recorded: ["r002"],
  },
  {
    name: "process.exit(0) in a revision",
    body: `${create}\n  process.exit(0);`,
    headline:
      /^FAILED: The process ended before the command was done: the project's code called process\.exit\(0\)/m,
  },
  {
    name: "process.reallyExit(0) in a revision",
    body: `${create}\n  (process as unknown as { reallyExit(status: number): void }).reallyExit(0);`,
    headline: /^FAILED: The process ended before the command was done/m,
  },
  {
    name: "a failure, and code that sets the status to 0 at the end",
    body: `${create}\n  process.on("exit", () => { process.exitCode = 0; });\n  throw new Error("a mistake");`,
    headline: /^FAILED: Revision r001 failed in upgrade\(\): a mistake/m,
  },
  {
    name: "a failure, and code that ends the process with 0 at the end",
    body: `${create}\n  process.on("exit", () => process.exit(0));\n  throw new Error("a mistake");`,
    headline: /^FAILED: Revision r001 failed in upgrade\(\): a mistake/m,
  },
  {
    name: "a timer that throws, and code that ends the process with 0 at the end",
    body: `${create}\n  process.on("exit", () => process.exit(0));\n  setTimeout(() => { throw new Error("a mistake"); }, 5);\n  await delay(1000);`,
    headline: /^FAILED: The project's code failed where nobody waits for it: a mistake/m,
  },
  {
    name: "process.exit() of a timer that nobody waits for",
    body: `${create}\n  setTimeout(() => process.exit(), 20);\n  await delay(1000);`,
    headline: /^FAILED: The process ended before the command was done/m,
  },
  {
    name: "an async function that throws",
    body: `${create}\n  void (async () => {\n    await delay(5);\n    throw new Error("a mistake");\n  })();`,
    headline:
      /^FAILED: The project's code failed where nobody waits for it: a mistake \(at .*r001\.ts:\d+:\d+\)/m,
  },
  {
    name: "a timer that throws",
    body: `${create}\n  setTimeout(() => {\n    throw new Error("a mistake");\n  }, 5);`,
    headline: /^FAILED: The project's code failed where nobody waits for it: a mistake/m,
  },
  {
    name: "a forgotten await of an operation that fails",
    body: `  [1].forEach(async () => {\n    await op.execute("CREATE TABLE broken (");\n  });`,
    headline: /^FAILED: Revision r001 failed in upgrade\(\): syntax error/m,
    at: "broken",
  },
  {
    name: "a promise that never settles",
    body: `${create}\n  await new Promise(() => undefined);`,
    headline: neverSettles,
    at: create.trim().slice(6),
  },
  {
    name: "a promise that never settles, before any operation",
    body: `  await new Promise(() => undefined);\n${create}`,
    headline: neverSettles,
  },
  {
    name: "a promise that never settles in a block",
    body: `  await op.autocommitBlock(async () => {
    await connection.query("SELECT 1");
    await new Promise(() => undefined);
  });`,
    headline: neverSettles,
    at: "SELECT 1",
  },
  {
    name: "a promise that never settles, with an operation under way",
    body: `  void op.execute("SELECT pg_sleep(0.2)");\n  await new Promise(() => undefined);`,
    headline: neverSettles,
    at: "pg_sleep",
  },
  {
    name: "process.exit(0) in the configuration",
    body: create,
    config: "process.exit(0);",
    headline: /^FAILED: The process ended before the command was done/m,
  },
  {
    name: "a promise in the configuration that never settles",
    body: create,
    config: "await new Promise(() => undefined);",
    headline: /^FAILED: The process ended before the command was done: a promise .* never settles/m,
  },
  ...[["check"], ["revision", "--autogenerate", "-m", "change"]].flatMap((command): Ending[] => [
    {
      name: `process.exit(0) in the DataSource, for ${command[0] ?? ""}`,
      body: create,
      dataSource: "process.exit(0);",
      command,
      headline: /^FAILED: The process ended before the command was done: .* called process\.exit\(0\)/m,
    },
    {
      name: `a promise in the DataSource that never settles, for ${command[0] ?? ""}`,
      body: create,
      dataSource: "await new Promise(() => undefined);",
      command,
      headline: /^FAILED: The process ended before the command was done: a promise .* never settles/m,
    },
  ]),
];

function createProject({ body, config = "", dataSource = "" }: Ending): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.mjs": `${config}\nexport default { scriptLocation: "migrations", dataSource: "data-source.mjs" };`,
    "data-source.mjs": dataSource,
    "migrations/versions/r001.ts": revisionText({ id: "r001", extra: imports, upgrade: body }),
    "migrations/versions/r002.ts": revisionText({
      id: "r002",
      down: "r001",
      upgrade: `  await op.execute("CREATE TABLE other ()");`,
    }),
  });
}

function lineOf(project: ProjectFolder, text: string): number {
  const lines = readFileSync(join(project.path, "migrations/versions/r001.ts"), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe("what a revision leaves behind that nobody waits for", function () {
  this.timeout(60_000);

  for (const ending of endings) {
    it(`is no success: ${ending.name}`, async () => {
      const project = createProject(ending);
      const url = await (await sharedPostgres()).createDatabase();
      try {
        const { command = ["upgrade", "head"] } = ending;
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, command).ended;
        assert.match(stdout, ending.headline, stderr);
        assert.equal(exitCode, 255, stdout + stderr);
        assert.doesNotMatch(stderr, /node:internal/);
        if (ending.at !== undefined) {
          assert.match(stderr, new RegExp(`r001\\.ts:${String(lineOf(project, ending.at))}:`));
        }
        assert.deepEqual((await versionRows(url)) ?? [], ending.recorded ?? []);
      } finally {
        project.remove();
      }
    });
  }

  it("is told of when it keeps the run waiting, and ended by the first signal", async () => {
    const project = createProject({
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
    const project = createProject({
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
    const project = createProject({
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
