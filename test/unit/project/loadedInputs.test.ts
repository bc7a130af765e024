import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { forgetModules, loadModules, loadRevisionModule } from "../../../src/project/loadModule";
import { areUntouched, loadedInputs, type LoadedInputs } from "../../../src/project/memory/loadedInputs";
import { withProject, writeProjectFile } from "./temporaryProject";

const files = {
  "package.json": "{}",
  "tsconfig.json": '{ "compilerOptions": { "paths": { "@names/*": ["./first/*", "./second/*"] } } }',
  "data-source.ts":
    'import { schema } from "./schema"; import { prefix } from "@names/prefix"; export const name = prefix + schema;',
  "schema/index.ts": "export const schema = process.env.SOME_SCHEMA;",
  "second/prefix.ts": 'export const prefix = "a";',
  "entities/user.ts": "export class User {}",
  "entities/deep/post.ts": "export class Post {}",
  "versions/r1.ts": 'import { table } from "../tables"; export const upgrade = () => table;',
  "tables.ts": 'export const table = "a";',
};

/** As if the files had been there for long. */
const long = 60_000;

async function inputsOf(
  directory: string,
  more: readonly string[] = [],
  revisions: readonly string[] = ["versions/r1.ts"],
): Promise<LoadedInputs | undefined> {
  forgetModules();
  const paths = ["data-source.ts", "entities/user.ts", "entities/deep/post.ts", ...more];
  await loadModules(paths.map((name) => join(directory, name)));
  const runFiles = revisions.map((name) => join(directory, name));
  for (const path of runFiles) {
    await loadRevisionModule(path);
  }
  return loadedInputs(
    { globs: [join(directory, "entities/**/*.ts")], runFiles, readFiles: [] },
    Date.now() + long,
  );
}

type Change = (directory: string) => void;

const write =
  (name: string, text: string): Change =>
  (directory) => {
    writeProjectFile(directory, name, text);
  };

const changes: readonly (readonly [what: string, change: Change])[] = [
  ...Object.keys(files).map(
    (name) =>
      [`a change of ${name}`, (directory: string) => appendFileSync(join(directory, name), " ")] as const,
  ),
  ...Object.keys(files).map(
    (name) => [`the loss of ${name}`, (directory: string) => rmSync(join(directory, name))] as const,
  ),
  [
    "a file written again with its old time",
    (directory) => {
      write("entities/user.ts", "export class Usar {}")(directory);
      utimesSync(join(directory, "entities/user.ts"), 1, 1);
    },
  ],
  ["a new entity", write("entities/comment.ts", "export class Comment {}")],
  ["a new entity in a new folder", write("entities/more/comment.ts", "export class Comment {}")],
  ["a new entity deep below", write("entities/deep/comment.ts", "export class Comment {}")],
  [
    "another name of an entity",
    (directory) => renameSync(join(directory, "entities/user.ts"), join(directory, "entities/person.ts")),
  ],
  [
    "a link in the place of a folder",
    (directory) => {
      renameSync(join(directory, "entities"), join(directory, "others"));
      symlinkSync(join(directory, "others"), join(directory, "entities"));
    },
  ],
  ["a file before a folder of its name", write("schema.ts", "export const schema = 1;")],
  ["a file that an alias finds first", write("first/prefix.ts", 'export const prefix = "b";')],
  ["another revision", write("versions/r2.ts", "export const upgrade = () => undefined;")],
  ["a nearer tsconfig.json", write("entities/tsconfig.json", "{}")],
  ["a nearer package.json", write("entities/package.json", '{ "type": "module" }')],
  [
    "a nearer TypeORM",
    (directory) => mkdirSync(join(directory, "node_modules/typeorm"), { recursive: true }),
  ],
];

describe("what loaded files depend on", () => {
  it("is as it was while nothing changes", () =>
    withProject(files, async (directory) => {
      const inputs = await inputsOf(directory);
      assert.ok(inputs !== undefined);
      assert.equal(areUntouched(JSON.parse(JSON.stringify(inputs)) as LoadedInputs), true);
    }));
  for (const [what, change] of changes) {
    it(`is otherwise after ${what}`, () =>
      withProject(files, async (directory) => {
        const inputs = await inputsOf(directory);
        assert.ok(inputs !== undefined);
        change(directory);
        assert.equal(areUntouched(inputs), false);
      }));
  }
  it("are told of Python's revisions, which are not run", () =>
    withProject({ ...files, "versions/r0.py": "def upgrade():\n    pass\n" }, async (directory) => {
      await inputsOf(directory);
      const runFiles = [join(directory, "versions/r0.py")];
      const inputs = loadedInputs({ globs: [], runFiles, readFiles: [] }, Date.now() + long);
      assert.ok(inputs);
      assert.equal(areUntouched(inputs), true);
      appendFileSync(join(directory, "versions/r0.py"), "\n");
      assert.equal(areUntouched(inputs), false);
    }));
  it("can't be told of files that are too new", () =>
    withProject(files, async (directory) => {
      await inputsOf(directory);
      assert.equal(loadedInputs({ globs: [], runFiles: [], readFiles: [] }, Date.now()), undefined);
    }));
  it("can't be told where a file reads the time", () =>
    withProject({ ...files, "entities/now.ts": "export const now = Date.now();" }, async (directory) => {
      assert.equal(await inputsOf(directory, ["entities/now.ts"]), undefined);
    }));
  it("can't be told of a package of which nothing is known", () =>
    withProject(
      {
        ...files,
        "node_modules/odd/index.js": "exports.odd = 1;",
        "entities/odd.ts": 'import { odd } from "odd"; export const x = odd;',
      },
      async (directory) => {
        assert.equal(await inputsOf(directory, ["entities/odd.ts"]), undefined);
      },
    ));
  it("can't be told where a revision reads the time", () =>
    withProject(
      { ...files, "versions/r2.ts": "export const upgrade = () => new Date();" },
      async (directory) => {
        assert.equal(await inputsOf(directory, [], ["versions/r1.ts", "versions/r2.ts"]), undefined);
      },
    ));
  it("can't be told where a file has asked for one that is not there", () =>
    withProject(
      {
        ...files,
        "odd.ts":
          'let found = false; try { require("./local/own"); found = true; } catch {} export { found };',
      },
      async (directory) => {
        assert.equal(await inputsOf(directory, ["odd.ts"]), undefined);
      },
    ));
  it("can't be told behind a link", () =>
    withProject(
      { ...files, "real/x.ts": "export const x = 1;", "y.ts": 'export * from "./link/x";' },
      async (directory) => {
        symlinkSync(join(directory, "real"), join(directory, "link"));
        assert.equal(await inputsOf(directory, ["y.ts"]), undefined);
      },
    ));
  it("can't be told where a file has changed since it was loaded", () =>
    withProject(files, async (directory) => {
      await inputsOf(directory);
      appendFileSync(join(directory, "entities/user.ts"), "\n");
      assert.equal(loadedInputs({ globs: [], runFiles: [], readFiles: [] }, Date.now() + long), undefined);
    }));
});
