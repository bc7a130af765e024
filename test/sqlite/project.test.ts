import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { commandLineFile, runProgram } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { linkSqliteDriver, readSqliteFile, sqliteDriverFolder } from "../support/sqliteFile";

/** The Node that the editor host brings along has `node:sqlite`. */
const newerNode = join(dirname(sqliteDriverFolder), "server", "node_modules", "node", "bin", "node");

const revisions = {
  "migrations/versions/a_users.ts": revisionText({
    id: "a",
    upgrade: `
  await op.createTable("users", {
    columns: { id: { type: "integer", primaryKey: true }, email: { type: "varchar(50)", nullable: false, unique: true } },
  });
  await op.bulkInsert("users", [{ email: "a@x" }, { id: 7, email: "b@x" }, { email: "c@x" }]);`,
    downgrade: `  await op.dropTable("users");`,
  }),
  // The guide's example, "Use Batch Operations for SQLite".
  "migrations/versions/b_batch.ts": revisionText({
    id: "b",
    down: "a",
    upgrade: `
  await op.batchAlterTable("users", async (batch) => {
    await batch.addColumn("new_field", { type: "varchar(50)" });
    await batch.createIndex("idx_new_field", ["new_field"]);
  });
  await connection.execute("UPDATE users SET new_field = $1 WHERE id = $2", ["new", 7]);`,
    downgrade: `
  await op.batchAlterTable("users", async (batch) => {
    await batch.dropIndex("idx_new_field");
    await batch.dropColumn("new_field");
  });`,
  }),
  "migrations/versions/c_copy.ts": revisionText({
    id: "c",
    down: "b",
    upgrade: `
  await op.batchAlterTable("users", async (batch) => {
    await batch.alterColumn("new_field", { type: "varchar(80)", nullable: false, default: "", using: sql\`coalesce(new_field, '')\` });
    await batch.createCheckConstraint("ck_mail", "email LIKE '%@%'");
  });
  if (context.isOffline) return;
  context.log(JSON.stringify(await connection.query(sql\`SELECT * FROM users WHERE id > \${1} ORDER BY id\`)));`,
    downgrade: `
  await op.batchAlterTable("users", async (batch) => {
    await batch.dropConstraint("ck_mail");
    await batch.alterColumn("new_field", { nullable: true, default: null });
  });`,
  }),
};

function createProject(config = "{}", more: Readonly<Record<string, string>> = {}): ProjectFolder {
  const project = createProjectFolder({
    "alembic.config.ts": `export default { scriptLocation: "migrations", ...${config} };\n`,
    ...revisions,
    ...more,
  });
  linkSqliteDriver(project.path);
  return project;
}

async function withProject(
  project: ProjectFolder,
  use: (project: ProjectFolder) => Promise<void>,
): Promise<void> {
  try {
    await use(project);
  } finally {
    project.remove();
  }
}

async function succeed(project: ProjectFolder, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await project.run(args);
  assert.equal(exitCode, 0, stdout + stderr);
  return stdout + stderr;
}

const url = "sqlite:///data.db";
const tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";

describe("a project on SQLite", () => {
  it("upgrades, tells where it is and downgrades", () =>
    withProject(createProject(), async (project) => {
      const file = join(project.path, "data.db");
      const output = await succeed(project, "--url", url, "upgrade", "head");
      assert.match(
        output,
        /\[\{"id":7,"email":"b@x","new_field":"new"\},\{"id":8,"email":"c@x","new_field":""\}\]/,
      );
      assert.match(await succeed(project, "--url", url, "current"), /\bc \(head\)/);
      assert.deepEqual(await readSqliteFile(file, "SELECT version_num FROM alembic_version"), [
        { version_num: "c" },
      ]);
      assert.deepEqual(
        await readSqliteFile(file, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"),
        [{ name: "idx_new_field" }],
      );
      await assert.rejects(
        readSqliteFile(file, "INSERT INTO users (email) VALUES ('none')"),
        /CHECK constraint failed: ck_mail/,
      );
      await succeed(project, "--url", url, "downgrade", "a");
      assert.deepEqual(await readSqliteFile(file, "SELECT * FROM users ORDER BY id"), [
        { id: 1, email: "a@x" },
        { id: 7, email: "b@x" },
        { id: 8, email: "c@x" },
      ]);
      await succeed(project, "--url", url, "downgrade", "base");
      assert.deepEqual(await readSqliteFile(file, tables), [{ name: "alembic_version" }]);
      assert.ok(!existsSync(`${file}.migrating`));
    }));

  for (const [name, form] of [
    ["relative", "sqlite:///below/data.db"],
    ["absolute", "sqlite:///<project>/below/data.db"],
    ["with a driver", "sqlite+aiosqlite:///below/data.db"],
  ] as const) {
    it(`finds the file of a URL that is ${name}, from the config and from --url`, () =>
      withProject(createProject(), async (project) => {
        mkdirSync(join(project.path, "below"));
        const written = form.replace("<project>", project.path);
        await succeed(project, "--url", written, "upgrade", "a");
        project.write({
          "alembic.config.ts": `export default { scriptLocation: "migrations", url: ${JSON.stringify(written)} };\n`,
        });
        await succeed(project, "upgrade", "+1");
        assert.deepEqual(
          await readSqliteFile(
            join(project.path, "below", "data.db"),
            "SELECT version_num FROM alembic_version",
          ),
          [{ version_num: "b" }],
        );
      }));
  }

  it("rolls a failed revision back whole, and says where it failed", () =>
    withProject(
      createProject("{}", {
        "migrations/versions/d_fails.ts": revisionText({
          id: "d",
          down: "c",
          upgrade: `
  await op.batchAlterTable("users", async (batch) => {
    await batch.dropColumn("email");
  });
  await op.execute("INSERT INTO none VALUES (1)");`,
        }),
      }),
      async (project) => {
        const result = await project.run(["--url", url, "upgrade", "head"]);
        assert.notEqual(result.exitCode, 0);
        assert.match(result.stdout + result.stderr, /no such table: none/);
        assert.match(result.stderr, /d_fails\.ts:\d+/);
        assert.deepEqual(await readSqliteFile(join(project.path, "data.db"), tables), []);
      },
    ));

  it("keeps each revision of its own transaction", () =>
    withProject(
      createProject("{ transactionPerMigration: true }", {
        "migrations/versions/d_fails.ts": revisionText({
          id: "d",
          down: "c",
          upgrade: `  await op.batchAlterTable("users", (batch) => batch.dropColumn("email"), { recreate: "always" });
  throw new Error("stop");`,
        }),
      }),
      async (project) => {
        assert.notEqual((await project.run(["--url", url, "upgrade", "head"])).exitCode, 0);
        const file = join(project.path, "data.db");
        assert.deepEqual(await readSqliteFile(file, "SELECT version_num FROM alembic_version"), [
          { version_num: "c" },
        ]);
        assert.deepEqual(await readSqliteFile(file, "SELECT name FROM pragma_table_info('users')"), [
          { name: "id" },
          { name: "email" },
          { name: "new_field" },
        ]);
      },
    ));

  it("copies a table in one transaction where the file asks for none", () =>
    withProject(
      createProject("{}", {
        "migrations/versions/d_none.ts": revisionText({
          id: "d",
          down: "c",
          extra: "export const transaction = false;\n",
          upgrade: `  await op.batchAlterTable("users", (batch) => batch.alterColumn("email", { nullable: true }));
  await op.execute("VACUUM");`,
        }),
      }),
      async (project) => {
        await succeed(project, "--url", url, "upgrade", "head");
        assert.deepEqual(
          await readSqliteFile(join(project.path, "data.db"), "SELECT count(*) AS n FROM users"),
          [{ n: 3 }],
        );
      },
    ));

  it("writes a script of the same SQL, and asks for copyFrom where a table has to be copied", () =>
    withProject(createProject(), async (project) => {
      const script = await succeed(project, "--url", url, "upgrade", "b", "--sql");
      assert.match(script, /ALTER TABLE users ADD COLUMN new_field varchar\(50\);/);
      assert.match(script, /INSERT INTO users \(email, id\) VALUES\n {4}\('b@x', 7\);/);
      const refused = await project.run(["--url", url, "upgrade", "head", "--sql"]);
      assert.notEqual(refused.exitCode, 0);
      assert.match(refused.stdout + refused.stderr, /without a database its columns are not known/);
      assert.match(refused.stdout + refused.stderr, /copyFrom/);
      assert.ok(!existsSync(join(project.path, "data.db")));
      assert.match(script, /^BEGIN;/m);
    }));

  it("warns of a CHECK without a name that goes with a dropped column, as Alembic 1.20 does", () =>
    withProject(
      createProjectFolder({
        "alembic.config.ts": `export default { scriptLocation: "migrations" };\n`,
        "migrations/versions/a_parts.ts": revisionText({
          id: "a",
          upgrade: `
  await op.createTable("parts", {
    columns: { id: { type: "integer", primaryKey: true }, low: { type: "integer" }, high: { type: "integer" }, note: { type: "text" } },
    checks: [{ condition: "low < high" }, { condition: "id > 0" }, { name: "ck_note", condition: "note <> ''" }],
  });`,
        }),
        "migrations/versions/b_drop.ts": revisionText({
          id: "b",
          down: "a",
          upgrade: `
  await op.batchAlterTable("parts", async (batch) => {
    await batch.dropColumn("high");
    await batch.dropColumn("note");
  });`,
        }),
        "migrations/versions/c_thought_of.ts": revisionText({
          id: "c",
          down: "b",
          upgrade: `
  await op.batchAlterTable("parts", async (batch) => batch.dropColumn("low"), { tableArgs: { checks: [{ condition: "id > 1" }] } });`,
        }),
      }),
      async (project) => {
        linkSqliteDriver(project.path);
        const { stderr } = await project.run(["--url", "sqlite:///parts.db", "upgrade", "head"]);
        assert.deepEqual(
          stderr.split("\n").filter((line) => line.includes("CHECK")),
          [
            `WARNING The batch on "parts" drops the column "high", and with it a CHECK constraint that has no name: CHECK (low < high). To keep a part of it, give that in tableArgs.`,
          ],
        );
      },
    ));

  it("runs every revision once when several runs start together", () =>
    withProject(createProject(), async (project) => {
      const results = await Promise.all(
        Array.from({ length: 4 }, () => project.run(["--url", url, "upgrade", "head"])),
      );
      assert.deepEqual(
        results.map(({ exitCode }) => exitCode),
        [0, 0, 0, 0],
        results.map(({ stderr }) => stderr).join("\n"),
      );
      assert.equal(results.filter(({ stdout, stderr }) => /upgrade .*-> a/.test(stdout + stderr)).length, 1);
      assert.deepEqual(
        await readSqliteFile(join(project.path, "data.db"), "SELECT count(*) AS n FROM users"),
        [{ n: 3 }],
      );
    }));

  it("works on the SQLite that a later Node has in it", async function () {
    if (!existsSync(newerNode)) {
      this.skip();
    }
    await withProject(createProject(), async (project) => {
      const run = (...args: readonly string[]) =>
        runProgram(newerNode, [commandLineFile(), "--url", url, ...args], { cwd: project.path });
      for (const args of [
        ["upgrade", "head"],
        ["downgrade", "b"],
        ["downgrade", "base"],
      ]) {
        const result = await run(...args);
        assert.equal(result.exitCode, 0, result.stdout + result.stderr);
        assert.doesNotMatch(result.stderr, /ExperimentalWarning/);
      }
      assert.deepEqual(await readSqliteFile(join(project.path, "data.db"), tables), [
        { name: "alembic_version" },
      ]);
    });
  });
});
