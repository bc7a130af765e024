import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join, posix } from "node:path";
import JSZip from "jszip";
import { rules, textRules } from "../../src/lint/rules/ruleTable";
import { packedFile, repository } from "./packed";

const golden = join(repository, "test", "golden", "package", "files.txt");
const kilobyte = 1024;

/** The most bytes that a file may have; the extension's own is loaded when the editor starts. */
const limits: ReadonlyMap<string, number> = new Map([
  ["extension/dist/extension.js", 151 * kilobyte],
  // What the next three have in common.
  ["extension/dist/shared.js", 1100 * kilobyte],
  ["extension/dist/engine.js", 100 * kilobyte],
  ["extension/dist/everyCommand.js", 150 * kilobyte],
  ["extension/dist/mcpServer.js", 500 * kilobyte],
  ["extension/dist/cli.js", 10 * kilobyte],
  ["extension/dist/readingCommand.js", 318 * kilobyte],
  ["extension/dist/parser.js", 500 * kilobyte],
  ["extension/dist/typesPlugin.js", 4 * kilobyte],
]);

/** The most bytes that the whole file may have. */
const sizeLimit = 7 * kilobyte * kilobyte;

const rulePage = /^extension\/docs\/rules\/(?!README)(.+)\.md$/;

/** A line for each file but the pages of rules, and one for each package of node_modules and for all types. */
function listing(names: readonly string[]): string {
  const packages = new Map<string, number>();
  const lines: string[] = [];
  for (const name of names.filter((each) => !rulePage.test(each))) {
    const inPackage = /^(.*\/(?:node_modules\/(?:@[^/]+\/)?[^/]+|dist\/types))\//.exec(name)?.[1];
    if (inPackage === undefined) {
      lines.push(name);
    } else {
      packages.set(inPackage, (packages.get(inPackage) ?? 0) + 1);
    }
  }
  lines.push(...[...packages].map(([folder, count]) => `${folder}/ (${count} files)`));
  return `${lines.sort().join("\n")}\n`;
}

function isOurText(name: string): boolean {
  return !name.includes("/node_modules/") && /\.(js|json|md|txt|xml|vsixmanifest|svg)$/.test(name);
}

describe("the packed extension", function () {
  this.timeout(960_000);
  let zip: JSZip;
  let names: readonly string[];

  let bytes: number;

  before(async () => {
    const vsix = await packedFile("vsix");
    bytes = statSync(vsix).size;
    zip = await JSZip.loadAsync(readFileSync(vsix));
    names = Object.values(zip.files).flatMap(({ name, dir }) => (dir ? [] : [name]));
  });

  it("holds what it needs and nothing else", () => {
    const actual = listing(names);
    if (process.env["UPDATE_GOLDEN"] === "1") {
      mkdirSync(dirname(golden), { recursive: true });
      writeFileSync(golden, actual);
    }
    assert.equal(actual, readFileSync(golden, "utf8"));
  });

  it("holds the page of each rule of lint, and of no other", () => {
    assert.deepEqual(
      names.flatMap((name) => rulePage.exec(name)?.[1] ?? []).sort(),
      [...rules, ...textRules].map(({ code }) => code).sort(),
    );
  });

  it("holds every file that its manifest names, and the entry points that its code loads", async () => {
    const manifest = (await zip.file("extension/package.json")?.async("string")) ?? "";
    const named = [...manifest.matchAll(/": ?"\.?\/?((?:dist|media|snippets|syntaxes|l10n)\/[^"*]+)"/g)];
    assert.ok(named.length > 0);
    const isForNpm = (file: string): boolean => file.startsWith("dist/types/");
    assert.deepEqual(
      named
        .map((match) => match[1] ?? "")
        .filter((file) => !isForNpm(file) && !names.includes(`extension/${file}`)),
      [],
    );
    assert.ok(names.includes("extension/dist/engine.js"));
  });

  it("names the licence of everything that it holds of others", async () => {
    const notices = (await zip.file("extension/dist/ThirdPartyNotices.txt")?.async("string")) ?? "";
    const folders = names.flatMap(
      (name) => /\/dist\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1] ?? [],
    );
    const bundled = [
      "pg",
      "pg-types",
      "postgres-array",
      "commander",
      "@babel/parser",
      "vscode-jsonrpc",
      "split2",
      "libpg-query",
      "@lezer/python",
      "@lezer/lr",
    ];
    for (const name of [...new Set([...folders, ...bundled, "dotenv", "smol-toml", "PostgreSQL,"])]) {
      assert.ok(notices.includes(`\n${name} `), name);
    }
  });

  it("is small to download", () => {
    assert.ok(bytes <= sizeLimit, `it has ${(bytes / kilobyte / kilobyte).toFixed(2)} MB`);
  });

  for (const [name, limit] of limits) {
    it(`keeps ${name} at ${limit / kilobyte} KB or less`, async () => {
      const size = (await zip.file(name)?.async("uint8array"))?.length ?? Infinity;
      assert.ok(size <= limit, `it has ${Math.ceil(size / kilobyte)} KB`);
    });
  }

  it("holds the types of the package in 300 KB or less, and no file that they import is missing", async () => {
    const types = names.filter((name) => name.startsWith("extension/dist/types/"));
    let size = 0;
    for (const name of types) {
      const text = (await zip.file(name)?.async("string")) ?? "";
      size += text.length;
      for (const [, imported = ""] of text.matchAll(/(?:from |import\()"([^"]+)"/g)) {
        assert.match(imported, /^\.\.?\//, name);
        assert.ok(
          names.includes(`${posix.join(posix.dirname(name), imported)}.d.ts`),
          `${name}: ${imported}`,
        );
      }
    }
    assert.ok(size <= 300 * kilobyte, `they have ${Math.ceil(size / kilobyte)} KB`);
  });

  it("holds no source map, nor points at one", async () => {
    assert.deepEqual(
      names.filter((name) => name.endsWith(".map")),
      [],
    );
    for (const name of names.filter(isOurText)) {
      assert.doesNotMatch(
        (await zip.file(name)?.async("string")) ?? "",
        /^\/\/# sourceMappingURL=[\w./:-]+\s*$/m,
        name,
      );
    }
  });

  it("says nothing of the machine that made it, and holds no secret", async () => {
    const user = userInfo().username;
    // A user's name such as `root` is a word of its own.
    const personal = user.length > 5 ? [user] : [];
    const paths = [repository, homedir(), tmpdir()]
      .filter((path) => path.length > 4)
      .map((path) => `${path}/`);
    const secrets =
      /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:npm_|gh[pousr]_)[A-Za-z0-9]{30,}|\bAKIA[A-Z0-9]{16}\b/;
    for (const name of names.filter(isOurText)) {
      const text = (await zip.file(name)?.async("string")) ?? "";
      for (const word of [...paths, ...personal]) {
        assert.ok(!text.includes(word), `${name} names ${word}`);
      }
      assert.doesNotMatch(text, secrets, name);
    }
    assert.deepEqual(
      names.filter((name) => /(^|\/)\.(env|npmrc|git|vscode)/.test(name)),
      [],
    );
  });

  it("refers to no picture and no page that are not in it", async () => {
    const readme = (await zip.file("extension/readme.md")?.async("string")) ?? "";
    assert.match(readme, /^# Alembic for TypeORM/);
    assert.match(readme, /^## Documentation$/m);
    const links = [...readme.matchAll(/\[[^\]]*\]\(([^)]*)\)/g)].map((match) => match[1] ?? "");
    assert.deepEqual(
      links.filter((link) => !/^(?:https:|#)/.test(link)),
      [],
    );
  });
});
