import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(__dirname, "../../..");

const program = `
const { loadBundle } = require("./loadBundle.js");
const { answer } = loadBundle("./first.js");
answer().then((text) => console.log(text));
`;

/** One that asks for another beside it, for a module of Node's, for a package, and for an ES module. */
const first = `
const { version } = require("./second.js");
exports.answer = async () =>
  [version(), require("node:path").basename(__filename), typeof require.resolve("esbuild"), (await require("./importModule.js").importModule("./third.mjs")).default].join(" ");
`;

const second = (version: number): string => `exports.version = () => "version ${String(version)}";\n`;

describe("the program's own bundles, kept compiled", function () {
  this.timeout(60_000);
  let folder = "";
  let cache = "";

  before(async () => {
    folder = realpathSync(mkdtempSync(join(root, "out-bundles-")));
    await build({
      entryPoints: ["loadBundle", "importModule"].map((name) => join(root, `src/cli/${name}.ts`)),
      outdir: folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
    });
    writeFileSync(join(folder, "program.js"), program);
    writeFileSync(join(folder, "first.js"), first);
    writeFileSync(join(folder, "third.mjs"), `export default "imported";\n`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(() => {
    cache = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-cache-")));
    writeFileSync(join(folder, "second.js"), second(1));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  function run(command = "check", place = cache, bundles = folder): string {
    return execFileSync(process.execPath, [join(bundles, "program.js"), command], {
      env: { ...process.env, XDG_CACHE_HOME: place },
      encoding: "utf8",
    }).trim();
  }

  const compiled = (place = cache): string => join(place, "alembic-ts", "compiled", "program");
  const kept = (): readonly (readonly [name: string, file: number])[] =>
    readdirSync(compiled()).map((name) => [name, statSync(join(compiled(), name)).ino] as const);
  const names = (command: string): readonly string[] =>
    ["first.js", "second.js"].map((name) => `${name}-${command}-${process.version}-${process.arch}`);

  const answer = (version: number): string => `version ${String(version)} first.js string imported`;

  it("gives the same the second time, from what the first has kept", () => {
    assert.equal(run(), answer(1));
    const before = kept();
    assert.deepEqual(
      before.map(([name]) => name),
      names("check"),
    );
    assert.equal(run(), answer(1));
    assert.deepEqual(kept(), before);
  });

  it("keeps the code of frequent commands apart from that of all others", () => {
    ["check", "upgrade", "merge", "no such thing"].forEach((command) => run(command));
    assert.deepEqual(
      kept().map(([name]) => name),
      ["check", "other", "upgrade"].flatMap(names).sort(),
    );
  });

  it("takes nothing of another text, even of the same length", () => {
    run();
    writeFileSync(join(folder, "second.js"), second(2));
    assert.equal(run(), answer(2));
    assert.equal(run(), answer(2));
  });

  it("takes nothing of the same text elsewhere, whose stack traces name its own place", () => {
    const elsewhere = realpathSync(mkdtempSync(join(root, "out-bundles-")));
    try {
      writeFileSync(
        join(folder, "second.js"),
        `exports.version = () => require("node:path").dirname(/\\((.*second\\.js)/.exec(new Error().stack)[1]);\n`,
      );
      cpSync(folder, elsewhere, { recursive: true });
      const placeOf = (output: string): string | undefined => output.split(" ")[0];
      assert.equal(placeOf(run()), folder);
      assert.equal(placeOf(run("check", cache, elsewhere)), elsewhere);
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it("takes nothing that was changed, and keeps it anew", () => {
    run();
    for (const [name] of kept()) {
      const path = join(compiled(), name);
      const contents = readFileSync(path);
      contents.fill(0, contents.length / 2);
      writeFileSync(path, contents);
    }
    const damaged = kept();
    assert.equal(run(), answer(1));
    assert.notDeepEqual(kept(), damaged);
  });

  it("keeps it anew after a day, since other functions may have been run by then", () => {
    run();
    const before = kept();
    const old = new Date(Date.now() - 25 * 3600 * 1000);
    before.forEach(([name]) => utimesSync(join(compiled(), name), old, old));
    assert.equal(run(), answer(1));
    assert.notDeepEqual(kept(), before);
  });

  it("keeps nothing in a project, which may have brought it along", () => {
    const project = join(cache, "project");
    mkdirSync(join(project, ".git"), { recursive: true });
    assert.equal(run("check", project), answer(1));
    assert.throws(() => readdirSync(compiled(project)), { code: "ENOENT" });
  });
});
