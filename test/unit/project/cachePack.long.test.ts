import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCachePack, type CachePack } from "../../../src/project/loader/cachePack";
import { openSealedFiles } from "../../../src/project/loader/sealedFiles";

const repository = join(__dirname, "../../..");

/** A program that has opened the pack of a folder. */
function opened(folder: string): string {
  return `
    const { openCachePack } = require(${JSON.stringify(join(repository, "src/project/loader/cachePack.ts"))});
    const { openSealedFiles } = require(${JSON.stringify(join(repository, "src/project/loader/sealedFiles.ts"))});
    const files = openSealedFiles(${JSON.stringify(join(folder, ".."))});
    const pack = openCachePack(${JSON.stringify(folder)}, files, (path) => process.env[path]);
    const source = (n, stamp = "stamp") => ({ name: "source" + n, stamp, format: "module" });
  `;
}

/** Asks for texts in a process of its own, and gives what it read one by one. */
function useInProcess(folder: string, keys: readonly string[]): readonly string[] {
  const program = `${opened(folder)}
    const read = [];
    for (const key of ${JSON.stringify(keys)}) {
      const text = pack.get(key, () => { read.push(key); return "text of " + key; });
      if (text !== "text of " + key) { throw new Error(text); }
    }
    console.log(JSON.stringify(read));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: repository,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as readonly string[];
}

describe("cached texts in one file", () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "alembic-ts-pack-"));
    folder = join(root, "sources");
    mkdirSync(folder);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const open = (): CachePack => {
    const files = openSealedFiles(root);
    assert.ok(files !== undefined);
    return openCachePack(folder, files, () => undefined);
  };

  const keys = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `key ${String(index)}`);

  it("are packed by a process that read many, and read from the pack by the next", () => {
    assert.deepEqual(useInProcess(folder, keys(40)), keys(40));
    assert.equal(readdirSync(folder).length, 2);
    assert.deepEqual(useInProcess(folder, keys(41)), ["key 40"]);
  }).timeout(20_000);

  it("are left one by one where they are few", () => {
    useInProcess(folder, keys(3));
    assert.deepEqual(readdirSync(folder), []);
  }).timeout(20_000);

  it("are read one by one where the pack is damaged", () => {
    useInProcess(folder, keys(40));
    for (const damaged of ["", "{", "[1]", '{"key 0": 1}', "null", "1", '{"key 0": "planted"}']) {
      for (const name of readdirSync(folder)) {
        writeFileSync(join(folder, name), damaged);
      }
      assert.equal(
        open().get("key 0", () => "read"),
        "read",
      );
      for (const name of readdirSync(folder)) {
        openSealedFiles(root)?.write(join(folder, name), damaged.replace("planted", "read"));
      }
      assert.equal(
        open().get("key 0", () => "read"),
        "read",
      );
    }
  }).timeout(20_000);

  it("of sources are found without reading them, unless they were touched", () => {
    const run = (use: string): string =>
      spawnSync(process.execPath, ["--import", "tsx", "-e", opened(folder) + use], {
        cwd: repository,
        encoding: "utf8",
      }).stdout;
    run(
      `for (let n = 0; n < 40; n += 1) { pack.add("key" + n, "text" + n); pack.note(source(n), "key" + n); }`,
    );
    const found = (call: string): string => run(`console.log(pack.getUntouched(source(${call})))`);
    assert.deepEqual(
      [found("3"), found('3, "other"'), found('"none"')],
      ["text3\n", "undefined\n", "undefined\n"],
    );
    assert.equal(run("console.log(pack.getFunction(source(3)))"), "undefined\n", "It is an ES module.");
  }).timeout(20_000);

  it("of sources are not found when a file that they depend on has changed", () => {
    const run = (use: string, stamps: Readonly<Record<string, string>>): string =>
      spawnSync(process.execPath, ["--import", "tsx", "-e", opened(folder) + use], {
        cwd: repository,
        encoding: "utf8",
        env: { ...process.env, ...stamps },
      }).stdout;
    const note = `for (let n = 0; n < 40; n += 1) {
      pack.add("key" + n, "text" + n); pack.note(source(n), "key" + n, n === 3 ? [["FIRST", "1"], ["SECOND", "2"]] : []); }`;
    run(note, {});
    const find = "console.log(pack.getUntouched(source(3)), pack.getUntouched(source(4)))";
    assert.deepEqual(
      [{ FIRST: "1", SECOND: "2" }, { FIRST: "1", SECOND: "3" }, { FIRST: "1" }].map((stamps) =>
        run(find, stamps),
      ),
      ["text3 text4\n", "undefined text4\n", "undefined text4\n"],
    );
  }).timeout(20_000);

  it("that nobody knows any more are not packed as empty ones", () => {
    const run = (use: string): void => {
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", "-e", opened(folder) + use],
        {
          cwd: repository,
          encoding: "utf8",
        },
      );
      assert.equal(status, 0, stderr);
    };
    const packed = (): Readonly<Record<string, string>> => {
      const name = readdirSync(folder).find((file) => file.endsWith(".texts.json")) ?? "";
      return JSON.parse(openSealedFiles(root)?.read(join(folder, name))?.toString("utf8") ?? "") as Readonly<
        Record<string, string>
      >;
    };
    const compiled = `const compiled = (n) => ({ ...source(n), format: "commonjs" });`;
    const pack = (from: number): string =>
      `${compiled} for (let n = ${from}; n < ${from} + 40; n += 1) {
         pack.add("key" + n, "exports.n = " + n); pack.note(compiled(n), "key" + n); }`;
    run(pack(0));
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".texts.json"))) {
      rmSync(join(folder, name));
    }
    // It runs what it finds as a function, whose text is gone, notes one that it never adds, and packs anew.
    run(`${pack(100)}
      if (pack.getFunction(compiled(3)) === undefined) { throw new Error("no function"); }
      pack.note(compiled(200), "key200");`);
    assert.deepEqual(
      packed(),
      Object.fromEntries(
        Array.from({ length: 40 }, (_, n) => [`key${n + 100}`, `exports.n = ${n + 100}`] as const),
      ),
    );
    run(`${compiled}
      for (const n of [3, 200]) {
        if (pack.getFunction(compiled(n)) !== undefined || pack.getUntouched(compiled(n)) !== undefined) {
          throw new Error("made up");
        }
      }
      if (pack.getFunction(compiled(103)) === undefined) { throw new Error("lost"); }`);
  }).timeout(20_000);

  it("of sources that are still there stay, whatever else is packed later", () => {
    const run = (use: string): string => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", "tsx", "-e", opened(folder) + use],
        { cwd: repository, encoding: "utf8" },
      );
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const file = (n: number): string => join(root, `file${String(n)}.ts`);
    [0, 1].forEach((n) => writeFileSync(file(n), ""));
    const of = `const of = (n) => ({ ...source(n), name: "settings\\0" + ${JSON.stringify(root)} + "/file" + n + ".ts" });`;
    const pack = (from: number): string =>
      `${of} for (let n = ${from}; n < ${from} + 40; n += 1) { pack.add("key" + n, "text" + n); pack.note(of(n), "key" + n); }`;
    run(pack(0));
    run(pack(100));
    rmSync(file(1));
    run(pack(200));
    assert.equal(
      run(`${of} console.log([0, 1, 2, 100, 200].map((n) => pack.getUntouched(of(n)) ?? "none").join(" "));`),
      "text0 none none none text200\n",
    );
  }).timeout(20_000);

  it("are packed before the process ends, once nothing more is added", () => {
    const { signal } = spawnSync(
      process.execPath,
      [
        "--import",
        "tsx",
        "-e",
        `${opened(folder)}
        const { watch } = require("node:fs");
        watch(${JSON.stringify(folder)}, (event, name) => name === "pack.index.json" && process.kill(process.pid, "SIGKILL"));
        for (let n = 0; n < 40; n += 1) { pack.add("key " + n, "text of key " + n); }`,
      ],
      { cwd: repository, encoding: "utf8" },
    );
    assert.equal(signal, "SIGKILL");
    assert.deepEqual(useInProcess(folder, keys(40)), []);
  }).timeout(20_000);

  it("that are nowhere are not made up", () => {
    assert.equal(
      open().get("key", () => undefined),
      undefined,
    );
  });
});
