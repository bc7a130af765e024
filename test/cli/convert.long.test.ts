import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PostgresServer } from "../support/postgresServer";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

const recorded = join(__dirname, "../oracle/python/convert");

/** Tables that the guide's revisions take to be there. */
const setUp = `
  CREATE TABLE users (id uuid PRIMARY KEY, organization_id integer, status text);
  INSERT INTO users VALUES ('00000000-0000-0000-0000-000000000001', 1, 'enabled');
  CREATE TABLE educational_content (title text, description text, content text);
`;

const configuration = {
  "alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
  "migrations/env.py": "",
};

function recordedRevisions(): Readonly<Record<string, string>> {
  const names = readdirSync(join(recorded, "versions")).filter((name) => name.endsWith(".py"));
  return Object.fromEntries(
    names.map((name) => [
      `migrations/versions/${name}`,
      readFileSync(join(recorded, "versions", name), "utf8"),
    ]),
  );
}

describe("convert", function () {
  this.timeout(120_000);

  describe("the guide's revisions and others that Alembic's answers are recorded of", () => {
    let server: PostgresServer;
    let project: ProjectFolder;
    let ours = "";
    let theirs = "";

    async function run(args: readonly string[], url = ""): Promise<string> {
      const result = await project.run(args, { env: { DATABASE_URL: url } });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      return result.stdout;
    }

    before(async () => {
      server = await sharedPostgres();
      project = createProjectFolder({ ...configuration, ...recordedRevisions() });
      ours = await server.createDatabase();
      theirs = await server.createDatabase();
      await runScript(ours, setUp);
      await runScript(theirs, setUp);
    });
    after(() => project.remove());

    it("are the guide's six and at least 40 further operations", () => {
      const further = Object.entries(recordedRevisions()).filter(([name]) => /\/c\d+\.py$/.test(name));
      const calls = further.flatMap(([, text]) => text.match(/\b(?:op|batch_op|batch)\.[a-z_]+\(/g) ?? []);
      const operations = calls.filter(
        (call) => !/\.(?:f|get_bind|get_context|batch_alter_table)\(/.test(call),
      );
      assert.equal(Object.keys(recordedRevisions()).length - further.length, 6);
      assert.ok(operations.length >= 40, String(operations.length));
    });

    it("leave nothing to do by hand, and keep the chain", async () => {
      const history = await run(["history"]);
      assert.match(
        await run(["convert", "--replace"]),
        /\nConverted 42 revisions\. Nothing is left to do by hand\.\n/,
      );
      assert.equal(await run(["history"]), history);
    });

    it("make the schema and the rows that Alembic makes", async () => {
      await run(["upgrade", "head"], ours);
      await runScript(theirs, readFileSync(join(recorded, "upgrade.sql"), "utf8"));
      assert.equal(await server.dumpSchema(ours), await server.dumpSchema(theirs));
      for (const query of ["SELECT * FROM users", "SELECT id, name, note FROM roles ORDER BY id"]) {
        assert.deepEqual(await queryRows(ours, query), await queryRows(theirs, query));
      }
      assert.deepEqual(await versionRows(ours), ["c036"]);
    });

    it("take it back as Alembic does", async () => {
      await run(["downgrade", "base"], ours);
      await runScript(theirs, readFileSync(join(recorded, "downgrade.sql"), "utf8"));
      assert.deepEqual(await versionRows(ours), []);
      await runScript(ours, "DROP TABLE alembic_version");
      assert.equal(await server.dumpSchema(ours), await server.dumpSchema(theirs));
    });
  });

  describe("a project", () => {
    const head = "from alembic import op\n\n";
    const files = {
      ...configuration,
      "migrations/versions/a1.py": `"""One"""\n${head}revision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    op.execute('CREATE TABLE a ()')\n\n\ndef downgrade():\n    op.drop_table('a')\n`,
      "migrations/versions/b1.py": `"""Two"""\n${head}revision = 'b1'\ndown_revision = 'a1'\n\n\ndef upgrade():\n    for n in range(3):\n        op.execute(f'CREATE TABLE b{n} ()')\n\n\ndef downgrade():\n    pass\n`,
    };
    let project: ProjectFolder;
    beforeEach(() => {
      project = createProjectFolder(files);
    });
    afterEach(() => project.remove());

    async function run(
      ...args: readonly string[]
    ): Promise<{ stdout: string; exitCode: number | undefined }> {
      const { stdout, exitCode } = await project.run(args, { env: { DATABASE_URL: "" } });
      return { stdout, exitCode };
    }

    const byHand =
      "  <project>/migrations/versions/b1.py:9: convert these lines up to line 10 by hand: only calls of `op` are converted\n";

    it("says what it would write, and writes nothing", async () => {
      assert.deepEqual(await run("convert", "--dry-run"), {
        stdout:
          "Would generate <project>/migrations/typescript/a1.ts\n" +
          `Would generate <project>/migrations/typescript/b1.ts\n${byHand}` +
          "Would convert 2 revisions. 1 part left to convert by hand: the revisions throw an error there.\n",
        exitCode: 0,
      });
      assert.deepEqual(project.list("migrations"), ["env.py", "versions"]);
    });

    it("gets the new files in a folder that is not read", async () => {
      const history = await run("history");
      assert.equal((await run("convert")).exitCode, 0);
      assert.deepEqual(project.list("migrations/typescript"), ["a1.ts", "b1.ts"]);
      assert.deepEqual(project.list("migrations/versions"), ["a1.py", "b1.py"]);
      assert.deepEqual(await run("history"), history);
    });

    it("gets them in a folder of its choice, for the revisions of a range", async () => {
      assert.equal((await run("convert", "a1", "--output", "here")).exitCode, 0);
      assert.deepEqual(project.list("here"), ["a1.ts"]);
    });

    it("keeps its chain where the files are replaced", async () => {
      const history = await run("history");
      assert.equal((await run("convert", "--replace")).exitCode, 0);
      assert.deepEqual(project.list("migrations/versions"), [
        "a1.py.converted",
        "a1.ts",
        "b1.py.converted",
        "b1.ts",
      ]);
      assert.deepEqual(await run("history"), history);
    });

    it("gets a name that counts for a revision where its own would not", async () => {
      project.write({
        "migrations/versions/v3.0.0.d.py": files["migrations/versions/b1.py"]
          .replaceAll("'b1'", "'c1'")
          .replaceAll("'a1'", "'b1'")
          .replace("Revision ID: b1", "Revision ID: c1"),
      });
      await run("convert", "c1");
      assert.deepEqual(project.list("migrations/typescript"), ["v3_0_0_d.ts"]);
    });

    it("fails where something is left to do by hand, and rolls back", async () => {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      await run("convert", "--replace");
      const { stdout, exitCode } = await project.run(["upgrade", "head"], { env: { DATABASE_URL: url } });
      assert.match(stdout, /Convert lines 9 to 10 of b1\.py by hand: only calls of `op` are converted\./);
      assert.equal(exitCode, 255);
      assert.deepEqual(await queryRows(url, "SELECT relname FROM pg_class WHERE relname ~ '^b[0-9]'"), []);
    });

    const refused: readonly (readonly [
      string,
      Readonly<Record<string, string>>,
      readonly string[],
      RegExp,
    ])[] = [
      ["into a folder of revisions", {}, ["--output", "migrations/versions"], /would be there twice/],
      ["over a file", { "migrations/typescript/b1.ts": "" }, [], /b1\.ts already exists/],
      [
        "with --replace over a file",
        { "migrations/versions/b1.py.converted": "" },
        ["--replace"],
        /already exists/,
      ],
      [
        "a header that only running it would tell",
        { "migrations/versions/b1.py": files["migrations/versions/b1.py"].replace("= 'a1'", "= a()") },
        [],
        /header of .*b1\.py is not known/,
      ],
      [
        "dependencies that only running it would tell",
        { "migrations/versions/b1.py": `${files["migrations/versions/b1.py"]}\ndepends_on = f()\n` },
        [],
        /b1\.py cannot be converted: depends_on is/,
      ],
    ];
    for (const [name, more, args, message] of refused) {
      it(`is not converted ${name}, and nothing is written`, async () => {
        project.write(more);
        const before = [project.list("migrations/versions"), project.list("migrations/typescript")];
        const { stdout, exitCode } = await run("convert", ...args);
        assert.match(stdout, message);
        assert.equal(exitCode, 255);
        assert.deepEqual(
          [project.list("migrations/versions"), project.list("migrations/typescript")],
          before,
        );
      });
    }
  });
});
