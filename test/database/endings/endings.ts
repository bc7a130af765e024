import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startCommand } from "../../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { versionRows } from "../../support/queryRows";
import { sharedPostgres } from "../../support/sharedPostgres";

export const create = `  await op.execute("CREATE TABLE made ()");`;
const late = `op.execute("CREATE TABLE late ()")`;
const imports = `import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { pbkdf2 } from "node:crypto";
import { promisify } from "node:util";`;

/** A revision, or a configuration, that leaves something behind, or waits for what never comes. */
export interface Ending {
  readonly name: string;
  /** Whether `npm test` runs it too; `test:long` runs all. */
  readonly isTelling?: true;
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

export const endings: readonly Ending[] = [
  {
    name: "a loop of async functions that read a file each",
    isTelling: true,
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
    isTelling: true,
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
    isTelling: true,
    body: `${create}\n  process.on("exit", () => process.exit(0));\n  throw new Error("a mistake");`,
    headline: /^FAILED: Revision r001 failed in upgrade\(\): a mistake/m,
  },
  {
    name: "a timer that throws, and code that ends the process with 0 at the end",
    body: `${create}\n  process.on("exit", () => process.exit(0));\n  setTimeout(() => { throw new Error("a mistake"); }, 5);\n  await delay(1000);`,
    headline: /^FAILED: Unhandled failure in the project's code: a mistake/m,
  },
  {
    name: "process.exit() of a timer that nobody waits for",
    body: `${create}\n  setTimeout(() => process.exit(), 20);\n  await delay(1000);`,
    headline: /^FAILED: The process ended before the command was done/m,
  },
  {
    name: "an async function that throws",
    body: `${create}\n  void (async () => {\n    await delay(5);\n    throw new Error("a mistake");\n  })();`,
    headline: /^FAILED: Unhandled failure in the project's code: a mistake \(at .*r001\.ts:\d+:\d+\)/m,
  },
  {
    name: "a timer that throws",
    isTelling: true,
    body: `${create}\n  setTimeout(() => {\n    throw new Error("a mistake");\n  }, 5);`,
    headline: /^FAILED: Unhandled failure in the project's code: a mistake/m,
  },
  {
    name: "a forgotten await of an operation that fails",
    isTelling: true,
    body: `  [1].forEach(async () => {\n    await op.execute("CREATE TABLE broken (");\n  });`,
    headline: /^FAILED: Revision r001 failed in upgrade\(\): syntax error/m,
    at: "broken",
  },
  {
    name: "a promise that never settles",
    isTelling: true,
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
    isTelling: true,
    body: create,
    config: "await new Promise(() => undefined);",
    headline: /^FAILED: The process ended before the command was done: a promise .* never settles/m,
  },
  ...[["check"], ["revision", "--autogenerate", "-m", "change"]].flatMap((command): Ending[] => [
    {
      name: `process.exit(0) in the DataSource, for ${command[0] ?? ""}`,
      ...(command[0] === "check" && { isTelling: true as const }),
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

export function createEndingProject({ body, config = "", dataSource = "" }: Ending): ProjectFolder {
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

export function lineOf(project: ProjectFolder, text: string): number {
  const lines = readFileSync(join(project.path, "migrations/versions/r001.ts"), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

/** Holds that the command fails as it should, and that no revision is recorded of which an operation is missing. */
export async function checkEnding(ending: Ending): Promise<void> {
  const project = createEndingProject(ending);
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
}
