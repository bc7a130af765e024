import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hintForLoadFailure, hintForMissingModule } from "../../../src/project/loader/loadHints";
import { withProject } from "./temporaryProject";

describe("the hint for a file that cannot be loaded", () => {
  const early = new ReferenceError("Cannot access 'Post' before initialization");

  it("says what to do about ES modules that import each other", () => {
    assert.equal(
      hintForLoadFailure(early, "/project/user.mts"),
      "The files import each other, and this one runs before the one with Post. Read Post in a function, as in () => Post, or move what both need into a third file.",
    );
  });

  it("says nothing of it in a CommonJS file, where the name is one of its own", () => {
    assert.equal(hintForLoadFailure(early, "/project/user.cts"), undefined);
  });
});

describe("the hint for a column without a type", () => {
  const error = new Error("Column type for User#name is not defined and cannot be guessed.");
  for (const [name, options, hint] of [
    [
      "turned off",
      { emitDecoratorMetadata: false },
      /^The tsconfig\.json turns emitDecoratorMetadata off\. Turn it on, or give the column a type/,
    ],
    ["not turned off", {}, /^Give the column a type.*: TypeORM cannot infer one/],
  ] as const) {
    it(`goes by whether the types of members are ${name}`, () =>
      withProject({ "tsconfig.json": JSON.stringify({ compilerOptions: options }) }, (directory) => {
        assert.match(hintForLoadFailure(error, join(directory, "user.ts")) ?? "", hint);
      }));
  }
});

describe("the hint for a module that is not found", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-"));
    mkdirSync(join(folder, "node_modules/scanner/actions"), { recursive: true });
    for (const name of ["action.js", "actions/index.js"]) {
      writeFileSync(join(folder, "node_modules/scanner", name), "");
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const usual = "Install the package, or correct the import.";
  const asApplication =
    'The package imports its own files without their extensions, which Node.js does not find. If the application runs with tsx, run this with it too: NODE_OPTIONS="--import tsx".';
  const cases: readonly (readonly [name: string, missing: string, importer: string, hint: string])[] = [
    ["a package's own file", "node_modules/scanner/action", "node_modules/scanner/index.js", asApplication],
    [
      "a package's own folder",
      "node_modules/scanner/actions",
      "node_modules/scanner/index.js",
      asApplication,
    ],
    ["a file that no package has", "node_modules/scanner/other", "node_modules/scanner/index.js", usual],
    ["a file of the project", "node_modules/scanner/action", "src/data-source.mjs", usual],
  ];
  for (const [name, missing, importer, hint] of cases) {
    it(`is right for ${name}`, () => {
      const message = `Cannot find module '${join(folder, missing)}' imported from ${join(folder, importer)}`;
      assert.equal(hintForMissingModule(message), hint);
    });
  }

  it("is right for a package", () => {
    assert.equal(hintForMissingModule("Cannot find package 'pg' imported from /project/a.mjs"), usual);
  });
});
