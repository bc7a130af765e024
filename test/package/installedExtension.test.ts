import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { runProgram } from "../support/commandLine";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { packedFile, repository } from "./packed";

const versions = "database/migrations/versions";
const message = "Add phone to users";

describe("the packed extension, installed into a real VS Code", function () {
  this.timeout(1_200_000);
  let project: ProjectFolder;
  let problems: readonly string[] = [];

  before(async () => {
    const vsix = await packedFile("vsix");
    project = copyExample();
    project.write({ ".prettierrc": '{ "singleQuote": true, "semi": false }\n' });
    const chromium = process.env["CHROMIUM_PATH"];
    const picture = process.env["PACKAGE_TEST_PICTURE"];
    const result = await runProgram(
      process.execPath,
      ["test/package/driveInstalled.mjs", vsix, project.path, message],
      {
        cwd: repository,
        timeoutMilliseconds: 280_000,
        env: {
          ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }),
          ...(picture === undefined ? {} : { PACKAGE_TEST_PICTURE: picture }),
        },
      },
    );
    assert.equal(result.exitCode, 0, `${result.stdout}${result.stderr}`);
    problems = JSON.parse(result.stdout.trim().split("\n").at(-1) ?? "") as readonly string[];
  });

  after(() => project.remove());

  it("upgrades the embedded database of a workspace that has no node_modules", async () => {
    assert.deepEqual(project.list("node_modules"), []);
    // Opening a database writes to its folder.
    const copy = join(project.path, "copy");
    cpSync(join(project.path, ".alembic", "database"), copy, { recursive: true });
    const database = await PGlite.create(copy);
    try {
      const { rows: heads } = await database.query("SELECT version_num FROM alembic_version");
      assert.deepEqual(heads, [{ version_num: "pqr678" }]);
      const { rows: tables } = await database.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name",
      );
      assert.deepEqual(
        tables,
        ["alembic_version", "educational_content", "user_profiles", "users"].map((name) => ({
          table_name: name,
        })),
      );
    } finally {
      await database.close();
    }
  });

  it("makes a revision, formatted by the prettier that it brings, as the project wishes", () => {
    const [file, ...others] = project
      .list(versions)
      .filter((name) => name.endsWith("_add_phone_to_users.ts"));
    assert.ok(file !== undefined && others.length === 0);
    const text = readFileSync(join(project.path, versions, file), "utf8");
    const revision = /^export const revision = '([0-9a-f]{12})'$/m.exec(text)?.[1];
    assert.ok(revision !== undefined && file.includes(`-${revision}_`), text);
    assert.match(text, /^ \* Add phone to users$/m);
    assert.match(text, /^export const down_revision: string \| string\[\] \| null = 'pqr678'$/m);
    assert.doesNotMatch(text, /;$/m);
  });

  it("shows a parent that does not exist as a problem, and misses no types of its own", () => {
    const of = (words: string): readonly string[] => problems.filter((row) => row.includes(words));
    assert.deepEqual(
      of("missing-down-revision").map((row) => /^.* is not present/.exec(row)?.[0]),
      ["Revision inti000 referenced from abc123 is not present"],
    );
    assert.ok(of("'typeorm'").length > 0);
    assert.deepEqual(of("'alembic-ts'"), []);
  });
});
