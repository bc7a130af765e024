import assert from "node:assert/strict";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const idLine = /^Plan ID: ([0-9a-f]{32}-[0-9a-f]{20})$/m;
const file = (name: string): string => `migrations/versions/${name}.ts`;
const tables = {
  "package.json": "{}",
  "alembic.config.json": `{ "scriptLocation": "migrations" }`,
  [file("a1")]: revisionText({ id: "a1", upgrade: `  await op.execute("CREATE TABLE t (id integer)");` }),
  [file("b2")]: revisionText({
    id: "b2",
    down: "a1",
    upgrade: `  await op.execute("ALTER TABLE t ADD note text");`,
    downgrade: `  await op.execute("ALTER TABLE t DROP note");`,
  }),
};

describe("plan IDs on the command line", function () {
  this.timeout(120_000);
  let project: ProjectFolder;
  let url: string;
  const env = (more: Readonly<Record<string, string>> = {}): { env: Record<string, string> } => ({
    env: { DATABASE_URL: url, ...more },
  });

  beforeEach(async () => {
    url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder(tables);
  });
  afterEach(() => project.remove());

  async function planOf(args: readonly string[], own: ProjectFolder = project): Promise<string> {
    const { stdout, stderr } = await own.run([...args, "--plan"], env());
    const id = idLine.exec(stdout)?.[1];
    assert.ok(id !== undefined, stdout + stderr);
    return id;
  }

  it("runs what was planned, and gives the same ID for the same plan however the database is reached", async () => {
    const id = await planOf(["upgrade", "head"]);
    const other = new URL(url);
    other.searchParams.set("application_name", "another");
    const { stdout } = await project.run(["upgrade", "head", "--plan", "--json"], {
      env: { DATABASE_URL: other.href },
    });
    const given = JSON.parse(stdout) as { readonly id: string; readonly losses: readonly string[] };
    assert.deepEqual([given.id, given.losses], [id, []]);
    const ran = await project.run(["upgrade", "head", "--approved", id], env());
    assert.equal(ran.exitCode, 0, ran.stdout);
    assert.deepEqual(await versionRows(url), ["b2"]);
    const down = await planOf(["downgrade", "-1"]);
    assert.equal((await project.run(["downgrade", "-1", "--approved", down], env())).exitCode, 0);
    const stamped = await planOf(["stamp", "b2", "--purge"]);
    assert.equal((await project.run(["stamp", "b2", "--purge", "--approved", stamped], env())).exitCode, 0);
    assert.deepEqual(await versionRows(url), ["b2"]);
  });

  const changes: readonly {
    readonly name: string;
    readonly change: () => Promise<unknown>;
    readonly args?: readonly string[];
    readonly says: RegExp;
  }[] = [
    {
      name: "another database",
      change: async () => (url = await (await sharedPostgres()).createDatabase()),
      says: /It was made for another database\./,
    },
    {
      name: "other rows",
      change: () => project.run(["upgrade", "a1"], env()),
      says: /The version table was different: it is now at a1\./,
    },
    {
      name: "an edited file",
      change: () => {
        project.write({ [file("b2")]: `${tables[file("b2")] ?? ""}\n// edited\n` });
        return Promise.resolve();
      },
      says: /A revision file has changed since\./,
    },
    {
      name: "another target",
      change: () => Promise.resolve(),
      args: ["upgrade", "a1"],
      says: /Its steps were different/,
    },
  ];
  for (const { name, change, args = ["upgrade", "head"], says } of changes) {
    it(`refuses an ID after ${name}, says what changed, and changes nothing`, async () => {
      const id = await planOf(["upgrade", "head"]);
      await change();
      const before = await queryRows(url, "SELECT to_regclass('t')::text AS t");
      const refused = await project.run([...args, "--approved", id], env());
      assert.equal(refused.exitCode, 255);
      assert.match(refused.stdout, says);
      assert.match(refused.stderr, /Hint: Run the command again with --plan/);
      assert.deepEqual(await queryRows(url, "SELECT to_regclass('t')::text AS t"), before);
    });
  }

  it("notices SQL that depends on something outside the files", async () => {
    const text = revisionText({
      id: "a1",
      upgrade: '  await op.execute(`CREATE TABLE t_${process.env["SUFFIX"] ?? "x"} (id integer)`);',
    });
    project.write({ [file("a1")]: text });
    const id = await planOf(["upgrade", "a1"]);
    const refused = await project.run(["upgrade", "a1", "--approved", id], env({ SUFFIX: "y" }));
    assert.match(refused.stdout, /The SQL of its steps has changed, though the revision files have not/);
    assert.equal((await project.run(["upgrade", "a1", "--approved", id], env())).exitCode, 0);
  });

  const runs: readonly {
    readonly name: string;
    readonly line?: string;
    readonly extra?: string;
    readonly times: number;
  }[] = [
    { name: "once, though its header names a date", times: 1 },
    { name: "twice if it names the time", line: "  new Date();", times: 2 },
    { name: "twice if it names what prints the time", line: "  new Intl.DateTimeFormat();", times: 2 },
    { name: "twice if it may keep something of the first run", extra: "let counted = 0;", times: 2 },
    { name: "twice if others may keep something in it", extra: "export let counted = 0;", times: 2 },
  ];
  for (const { name, line = "", extra = "", times } of runs) {
    it(`runs a revision for its plan ${name}`, async () => {
      const upgrade = `  console.log("a1 runs");\n${line}\n  await op.execute("CREATE TABLE t (id integer)");`;
      project.write({ [file("a1")]: revisionText({ id: "a1", upgrade, extra }) });
      const { stdout, stderr } = await project.run(["upgrade", "a1", "--plan"], env());
      assert.match(stdout, idLine);
      assert.equal(`${stdout}${stderr}`.match(/^a1 runs$/gm)?.length, times);
    });
  }

  it("approves revisions whose SQL is another each time, or needs rows, by their files", async () => {
    project.write({
      [file("a1")]: revisionText({
        id: "a1",
        upgrade: "  await op.execute(`CREATE TABLE t AS SELECT '${String(Math.random())}' AS made`);",
      }),
      [file("b2")]: revisionText({
        id: "b2",
        down: "a1",
        upgrade:
          '  const rows = await connection.query(sql`SELECT count(*)::int AS n FROM t`);\n  await op.execute(`CREATE TABLE n${String(rows[0]?.["n"])} (id integer)`);',
      }),
    });
    const id = await planOf(["upgrade", "head"]);
    const ran = await project.run(["upgrade", "head", "--approved", id], env());
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
  });

  it("refuses what is no ID, and one ID for several databases", async () => {
    const refused = await project.run(["upgrade", "head", "--approved", "yes"], env());
    assert.equal(refused.exitCode, 255);
    assert.match(refused.stdout, /the text given with --approved is not a plan ID/);
    project.write({
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        environments: { one: { url }, two: { url } },
      }),
    });
    const many = await project.run(["--environment", "all", "upgrade", "head", "--approved", "0"], env());
    assert.match(many.stdout, /a plan ID is for one/);
    assert.deepEqual(await queryRows(url, "SELECT to_regclass('t')::text AS t"), [{ t: null }]);
  });

  it("identifies plans on the embedded database", async () => {
    const embedded = { env: {} };
    const planned = await project.run(["upgrade", "head", "--plan"], embedded);
    const id = idLine.exec(planned.stdout)?.[1] ?? planned.stderr;
    const copy = createProjectFolder(tables);
    try {
      const refused = await copy.run(["upgrade", "head", "--approved", id], embedded);
      assert.match(refused.stdout, /It was made for another database\./);
    } finally {
      copy.remove();
    }
    const ran = await project.run(["upgrade", "head", "--approved", id], embedded);
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
  });
});
