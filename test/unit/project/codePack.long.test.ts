import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "../../..");
const count = 40;

/** Loads all files of a folder as the entities are loaded, and prints what each of them exports. */
const program = `
const { readdirSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { installCommonjsHooks } = require("./src/project/loader/commonjsHooks.ts");
const { quickly } = require("./src/project/loader/quickly.ts");
// A file that has just been written is not taken for untouched: to this clock it is a minute old.
const now = Date.now;
Date.now = () => now() + 60_000;
(async () => {
  installCommonjsHooks();
  const folder = process.argv[1];
  const require = createRequire(join(folder, "f0.ts"));
  const found = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".ts"))) {
    try {
      found.push(await quickly(async () => require(join(folder, name)).value));
    } catch (error) {
      found.push(error.message + " " + /f\\d+\\.ts|[0-9a-f]{40}\\.js/.exec(error.stack)?.[0]);
    }
  }
  console.log(JSON.stringify(found));
})();
`;

describe("compiled files as one script", function () {
  this.timeout(60_000);
  let folder: string;
  let sources: string;
  const cache = (): string => {
    const compiled = join(folder, "cache/alembic-ts/compiled");
    const [shelf = ""] = readdirSync(compiled).filter((name) => /^[0-9a-f]{40}$/.test(name));
    return join(compiled, shelf);
  };
  const packed = (ending: string): readonly string[] =>
    readdirSync(cache()).filter((name) => /^pack\.[0-9a-f]{40}\./.test(name) && name.endsWith(ending));

  function load(): readonly unknown[] {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--import", "tsx", "-e", program, sources],
      {
        cwd: repository,
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
      },
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as readonly unknown[];
  }

  function write(index: number, text: string): void {
    writeFileSync(join(sources, `f${String(index)}.ts`), text);
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-code-"));
    sources = join(folder, "entities");
    mkdirSync(sources);
    for (let index = 0; index < count; index += 1) {
      write(
        index,
        `import { basename } from "node:path";
export const value: string = [basename(__filename), basename(__dirname), module.id === __filename, this === module.exports, typeof require.resolve].join(" ");
// A comment at the end`,
      );
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const expected = (name: string): string => `${name} entities true true function`;

  it("give what they give one by one", () => {
    const first = load();
    assert.deepEqual(
      [...first].sort(),
      Array.from({ length: count }, (_, at) => expected(`f${String(at)}.ts`)).sort(),
    );
    assert.deepEqual([packed(".js").length, packed(".jsc").length], [1, 0]);
    assert.deepEqual(load(), first);
    assert.equal(packed(".jsc").length, 1);
    assert.deepEqual(load(), first);
  });

  it("are not taken for what a file has become since", () => {
    const names = readdirSync(sources);
    const at = names.indexOf("f7.ts");
    const before = load();
    write(7, `export const value: string = "new";\n`);
    assert.deepEqual(load(), before.with(at, "new"));
  });

  it("are run from their own files where the script is damaged", () => {
    const before = load();
    for (const name of [...packed(".js"), ...packed(".jsc")]) {
      truncateSync(join(cache(), name), 100);
    }
    assert.deepEqual(load(), before);
  });

  it("leave out nothing but themselves where one is no function's body", () => {
    for (let index = 0; index < count; index += 1) {
      write(
        index,
        index === 3
          ? "await Promise.resolve();\nexport const value = 3;"
          : `export const value = ${String(index)};`,
      );
    }
    const first = load();
    assert.deepEqual(load(), first);
    assert.equal(first.filter((value) => typeof value === "number").length, count - 1);
  });
});
