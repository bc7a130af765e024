import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "../../..");
const count = 40;

/** Runs all revisions of a folder, and prints what each gives, or the place in its file where it fails. */
const program = `
const { readdirSync } = require("node:fs");
const { join } = require("node:path");
const { loadRevisionModule, mapRevisionToSource } = require("./src/project/loadModule.ts");
const { findPosition } = require("./src/operations/callSite.ts");
// A file that has just been written is not taken for untouched: to this clock it is a minute old.
const now = Date.now;
Date.now = () => now() + 60_000;
(async () => {
  const folder = process.argv[1];
  const found = {};
  let isPacked = false;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    try {
      const revision = await loadRevisionModule(path);
      isPacked ||= /pack\\.[0-9a-f]{40}\\.js/.test(revision.stack?.());
      found[name] = revision.upgrade();
    } catch (error) {
      mapRevisionToSource(path);
      const { line, column } = findPosition(error.cause ?? error, (file) => file === path) ?? {};
      found[name] = [error.message.replaceAll(folder, ""), line, column];
    }
  }
  console.log(JSON.stringify({ found, isPacked }));
})();
`;

interface Outcome {
  readonly found: Readonly<Record<string, unknown>>;
  readonly isPacked: boolean;
}

describe("revisions that were compiled together", function () {
  this.timeout(60_000);
  let folder: string;
  let versions: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-revisions-"));
    versions = join(folder, "versions");
    mkdirSync(versions);
    for (let index = 10; index < 10 + count; index += 1) {
      write(index, `export function upgrade(): string {\n  return "${String(index)}";\n}\n`);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(index: number, text: string): void {
    writeFileSync(join(versions, `r${String(index)}.ts`), text);
  }

  function run(variables: Readonly<Record<string, string>> = {}): Outcome {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--import", "tsx", "-e", program, versions],
      {
        cwd: repository,
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), ...variables },
      },
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Outcome;
  }

  it("fail at the same places of their files as by themselves", () => {
    write(
      20,
      `type A = {\n  b: string;\n};\nexport function upgrade(): void {\n  throw new Error("first");\n}\n`,
    );
    // The first, since a map that is there renames the places of all.
    write(
      10,
      `export const stack = () => new Error().stack;\nexport const upgrade = (): void => { throw new Error("here"); };\n`,
    );
    write(30, `const text: string = \`\n\n\`;\nthrow new Error("while it loads" + text.trim());\n`);
    write(49, `type A = {\n  b: string;\n};\nexport const upgrade = () => missing;\n`);
    const alone = run();
    assert.equal(alone.isPacked, false);
    assert.deepEqual(
      [10, 11, 20, 30, 49].map((index) => alone.found[`r${String(index)}.ts`]),
      [
        ["here", 2, 44],
        "11",
        ["first", 5, 9],
        ["/r30.ts:4:7: while it loads", 4, 7],
        ["missing is not defined", 4, 30],
      ],
    );
    for (const round of ["written", "compiled", "read"]) {
      assert.deepEqual(run(), { found: alone.found, isPacked: true }, round);
    }
  });

  it("are each of its own where it imports others while it runs, or is new", () => {
    write(12, `export const upgrade = async (): Promise<unknown> => (await import("node:path")).sep;\n`);
    const alone = run();
    write(13, `export const upgrade = (): string => "new";\n`);
    assert.deepEqual(run().found, { ...alone.found, "r13.ts": "new" });
  });

  it("keep their own names for whoever measures coverage", () => {
    write(
      20,
      `export const stack = (): unknown => new Error().stack;\nexport const upgrade = (): number => 1;\n`,
    );
    run();
    assert.equal(run().isPacked, true);
    assert.equal(run({ NODE_V8_COVERAGE: join(folder, "coverage") }).isPacked, false);
  });
});
