import assert from "node:assert/strict";
import { join } from "node:path";
import { startCommand, until } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { linkSqliteDriver, readSqliteFile } from "../support/sqliteFile";

const url = "sqlite:///data.db";
/** Waits for its end at this place, in a project that has a file of the name. */
const stop = (name: string): string => `  if ((await import("node:fs")).existsSync("stop-${name}")) {
    context.log("at ${name}");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }`;

function createProject(extra: string): ProjectFolder {
  const project = createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", transactionPerMigration: true }),
    "migrations/versions/a_users.ts": revisionText({
      id: "a",
      upgrade: `  await op.createTable("users", { columns: { id: { type: "integer", primaryKey: true }, email: { type: "text" } } });
  await op.bulkInsert("users", [{ email: "a@x" }, { email: "b@x" }]);`,
    }),
    "migrations/versions/b_steps.ts": revisionText({
      id: "b",
      down: "a",
      extra,
      upgrade: `  await op.execute("CREATE TABLE log (step integer)");
${stop("table")}
  await op.execute("INSERT INTO log VALUES (1)");
${stop("rows")}
  await op.batchAlterTable("users", async (batch) => {
    await batch.alterColumn("email", { nullable: false });
    await batch.dropColumn("id");
  });
${stop("copy")}
  const { rowCount } = await connection.execute("UPDATE users SET email = email || 'y'");
  await op.execute("INSERT INTO log VALUES (" + String(rowCount) + ")");
  await op.execute("VACUUM");
${stop("vacuum")}
  await op.addColumn("log", "note", { type: "text" });`,
    }),
  });
  linkSqliteDriver(project.path);
  return project;
}

function read(project: ProjectFolder, query: string): Promise<readonly unknown[]> {
  return readSqliteFile(join(project.path, "data.db"), query);
}

const tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
const named = (...names: readonly string[]): readonly unknown[] => names.map((name) => ({ name }));

async function assertComplete(project: ProjectFolder): Promise<void> {
  assert.deepEqual(await read(project, tables), named("alembic_version", "log", "users"));
  assert.deepEqual(await read(project, "SELECT version_num FROM alembic_version"), [{ version_num: "b" }]);
  assert.deepEqual(await read(project, "SELECT * FROM log"), [
    { step: 1, note: null },
    { step: 2, note: null },
  ]);
  assert.deepEqual(await read(project, "SELECT * FROM users"), [{ email: "a@xy" }, { email: "b@xy" }]);
}

describe("an upgrade of SQLite that is killed", function () {
  this.timeout(60_000);

  for (const place of ["table", "rows", "copy", "vacuum"]) {
    it(`without a transaction, behind its ${place}: the version is true, and the next run goes on from there`, async () => {
      const project = createProject("export const transaction = false;");
      try {
        project.write({ [`stop-${place}`]: "" });
        const killed = startCommand(project.path, undefined, ["--url", url, "upgrade", "head"]);
        await until(() => killed.stderr().includes(`at ${place}`));
        killed.kill("SIGKILL");
        await killed.ended;
        assert.deepEqual(await read(project, "SELECT version_num FROM alembic_version"), [
          { version_num: "a" },
        ]);
        assert.deepEqual(
          await read(project, tables),
          named("alembic_version", "alembic_version_steps", "log", "users"),
        );
        project.removeFile(`stop-${place}`);
        const next = await startCommand(project.path, undefined, ["--url", url, "upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        assert.match(
          next.stderr,
          /Revision b was interrupted in an earlier run after its statement \d, which completed/,
        );
        await assertComplete(project);
      } finally {
        project.remove();
      }
    });
  }

  it("in a transaction leaves nothing of the revision, and the next run does all of it", async () => {
    const project = createProject("");
    try {
      project.write({ "stop-copy": "" });
      const killed = startCommand(project.path, undefined, ["--url", url, "upgrade", "head"]);
      await until(() => killed.stderr().includes("at copy"));
      killed.kill("SIGKILL");
      await killed.ended;
      assert.deepEqual(await read(project, tables), named("alembic_version", "users"));
      assert.deepEqual(await read(project, "SELECT * FROM users"), [
        { id: 1, email: "a@x" },
        { id: 2, email: "b@x" },
      ]);
      project.removeFile("stop-copy");
      const next = await startCommand(project.path, undefined, ["--url", url, "upgrade", "head"]).ended;
      assert.equal(next.exitCode, 0, next.stdout + next.stderr);
      await assertComplete(project);
    } finally {
      project.remove();
    }
  });
});
