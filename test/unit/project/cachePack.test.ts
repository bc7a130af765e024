import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCachePack } from "../../../src/project/loader/cachePack";

/** Asks for texts in a process of its own, and gives what it read one by one. */
function useInProcess(folder: string, keys: readonly string[]): readonly string[] {
  const program = `
    const { openCachePack } = require(${JSON.stringify(join(__dirname, "../../../src/project/loader/cachePack.ts"))});
    const pack = openCachePack(${JSON.stringify(folder)}, "/sources");
    const read = [];
    for (const key of ${JSON.stringify(keys)}) {
      const text = pack.get(key, () => { read.push(key); return "text of " + key; });
      if (text !== "text of " + key) { throw new Error(text); }
    }
    console.log(JSON.stringify(read));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: join(__dirname, "../../.."),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as readonly string[];
}

describe("cached texts in one file", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "alembic-ts-pack-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keys = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `key ${String(index)}`);

  it("are packed by a process that read many, and read from the pack by the next", () => {
    assert.deepEqual(useInProcess(folder, keys(40)), keys(40));
    assert.equal(readdirSync(folder).length, 1);
    assert.deepEqual(useInProcess(folder, keys(41)), ["key 40"]);
  }).timeout(20_000);

  it("are left one by one where they are few", () => {
    useInProcess(folder, keys(3));
    assert.deepEqual(readdirSync(folder), []);
  }).timeout(20_000);

  it("are read one by one where the pack is damaged", () => {
    useInProcess(folder, keys(40));
    const [pack = ""] = readdirSync(folder);
    for (const damaged of ["", "{", "[1]", '{"texts": {"key 0": 1}}', '{"texts": 1}', "null"]) {
      writeFileSync(join(folder, pack), damaged);
      assert.equal(
        openCachePack(folder, "/sources").get("key 0", () => "read"),
        "read",
      );
    }
  }).timeout(20_000);

  it("of sources are found without reading them, unless they were touched", () => {
    const program = (use: string): string => `
      const { openCachePack } = require(${JSON.stringify(join(__dirname, "../../../src/project/loader/cachePack.ts"))});
      const pack = openCachePack(${JSON.stringify(folder)}, "/sources");
      ${use}`;
    const run = (use: string): string =>
      spawnSync(process.execPath, ["--import", "tsx", "-e", program(use)], {
        cwd: join(__dirname, "../../.."),
        encoding: "utf8",
      }).stdout;
    run(
      `for (let n = 0; n < 40; n += 1) { pack.add("key" + n, "text" + n); pack.note("source" + n, "stamp", "key" + n); }`,
    );
    assert.equal(
      run(
        `console.log(pack.getUntouched("source3", "stamp"), pack.getUntouched("source3", "other"), pack.getUntouched("none", "stamp"))`,
      ),
      "text3 undefined undefined\n",
    );
  }).timeout(20_000);

  it("that are nowhere are not made up", () => {
    assert.equal(
      openCachePack(folder, "/sources").get("key", () => undefined),
      undefined,
    );
  });
});
