import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compilerVersion } from "../../../src/project/loader/compiler";

const repository = join(__dirname, "../../..");
const text = `export const value: string = "the author's";\n`;
const planted = `exports.value = "planted";\n`;

const program = `
const { loadModule } = require("./src/project/loadModule.ts");
loadModule(process.argv[1]).then(({ value }) => console.log(value));
`;

describe("the cache of compiled files", function () {
  this.timeout(30_000);
  let folder: string;
  let project: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-compiled-")));
    project = join(folder, "shared/project");
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "main.ts"), text);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const cache = (): string => join(folder, "cache");
  const compiled = (): string => join(cache(), "alembic-ts/compiled");
  /** What `main.ts` gives in a process of its own, and all that it says. */
  function load(cacheHome = cache(), shell = ""): string {
    const { stdout, stderr } = spawnSync(
      "sh",
      [
        "-c",
        `${shell} exec "$0" "$@"`,
        process.execPath,
        "--import",
        "tsx",
        "-e",
        program,
        join(project, "main.ts"),
      ],
      {
        cwd: repository,
        encoding: "utf8",
        env: { ...process.env, XDG_CACHE_HOME: cacheHome, TSX_DISABLE_CACHE: "1" },
      },
    );
    return stdout + stderr;
  }
  /** The files of the cache, without its key. */
  const entries = (from = compiled()): readonly string[] =>
    readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "key")
      .map((entry) => join(entry.parentPath, entry.name));

  it("runs nothing that lies in node_modules, of the project or above it", () => {
    const key = createHash("sha1")
      .update([compilerVersion, "2", "commonjs", "false", join(project, "main.ts"), text].join("\0"))
      .digest("hex");
    for (const place of [project, join(folder, "shared")]) {
      const there = join(place, "node_modules/.cache/alembic-ts");
      mkdirSync(there, { recursive: true });
      writeFileSync(join(there, `${key}.js`), planted);
    }
    assert.equal(load(), "the author's\n");
  });

  it("writes nothing into the project", () => {
    mkdirSync(join(project, "node_modules"));
    assert.equal(load(), "the author's\n");
    assert.deepEqual(readdirSync(project, { recursive: true }).sort(), ["main.ts", "node_modules"]);
    assert.ok(entries().length > 0);
  });

  const plantings: readonly (readonly [string, (path: string) => void])[] = [
    [
      "an entry that another program wrote",
      (path) => {
        writeFileSync(path, planted);
      },
    ],
    [
      "an entry with the digest of another",
      (path) => {
        writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, 32), Buffer.from(planted)]));
      },
    ],
    [
      "an entry that was cut",
      (path) => {
        writeFileSync(path, readFileSync(path).subarray(0, 40));
      },
    ],
    [
      "an empty entry",
      (path) => {
        writeFileSync(path, "");
      },
    ],
  ];
  for (const [name, plant] of plantings) {
    it(`compiles anew instead of running ${name}`, () => {
      assert.equal(load(), "the author's\n");
      const before = entries();
      assert.ok(before.length > 0);
      before.forEach(plant);
      assert.equal(load(), "the author's\n");
    });
  }

  it("does not run what was sealed under another name", () => {
    const other = join(folder, "shared/other");
    mkdirSync(other);
    writeFileSync(join(other, "main.ts"), `export const value: string = "another file's";\n`);
    const shelves = (): readonly string[] => entries().filter((path) => path.endsWith(".js"));
    assert.equal(load(), "the author's\n");
    const [own = ""] = shelves();
    const first = project;
    project = other;
    assert.equal(load(), "another file's\n");
    const [added = ""] = shelves().filter((path) => path !== own);
    cpSync(added, own);
    project = first;
    assert.equal(load(), "the author's\n");
  });

  it("keeps its key and entries from others, and makes a new key where others could read it", () => {
    load();
    const key = join(compiled(), "key");
    const modes = [key, ...entries()].map((path) => statSync(path).mode & 0o777);
    assert.deepEqual(new Set(modes), new Set([0o600]));
    const before = readFileSync(key);
    load();
    assert.deepEqual(readFileSync(key), before);
    chmodSync(key, 0o644);
    assert.equal(load(), "the author's\n");
    assert.notDeepEqual(readFileSync(key), before);
    assert.equal(statSync(key).mode & 0o777, 0o600);
  });

  it("is not one that the project has brought along, key and all", () => {
    writeFileSync(join(project, "package.json"), "{}");
    const brought = join(project, "brought");
    load(brought);
    assert.equal(existsSync(join(brought, "alembic-ts/compiled")), false);
  });

  it("is done without where the disk is full", () => {
    assert.equal(load(cache(), "trap '' XFSZ; ulimit -f 0;"), "the author's\n");
    assert.deepEqual(existsSync(compiled()) ? readdirSync(compiled()) : [], []);
    assert.equal(load(), "the author's\n");
  });
});
