import assert from "node:assert/strict";
import { commandLineFile, runProgram } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const agent = { CLAUDECODE: "1" };
const file = (name: string): string => `migrations/versions/${name}.ts`;
const execute = (sql: string): string => `  await op.execute(${JSON.stringify(sql)});`;

describe("under a coding agent", function () {
  this.timeout(120_000);
  let project: ProjectFolder;
  let url: string;
  const configFor = (production: string): string =>
    JSON.stringify({
      scriptLocation: "migrations",
      url,
      environments: { stage: { url }, live: { url: production, production: true } },
    });
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = agent) =>
    project.run(args, { env: { DATABASE_URL: url, ...env } });

  beforeEach(async () => {
    url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": configFor(await (await sharedPostgres()).createDatabase()),
      [file("a1")]: revisionText({ id: "a1", upgrade: execute("CREATE TABLE t (id integer)") }),
      [file("b2")]: revisionText({
        id: "b2",
        down: "a1",
        upgrade: execute("ALTER TABLE t ADD note text"),
        downgrade: execute("ALTER TABLE t DROP note"),
      }),
      [file("c3")]: revisionText({ id: "c3", down: "b2", upgrade: execute("ALTER TABLE t DROP note") }),
    });
    assert.equal((await run(["upgrade", "b2"], {})).exitCode, 0);
  });
  afterEach(() => project.remove());

  const dangers: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
    {
      args: ["downgrade", "-1"],
      says: /\(Claude Code\) and reverts revisions, which needs a person's approval/,
    },
    { args: ["downgrade", "base"], says: /reverts revisions/ },
    { args: ["stamp", "--purge", "b2"], says: /empties the version table/ },
    { args: ["upgrade", "head"], says: /may lose data \(Revision c3: All values of t\.note are lost\)/ },
    { args: ["--environment", "live", "upgrade", "a1"], says: /changes the production environment live/ },
    { args: ["--environment", "live", "ensure_version"], says: /changes the production environment live/ },
    { args: ["--environment", "live", "stamp", "head"], says: /changes the production environment live/ },
    { args: ["--environment", "all", "upgrade", "a1"], says: /changes the production environment live/ },
  ];
  for (const { args, says } of dangers) {
    it(`refuses ${args.join(" ")}, and runs it with the ID that a person got`, async () => {
      const refused = await run(args);
      assert.equal(refused.exitCode, 255);
      assert.match(refused.stdout, says);
      assert.match(refused.stdout + refused.stderr, /Ask a person to run|failed /);
      assert.deepEqual(await versionRows(url), ["b2"]);
      if (args.includes("ensure_version") || args.includes("all")) {
        return;
      }
      const withheld = await run([...args, "--plan"]);
      assert.equal(withheld.exitCode, 0, withheld.stderr);
      assert.doesNotMatch(withheld.stdout, /Plan ID/);
      assert.match(withheld.stdout, /Ask a person to run the same command with --plan in their own terminal/);
      const persons = await run([...args, "--plan"], {});
      const id = /^Plan ID: (\S+)$/m.exec(persons.stdout)?.[1] ?? "";
      const approved = await run([...args, "--approved", id]);
      assert.equal(approved.exitCode, 0, approved.stdout + approved.stderr);
    });
  }

  it("finds the database of production whatever names it", async () => {
    project.write({ "alembic.config.json": configFor(url) });
    for (const args of [
      ["--url", url, "stamp", "a1"],
      ["stamp", "a1"],
    ]) {
      const refused = await run(args);
      assert.match(refused.stdout, /changes the (?:production|database of the production) environment live/);
    }
    assert.deepEqual(await versionRows(url), ["b2"]);
  });

  it("tells production from another database that a URL names", async () => {
    const { exitCode, stdout } = await run(["--url", url, "stamp", "a1"]);
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(await versionRows(url), ["a1"]);
  });

  it("lets everything else run, and everything where a person turned the guard off, or in CI", async () => {
    for (const args of [
      ["upgrade", "b2"],
      ["stamp", "a1"],
      ["upgrade", "b2", "--sql"],
      ["downgrade", "b2:a1", "--sql"],
      ["status"],
    ]) {
      const { exitCode, stdout } = await run(args);
      assert.equal(exitCode, 0, stdout);
    }
    await run(["stamp", "b2"], {});
    // A program in between that no agent started: those above it may be an agent's, which runs these tests.
    const person = `CLAUDECODE=1 ALEMBIC_AGENT_GUARD=off "${process.execPath}" "${commandLineFile()}" downgrade -1; exit $?`;
    const options = { cwd: project.path, env: { DATABASE_URL: url } };
    assert.equal((await runProgram("sh", ["-c", person], options)).exitCode, 0);
    assert.equal((await run(["upgrade", "head"], { CI: "true", AGENT: "1" })).exitCode, 0);
    assert.deepEqual(await versionRows(url), ["c3"]);
  });

  const losses: readonly { readonly name: string; readonly upgrade: string }[] = [
    {
      name: "SQL that is computed",
      upgrade: '  const what = ["DROP", "TABLE", "t"].join(" ");\n  await op.execute(what);',
    },
    { name: "a DO block", upgrade: execute("DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$") },
    { name: "an operation", upgrade: '  await op.dropColumn("t", "note");' },
    { name: "TRUNCATE", upgrade: execute("TRUNCATE t") },
    { name: "DELETE of all rows", upgrade: execute("DELETE FROM t") },
    {
      name: "a comment for lint above it",
      upgrade: `  // lint-ignore drop-table: not wanted\n${execute("DROP TABLE t")}`,
    },
    {
      name: "rows that tell what is dropped",
      upgrade:
        "  const rows = await connection.query(sql`SELECT 't' AS name`);\n  await op.execute(`DROP TABLE ${String(rows[0]?.[\"name\"])}`);",
    },
  ];
  for (const { name, upgrade } of losses) {
    it(`finds data loss in ${name}`, async () => {
      project.write({ [file("c3")]: revisionText({ id: "c3", down: "b2", upgrade }) });
      const { exitCode, stdout } = await run(["upgrade", "head"]);
      assert.equal(exitCode, 255);
      assert.match(stdout, /may lose data \(Revision c3: /);
      assert.deepEqual(await versionRows(url), ["b2"]);
    });
  }

  it("does not take for loss what the same run made", async () => {
    const upgrade = [
      execute("CREATE TABLE s (a integer)"),
      execute("DROP TABLE s"),
      execute("CREATE INDEX i ON t (id)"),
    ];
    project.write({ [file("c3")]: revisionText({ id: "c3", down: "b2", upgrade: upgrade.join("\n") }) });
    const { exitCode, stdout } = await run(["upgrade", "head"]);
    assert.equal(exitCode, 0, stdout);
  });
});
