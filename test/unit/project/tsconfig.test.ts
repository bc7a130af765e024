import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { LoadError } from "../../../src/project/errors";
import { loadModule } from "../../../src/project/loadModule";
import { readTsconfig } from "../../../src/project/loader/readTsconfig";
import { settingsFor } from "../../../src/project/loader/tsconfig";
import { withProject, writeProjectFile } from "./temporaryProject";

async function loaded(path: string): Promise<unknown> {
  return Reflect.get(Object(await loadModule(path)) as object, "value") as unknown;
}

const main = `export { value } from "@app/cup";\n`;
const cup = `export const value: string = "cup";\n`;
const paths = `"paths": { "@app/*": ["./src/*"] }`;

describe("tsconfig.json", function () {
  this.timeout(30_000);

  const projects: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [
      "that extends a package's file",
      {
        "tsconfig.json": `{ "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": { ${paths} } }`,
        "node_modules/@tsconfig/node20/package.json": `{ "name": "@tsconfig/node20", "version": "20.1.0" }`,
        "node_modules/@tsconfig/node20/tsconfig.json": `{ "compilerOptions": { "strict": true } }`,
      },
    ],
    [
      "that extends what a package exports",
      {
        "tsconfig.json": `{ "extends": "settings/node" }`,
        "node_modules/settings/package.json": `{ "name": "settings", "exports": { "./node": "./files/base.json" } }`,
        "node_modules/settings/files/base.json": `{ "compilerOptions": { "paths": { "@app/*": ["../../../src/*"] } } }`,
      },
    ],
    [
      "that extends a package by its name",
      {
        "tsconfig.json": `{ "extends": "settings" }`,
        "node_modules/settings/package.json": `{ "name": "settings", "tsconfig": "base.json" }`,
        "node_modules/settings/base.json": `{ "compilerOptions": { "paths": { "@app/*": ["\${configDir}/src/*"] } } }`,
      },
    ],
    [
      "that extends several",
      {
        "tsconfig.json": `{ "extends": ["./first", "./second.json"] }`,
        "first.json": `{ "compilerOptions": { "paths": { "@app/*": ["./nowhere/*"] } } }`,
        "second.json": `{ "compilerOptions": { ${paths} } }`,
      },
    ],
    [
      "with a comment after the last entry",
      {
        "tsconfig.json": `{ "compilerOptions": { ${paths} // aliases\n  /* and no more */ } // end\n}\n// end`,
      },
    ],
    [
      "with many comments after a comma",
      { "tsconfig.json": `{ "compilerOptions": { ${paths},\n${"  // a line\n".repeat(60)} } }` },
    ],
    [
      "with a byte order mark and what looks like a comment in a text",
      {
        "tsconfig.json": `\uFEFF{ "compilerOptions": { "outDir": "a//b/*c", "rootDir": "*/", ${paths}, }, }`,
      },
    ],
    [
      "that is a solution",
      {
        "tsconfig.json": `{ "files": [], "references": [{ "path": "./tests" }, { "path": "./tsconfig.app.json" }] }`,
        "tests/tsconfig.json": `{ "compilerOptions": { "paths": { "@app/*": ["./stand-ins/*"] } } }`,
        "tests/stand-ins/cup.ts": `export const value = "stand-in";`,
        "tsconfig.app.json": `{ "include": ["src/**/*.ts"], "compilerOptions": { ${paths} } }`,
      },
    ],
    [
      "whose options this compiler does not know, or no longer",
      {
        "tsconfig.json": `{ "compilerOptions": { "ofTheFuture": 1, "charset": "utf8", "target": "es3", "baseUrl": 5, ${paths} } }`,
      },
    ],
  ];
  for (const [name, files] of projects) {
    it(`is read: one ${name}`, async () => {
      await withProject({ "src/main.ts": main, "src/cup.ts": cup, ...files }, async (directory) => {
        assert.equal(await loaded(join(directory, "src/main.ts")), "cup");
      });
    });
  }

  const unreadable: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    readonly [string, number | undefined, number | undefined, string],
  ])[] = [
    [
      "is no JSON",
      { "tsconfig.json": `{\n  "compilerOptions" { ${paths} }\n}` },
      ["tsconfig.json", 2, 21, "':' expected."],
    ],
    [
      "extends one that is no JSON",
      { "tsconfig.json": `{ "extends": "./base.json" }`, "base.json": `{\n"a": }` },
      ["base.json", 2, 6, "Expression expected."],
    ],
    [
      "extends one that is missing",
      { "tsconfig.json": `{ "extends": "./base.json" }` },
      ["tsconfig.json", 1, 14, "Cannot read file 'base.json'."],
    ],
    [
      "extends one that extends one that is missing",
      { "tsconfig.json": `{ "extends": "./base" }`, "base.json": `{\n  "extends": ["./tsconfig.x.json"] }` },
      ["base.json", 2, 15, "Cannot read file 'tsconfig.x.json'."],
    ],
    [
      "extends a package that is missing",
      { "tsconfig.json": `{ "extends": "@tsconfig/node20/tsconfig.json" }` },
      ["tsconfig.json", 1, 14, "File '@tsconfig/node20/tsconfig.json' not found."],
    ],
    [
      "extends itself",
      {
        "tsconfig.json": `{ "extends": "./base.json" }`,
        "base.json": `{ "extends": "./tsconfig.json" }`,
      },
      ["tsconfig.json", undefined, undefined, "Circularity detected while resolving configuration: "],
    ],
  ];
  for (const packageJson of ["{}", `{ "type": "module" }`]) {
    for (const [name, files, [file, line, column, sentence]] of unreadable) {
      it(`is an error with its place where it ${name}: ${packageJson}`, async () => {
        const project = { "package.json": packageJson, "src/main.ts": main, "src/cup.ts": cup, ...files };
        await withProject(project, async (directory) => {
          await assert.rejects(loadModule(join(directory, "src/main.ts")), (error) => {
            assert.ok(error instanceof LoadError);
            const place = line === undefined ? "" : `:${String(line)}:${String(column)}`;
            const text = error.message.replaceAll(`${directory}/`, "");
            assert.deepEqual(
              [error.code, error.file, error.line, error.column],
              ["tsconfig-invalid", join(directory, file), line, column],
            );
            assert.ok(text.startsWith(`${file}${place}: ${sentence}`), text);
            return true;
          });
          writeProjectFile(directory, "tsconfig.json", `{ "compilerOptions": { ${paths} } } `);
          assert.equal(await loaded(join(directory, "src/main.ts")), "cup");
        });
      });
    }
  }

  it("is read again when it, or one that it extends, has changed", async () => {
    const files = {
      "tsconfig.json": `{ "extends": "./base.json" }`,
      "base.json": `{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }`,
      "src/main.ts": main,
      "src/cup.ts": cup,
      "other/cup.ts": `export const value = "other";`,
    };
    await withProject(files, async (directory) => {
      const path = join(directory, "src/main.ts");
      assert.equal(await loaded(path), "cup");
      writeProjectFile(
        directory,
        "base.json",
        `{ "compilerOptions": { "paths": { "@app/*": ["./other/*"] } } }`,
      );
      assert.equal(await loaded(path), "other");
    });
  });

  for (const version of ["5.4", "6.0"]) {
    it(`is read as tsc reads it, whatever line of tsc --init ${version} is removed or taken out of its comment`, async () => {
      const stock = readFileSync(
        join(__dirname, `../../projects/tsconfig/typescript-${version}.jsonc.txt`),
        "utf8",
      ).split("\n");
      const variants = stock.flatMap((line, at) => [
        stock.toSpliced(at, 1),
        ...(/^\s*\/\/ "/.test(line) ? [stock.with(at, line.replace("// ", ""))] : []),
      ]);
      await withProject({ "main.ts": cup }, (directory) => {
        const file = join(directory, "tsconfig.json");
        const source = join(directory, "main.ts");
        let failures = 0;
        for (const lines of variants) {
          writeFileSync(file, lines.join("\n"));
          const { error } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
          if (error === undefined) {
            const expected = ts.getParsedCommandLineOfConfigFile(file, undefined, {
              ...ts.sys,
              onUnRecoverableConfigFileDiagnostic: () => undefined,
            });
            const { configFile: _file, ...options } = expected?.options ?? {};
            assert.deepEqual(readTsconfig(file, source).options, options);
            assert.deepEqual(settingsFor(source).options, JSON.parse(JSON.stringify(options)));
          } else {
            failures += 1;
            assert.throws(() => settingsFor(source), { code: "tsconfig-invalid", file });
          }
        }
        assert.ok(failures > 0 && failures < 10, String(failures));
      });
    });
  }
});
