import assert from "node:assert/strict";
import { join } from "node:path";
import { LoadError } from "../../../src/project/errors";
import { loadModule } from "../../../src/project/loadModule";
import { withProject } from "./temporaryProject";

const esmPackage = { "package.json": `{ "private": true, "type": "module" }` };
const commonjsPackage = { "package.json": `{ "private": true, "type": "commonjs" }` };
const package_ = { "package.json": `{ "private": true }` };

interface HintCase {
  readonly name: string;
  /** The first of the files that are no package.json is loaded. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is blamed; the loaded one if absent. */
  readonly blamed?: string;
  readonly message: RegExp;
  readonly hint: string | undefined;
}

/** Older Node.js refuses the word, newer takes the file for an ES module. */
const ofImportMeta = /exports is not defined in ES module scope|Cannot use 'import.meta'/;

const importMetaHint = (extension: string): string =>
  `The file is CommonJS, which has no import.meta. Use __dirname or __filename, or give the file the extension ${extension}.`;

const cases: readonly HintCase[] = [
  {
    name: "import.meta in a file that a CommonJS file imports",
    files: {
      ...package_,
      "main.ts": `import { here } from "./place";\nexport default here;\n`,
      "place.ts": `export const here = import.meta.url;\n`,
    },
    blamed: "place.ts",
    message: ofImportMeta,
    hint: importMetaHint(".mts"),
  },
  {
    name: "import.meta in a package of CommonJS",
    files: { ...commonjsPackage, "main.ts": `export const here = import.meta.url;\n` },
    message: ofImportMeta,
    hint: importMetaHint(".mts"),
  },
  {
    name: "import.meta in a .cts",
    files: { ...package_, "main.cts": `export const here = import.meta.url;\n` },
    message: ofImportMeta,
    hint: importMetaHint(".mts"),
  },
  {
    name: "require in an ES module",
    files: { ...esmPackage, "main.ts": `export const path = require("node:path");\n` },
    message: /require is not defined in ES module scope, you can use import instead/,
    hint: "The file is an ES module. Use import and export in it, or give it the extension .cts.",
  },
  {
    name: "exports in a JavaScript file of an ES package",
    files: { ...esmPackage, "main.js": `exports.found = true;\n` },
    message: /exports is not defined in ES module scope/,
    hint: "The file is an ES module. Use import and export in it, or give it the extension .cjs.",
  },
  {
    name: "__dirname in an ES module",
    files: { ...esmPackage, "main.ts": `export const here: string = __dirname;\n` },
    message: /__dirname is not defined in ES module scope/,
    hint: "The file is an ES module. Write import.meta.dirname instead.",
  },
  {
    name: "__filename in an ES module",
    files: { ...esmPackage, "main.ts": `export const here: string = __filename;\n` },
    message: /__filename is not defined in ES module scope/,
    hint: "The file is an ES module. Write import.meta.filename instead.",
  },
  {
    name: "a setting that no variable gives",
    files: {
      ...package_,
      "main.ts": `import { settings } from "./settings";\nexport default settings.getOrThrow("NO_SUCH_DATABASE_URL");\n`,
      "settings.ts": `export const settings = {\n  getOrThrow(key: string): string {\n    throw new TypeError('Configuration key "' + key + '" does not exist');\n  },\n};\n`,
    },
    blamed: "settings.ts",
    message: /"NO_SUCH_DATABASE_URL" does not exist/,
    hint: "The environment has no variable NO_SUCH_DATABASE_URL. If the file needs one, set it, for example in a .env beside the configuration.",
  },
  {
    name: "a constant that is not declared",
    files: { ...package_, "main.ts": `export default NO_SUCH_CONSTANT;\n` },
    message: /NO_SUCH_CONSTANT is not defined/,
    hint: undefined,
  },
  {
    name: "a variable that is set",
    files: {
      ...package_,
      "main.ts": `process.env["IS_SET_HERE"] = "x";\nthrow new Error("IS_SET_HERE is wrong");\n`,
    },
    message: /IS_SET_HERE is wrong/,
    hint: undefined,
  },
];

describe("what to do about a file that can't be loaded", function () {
  this.timeout(60_000);

  after(() => {
    delete process.env["IS_SET_HERE"];
  });

  for (const { name, files, blamed, message, hint } of cases) {
    it(name, async () => {
      await withProject(files, async (directory) => {
        const [first = ""] = Object.keys(files).filter((file) => file !== "package.json");
        const file = join(directory, blamed ?? first);
        await assert.rejects(loadModule(join(directory, first)), (error) => {
          assert.ok(error instanceof LoadError);
          assert.match(error.message, message);
          assert.deepEqual(
            { code: error.code, isPlaced: error.message.startsWith(`${file}:`), hint: error.hint },
            { code: "module-failed", isPlaced: true, hint },
          );
          return true;
        });
      });
    });
  }
});
