import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { createProjectFolder } from "../support/projectFolder";

const root = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const page = read("docs/architecture.md");
const paragraphs = page.split(/\n{2,}/).map((text) => text.replaceAll("\n", " "));
const folders = readdirSync(join(root, "src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

function section(title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
}

function named(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}

/** The floors as dependency-cruiser has them, from the roof down. */
async function floors(): Promise<readonly (readonly string[])[]> {
  const { default: config } = (await import(join(root, ".dependency-cruiser.mjs"))) as {
    default: { forbidden: readonly { name: string; comment: string }[] };
  };
  const lower = new Map<string, number>();
  for (const { name, comment } of config.forbidden) {
    const [, folder] = /^(\w+)-imports-lower-floors$/.exec(name) ?? [];
    if (folder !== undefined) {
      lower.set(folder, comment.includes("nothing") ? 0 : comment.split(", ").length);
    }
  }
  const depths = [...new Set(lower.values())].sort((a, b) => b - a);
  return depths.map((depth) => [...lower].filter(([, found]) => found === depth).map(([name]) => name));
}

describe("docs/architecture.md", () => {
  it("lists the folders that are there, and no other", () => {
    assert.deepEqual(named(section("Folders"), /^\| `(\w+)\/`/gm), folders);
  });

  it("lists them in the order of the floors, which all have one", async () => {
    const floorOf = new Map((await floors()).flatMap((names, floor) => names.map((name) => [name, floor])));
    assert.deepEqual([...floorOf.keys()].sort(), folders);
    const listed = [...section("Folders").matchAll(/^\| `(\w+)\/`/gm)].map((match) => match[1] ?? "");
    const order = listed.map((name) => floorOf.get(name) ?? -1);
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  });

  it("names the folders without Node and editor as dependency-cruiser and eslint do", () => {
    const told = paragraphs.find((text) => text.includes(" import neither `node:` nor `vscode`")) ?? "";
    const list = told.slice(0, told.indexOf(" import neither"));
    const pure = [...list.matchAll(/`([\w/]+)\/`/g)].map((match) => match[1] ?? "").sort();
    const cruised = /const pure = "\^src\/\((.*)\)\/"/.exec(read(".dependency-cruiser.mjs"))?.[1] ?? "";
    const linted = /"src\/\{(.*)\}\/\*\*"/.exec(read("eslint.config.mjs"))?.[1]?.split(",") ?? [];
    const nested = /\|autogenerate\/\((.*)\)$/.exec(cruised)?.[1]?.split("|") ?? [];
    const plain = cruised.replace(/\|autogenerate\/.*$/, "").split("|");
    assert.deepEqual([...plain, ...nested.map((name) => `autogenerate/${name}`)].sort(), pure);
    assert.deepEqual(linted.toSorted(), pure);
  });

  it("draws each folder that is there but those of the page and of the plugin, and no other", () => {
    const [, drawing = ""] = /```mermaid\n([^]*?)```/.exec(page) ?? [];
    const drawn = named(drawing, /\["(\w+)\/ /g);
    assert.deepEqual(
      drawn,
      folders.filter((name) => name !== "webview" && name !== "typesPlugin"),
    );
  });

  it("names files that are there", () => {
    const paths = named(section("Three walks"), /`((?:\w+\/)+\w+\.ts|(?:\w+\/)+)`/g);
    assert.ok(paths.length > 20);
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, "src", path))),
      [],
    );
  });

  describe("the walk of a column to its ALTER", () => {
    const [, walk = ""] = /^\*\*An entity's column to its ALTER\.\*\*[^]*?\n\n([^]*?)\n\n/m.exec(page) ?? [];
    const steps = walk.split(/^\d+\. /m).slice(1);
    const paths = steps.flatMap((step) => {
      const names = [...step.matchAll(/`((?:\w+\/)*)(\w+\.ts)`/g)];
      const folder = names[0]?.[1] ?? "";
      return names.map(([, own, name]) => `${own === "" ? folder : (own ?? "")}${name ?? ""}`);
    });

    it("enters at most 30 files, which are there, and never returns to a folder", () => {
      assert.deepEqual(
        paths.filter((path) => !existsSync(join(root, "src", path))),
        [],
      );
      const visited = paths.map(dirname);
      const entered = visited.filter((folder, index) => folder !== visited[index - 1]);
      assert.ok(paths.length > 20 && paths.length <= 30);
      assert.deepEqual(entered, [...new Set(entered)]);
    });

    it("follows the imports", () => {
      const imported = new Map(paths.map((path) => [path, importsOf(path)]));
      const isReached = (path: string): boolean =>
        paths.some((other) => imported.get(other)?.has(path) === true || imported.get(path)?.has(other));
      // A command writes the file, with the bodies that it is given.
      assert.deepEqual(
        paths.filter((path) => !isReached(path)),
        ["source/printRevisionFile.ts"],
      );
    });
  });
});

/** The files of src/ that one of them imports, types included. */
function importsOf(path: string): ReadonlySet<string> {
  const { importedFiles } = ts.preProcessFile(read(`src/${path}`));
  return new Set(importedFiles.map(({ fileName }) => `${posix.join(dirname(path), fileName)}.ts`));
}

describe("the check of the architecture", function () {
  this.timeout(60_000);

  it("counts imports of types, and finds circles of them", () => {
    const project = createProjectFolder({
      "tsconfig.json": "{}",
      "src/schema/a.ts": 'import type { B } from "../sql/b";\nexport type A = B;\n',
      "src/sql/b.ts": "export type B = number;\n",
      "src/revision/c.ts": 'import type { D } from "./d";\nexport type C = D[];\n',
      "src/revision/d.ts": 'import type { C } from "./c";\nexport type D = C[];\n',
      "src/extension/shared/e.ts": 'import type { F } from "../lens/f";\nexport type E = F;\n',
      "src/extension/lens/f.ts": "export type F = number;\n",
      "src/tools/g.ts": 'import type { B } from "../sql/b";\nexport type G = B;\n',
    });
    const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const config = join(root, ".dependency-cruiser.mjs");
    try {
      const { stdout } = spawnSync(
        process.execPath,
        [cruiser, "src", "--config", config, "--output-type", "json"],
        { cwd: project.path, encoding: "utf8", maxBuffer: 1e8 },
      );
      const { summary } = JSON.parse(stdout) as {
        summary: { violations: readonly { from: string; rule: { name: string } }[] };
      };
      assert.deepEqual(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort(), [
        "src/extension/shared/e.ts: extension/shared-imports-lower-floors",
        "src/revision/c.ts: no-cycles",
        "src/schema/a.ts: schema-imports-lower-floors",
        "src/tools/g.ts: known-folders-of-src/",
      ]);
    } finally {
      project.remove();
    }
  });
});
