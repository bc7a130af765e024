import assert from "node:assert/strict";
import { join } from "node:path";
import { readPlainTsconfig } from "../../../src/project/loader/plain/readPlainTsconfig";
import { readByTypeScript } from "../../../src/project/loader/readTsconfig";
import { withProject } from "./temporaryProject";

const years = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024].map((year) => `es${String(year)}`);
const targets = ["ES6", ...years, "ESNext"];
const modules = ["CommonJS", "ES6", "es2015", "es2020", "es2022", "ESNext", "Node16", "NodeNext", "preserve"];
const resolutions = ["node", "node10", "node16", "nodenext", "bundler"];

/** Options of a tsconfig.json that is read without TypeScript. */
const plain: readonly Readonly<Record<string, unknown>>[] = [
  {},
  ...targets.map((target) => ({ target })),
  ...modules.map((module) => ({ module })),
  ...resolutions.map((moduleResolution) => ({ moduleResolution })),
  { lib: [...years, "ESNext", "DOM", "dom.iterable"], types: ["node", "mocha"] },
  { baseUrl: "./", outDir: "dist", rootDir: "../", tsBuildInfoFile: "./.cache/build" },
  { paths: { "@app/*": ["src/*"] }, strict: true, strictNullChecks: false },
  { baseUrl: "src", paths: { "#models": ["models/index.ts"] } },
  {
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: true,
    incremental: true,
  },
];

/** Texts of a tsconfig.json that TypeScript has to read. */
const others: readonly string[] = [
  '{ "compilerOptions": { "strict": true, } }',
  '{ // as tsc --init writes it\n "compilerOptions": {} }',
  '{ "extends": "./other.json" }',
  '{ "references": [{ "path": "./app" }] }',
  '{ "compilerOptions": { "target": "es9999" } }',
  '{ "compilerOptions": { "strict": "yes" } }',
  '{ "compilerOptions": { "rootDirs": ["src"] } }',
  '{ "compilerOptions": { "outDir": "${configDir}/dist" } }',
  '{ "compilerOptions": [] }',
  "",
];

describe("a plain tsconfig.json", () => {
  it("is read as TypeScript reads it", async () => {
    for (const compilerOptions of plain) {
      const files = {
        "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"], exclude: ["dist"] }),
      };
      await withProject(files, (directory) => {
        const file = join(directory, "tsconfig.json");
        const { options } = readByTypeScript(file, join(directory, "src/a.ts"));
        assert.deepEqual(readPlainTsconfig(file), options, JSON.stringify(compilerOptions));
        return Promise.resolve();
      });
    }
  });

  for (const text of others) {
    it(`is none: ${text.replace(/\n/g, " ")}`, () =>
      withProject({ "tsconfig.json": text }, (directory) => {
        assert.equal(readPlainTsconfig(join(directory, "tsconfig.json")), undefined);
        return Promise.resolve();
      }));
  }
});
