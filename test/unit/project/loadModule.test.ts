import "reflect-metadata";
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import ts from "typescript";
import { LoadError } from "../../../src/project/errors";
import { loadModule, loadRevisionModule, mapRevisionToSource } from "../../../src/project/loadModule";
import { compilerVersion } from "../../../src/project/loader/compiler";
import { withProject, writeProjectFile } from "./temporaryProject";

const fixtures = resolve(__dirname, "../../projects/loader");
const packages = [
  ["CommonJS", `{ "private": true }`],
  ["ESM", `{ "private": true, "type": "module" }`],
] as const;

function designTypes(entities: readonly { readonly name: string; readonly prototype: object }[]) {
  const properties = ["id", "email", "bornAt", "posts", "isPublished", "author"];
  return entities.flatMap(({ name, prototype }) =>
    properties.flatMap((property) => {
      const type: unknown = Reflect.getMetadata("design:type", prototype, property);
      return typeof type === "function" ? [`${name}.${property}: ${type.name}`] : [];
    }),
  );
}

function member(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((current, name) => Reflect.get(Object(current) as object, name), value);
}

describe("loadModule", function () {
  this.timeout(60_000);

  const columns = [
    "User.id: Number",
    "User.email: String",
    "User.bornAt: Date",
    "User.posts: Array",
    "Post.id: Number",
  ];
  const matrix: readonly (readonly [string, string])[] = [
    ["cjs", "User"],
    ["cjs-paths", "User"],
    ["esm", "Object"],
    ["esm-paths", "Object"],
  ];
  for (const [project, author] of matrix) {
    it(`loads circular entities with their types: ${project}`, async () => {
      const exports = await loadModule(join(fixtures, project, "src/dataSource.ts"));
      const entities = member(exports, "dataSource", "options", "entities") as (new () => object)[];
      assert.deepEqual(designTypes(entities), [
        ...columns,
        "Post.isPublished: Boolean",
        `Post.author: ${author}`,
      ]);
    });

    it(`loads a config that imports alembic-ts: ${project}`, async () => {
      const exports = await loadModule(join(fixtures, project, "alembic.config.ts"));
      assert.deepEqual(member(exports, "default"), {
        scriptLocation: "migrations",
        dataSource: "src/dataSource.ts",
        versionTable: "alembic_version",
      });
    });

    it(`loads a revision: ${project}`, async () => {
      const exports = await loadRevisionModule(join(fixtures, project, "migrations/versions/0001_first.ts"));
      assert.equal(member(exports, "revision"), "0001");
      assert.equal(typeof member(exports, "upgrade"), "function");
    });
  }

  for (const [kind, packageJson] of packages) {
    it(`sees changes of a file and of what it imports: ${kind}`, async () => {
      const files = {
        "package.json": packageJson,
        "main.ts": `import { name } from "./name.js";\nexport const greeting: string = "hello " + name;\n`,
        "name.ts": `export const name: string = "ann";\n`,
      };
      await withProject(files, async (directory) => {
        const main = join(directory, "main.ts");
        assert.equal(member(await loadModule(main), "greeting"), "hello ann");
        writeProjectFile(directory, "name.ts", `export const name: string = "bob, now";\n`);
        assert.equal(member(await loadModule(main), "greeting"), "hello bob, now");
        const same = await loadModule(main);
        assert.equal(await loadModule(main), same);
      });
    });

    it(`sees changes of a file whose types it uses: ${kind}`, async () => {
      const decorate = "const Note = (): any => () => undefined;";
      const files = {
        "package.json": packageJson,
        "main.ts": `import type { Phase } from "./barrel.js";\n${decorate}\nexport class Cup { @Note() phase!: Phase }\n`,
        "barrel.ts": `export * from "./phase.js";\n`,
        "phase.ts": `export type Phase = "full" | "empty";\n`,
      };
      await withProject(files, async (directory) => {
        const type = async (): Promise<unknown> => {
          const cup = member(await loadModule(join(directory, "main.ts")), "Cup", "prototype") as object;
          return Reflect.getMetadata("design:type", cup, "phase");
        };
        assert.equal(await type(), String);
        writeProjectFile(directory, "phase.ts", `export enum Phase { Full, Empty }\n`);
        assert.equal(await type(), Number);
        writeProjectFile(directory, "phase.ts", `export interface Phase { readonly isFull: boolean }\n`);
        assert.equal(await type(), Object);
        writeProjectFile(directory, "phase.ts", `export type Phase = "full" | "empty";\n`);
        assert.equal(await type(), String);
      });
    });

    it(`tells a syntax error's place and the compiler's sentence: ${kind}`, async () => {
      const files = {
        "package.json": packageJson,
        "main.ts": `import "./broken.js";\n`,
        "broken.ts": `export const a = 1;\nexport const b = = 2;\n`,
      };
      await withProject(files, async (directory) => {
        const file = join(directory, "broken.ts");
        await assert.rejects(loadModule(join(directory, "main.ts")), (error) => {
          assert.ok(error instanceof LoadError);
          const { code, line, column, message } = error;
          assert.deepEqual(
            { code, file: error.file, line, column, message },
            {
              code: "syntax-error",
              file,
              line: 2,
              column: 18,
              message: `${file}:2:18: Expression expected.`,
            },
          );
          return true;
        });
        writeProjectFile(directory, "broken.ts", `export const b = 2;\n`);
        await loadModule(join(directory, "main.ts"));
      });
    });

    it(`tells where in the author's file a module failed: ${kind}`, async () => {
      const text = `interface Nothing {\n  a: number;\n}\n\nexport const a = 1;\nthrow new Error("no luck");\n`;
      await withProject({ "package.json": packageJson, "main.ts": text }, async (directory) => {
        const file = join(directory, "main.ts");
        await assert.rejects(loadModule(file), {
          name: "LoadError",
          code: "module-failed",
          message: `${file}:6:7: no luck`,
          line: 6,
          column: 7,
        });
      });
    });

    it(`tells which import names a package that is missing: ${kind}`, async () => {
      const text = `\n\nimport { join } from "node:path";\nimport x from "no-such-package";\nexport const a = join(x);\n`;
      await withProject({ "package.json": packageJson, "main.ts": text }, async (directory) => {
        await assert.rejects(loadModule(join(directory, "main.ts")), (error) => {
          assert.ok(error instanceof LoadError);
          // An ES module is linked before it runs: Node names no line of it.
          const isKnown = kind === "CommonJS";
          assert.deepEqual([error.line, error.column], isKnown ? [4, 1] : [undefined, undefined]);
          return true;
        });
      });
    });

    it(`names a package that is not installed: ${kind}`, async () => {
      const files = {
        "package.json": packageJson,
        "main.ts": `import x from "no-such-package";\nexport default x;\n`,
      };
      await withProject(files, async (directory) => {
        await assert.rejects(loadModule(join(directory, "main.ts")), (error) => {
          assert.ok(error instanceof LoadError);
          assert.equal(error.code, "module-not-found");
          assert.match(error.message, /no-such-package/);
          return true;
        });
      });
    });
  }

  const oneFile: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    [".mts", "main.mts", { "main.mts": `export default "found" as string;\n` }],
    [".cts", "main.cts", { "main.cts": `const value: string = "found";\nexport default value;\n` }],
    [".mjs", "main.mjs", { "main.mjs": `export default "found";\n` }],
    [
      "import.meta without a package type",
      "main.ts",
      { "main.ts": `export default import.meta.dirname ? ("found" as string) : "";\n` },
    ],
    [
      "an ES module that imports JSON as tsc does",
      "main.mts",
      {
        "main.mts": `import data from "./data.json";\nimport same from "./data.json" with { type: "json" };\nexport default data.value === same.value ? data.value : "";\n`,
        "data.json": `{ "value": "found" }`,
      },
    ],
    [
      "what JavaScript asks for, where what was compiled lies beside its source",
      "main.js",
      {
        "main.js": `exports.default = require("./value").value;\n`,
        "value.js": `exports.value = "found";\n`,
        "value.ts": `export const value: string = "source";\n`,
      },
    ],
    [
      "an ES module that imports .cts by name",
      "main.mts",
      {
        "main.mts": `import { value } from "./other.cjs";\nexport default value;\n`,
        "other.cts": `export const value: string = "found";\n`,
      },
    ],
    [
      "the promise that is all that a CommonJS file exports",
      "main.cjs",
      { "main.cjs": `module.exports = Promise.resolve("found");\n` },
    ],
    [
      "a folder's index without extension",
      "main.ts",
      {
        "main.ts": `export { value as default } from "./folder";\n`,
        "folder/index.ts": `export const value: string = "found";\n`,
      },
    ],
    [
      "paths of an extended tsconfig with comments",
      "src/main.ts",
      {
        "tsconfig.json": `{ /* solution */ "extends": "./base", }`,
        "base.json": `{ "compilerOptions": { "paths": { "~/*": ["./src/*"], "~/exact": ["./src/value.ts"] } } } // base`,
        "src/main.ts": `export { value as default } from "~/exact";\n`,
        "src/value.ts": `export const value: string = "found";\n`,
      },
    ],
  ];
  for (const [name, main, files] of oneFile) {
    it(`loads ${name}`, async () => {
      await withProject(files, async (directory) => {
        assert.equal(await member(await loadModule(join(directory, main)), "default"), "found");
      });
    });
  }

  it("leaves class fields to TypeORM unless tsconfig.json says otherwise", async () => {
    const main = `class A { declared!: string }\nexport default Object.keys(new A()).length;\n`;
    for (const [setting, expected] of [
      ["false", 0],
      ["true", 1],
    ] as const) {
      const tsconfig = `{ "compilerOptions": { "useDefineForClassFields": ${setting} } }`;
      await withProject({ "tsconfig.json": tsconfig, "main.ts": main }, async (directory) => {
        assert.equal(member(await loadModule(join(directory, "main.ts")), "default"), expected);
      });
    }
  });

  it("says that a file is missing", async () => {
    await assert.rejects(loadModule("/no/such/file.ts"), { code: "file-not-found" });
  });

  it("names the compiler's version in its cache", () => {
    assert.equal(compilerVersion, ts.version);
  });
});

describe("loadRevisionModule", () => {
  it("runs the newest text each time", async () => {
    await withProject({ "a.ts": `export const revision: string = "a";\n` }, async (directory) => {
      const path = join(directory, "a.ts");
      assert.equal(member(await loadRevisionModule(path), "revision"), "a");
      writeProjectFile(directory, "a.ts", `export const revision: string = "b";\n`);
      assert.equal(member(await loadRevisionModule(path), "revision"), "b");
    });
  });

  it("runs a text that is not saved yet, at the place of its file", async () => {
    await withProject({ "a.ts": `export const revision = "saved";\n` }, async (directory) => {
      const path = join(directory, "a.ts");
      const unsaved = `export const revision: string = "typed";\n`;
      assert.equal(member(await loadRevisionModule(path, unsaved), "revision"), "typed");
      assert.equal(member(await loadRevisionModule(path), "revision"), "saved");
    });
  });

  it("reports a failing function at its place in the TypeScript", async () => {
    const text = `type A = {\n  b: string;\n};\nexport function upgrade(): void {\n  throw new Error("here");\n}\n`;
    await withProject({ "a.ts": text }, async (directory) => {
      const path = join(directory, "a.ts");
      const upgrade = member(await loadRevisionModule(path), "upgrade") as () => void;
      assert.throws(upgrade, (error: Error) => {
        mapRevisionToSource(path);
        return error.stack?.includes(`${path}:5:9`) === true;
      });
    });
  });

  it("imports one that awaits at its top level", async () => {
    const files = {
      "package.json": `{ "type": "module" }`,
      "a.ts": `export const revision: string = await Promise.resolve("a");\n`,
    };
    await withProject(files, async (directory) => {
      assert.equal(member(await loadRevisionModule(join(directory, "a.ts")), "revision"), "a");
    });
  });
});
