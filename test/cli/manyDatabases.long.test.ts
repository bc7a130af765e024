import assert from "node:assert/strict";
import { connect } from "../support/mcpSession";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, queryValues } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const secret = "hunter2";

function project(environments: Readonly<Record<string, unknown>>): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", environments }),
    "migrations/versions/r1_step.ts": revisionText({
      id: "r1",
      down: null,
      upgrade: '  await op.execute("CREATE TABLE added ()");',
    }),
  });
}

interface Entry {
  readonly database: string;
  readonly state: string;
  readonly error?: string;
}

async function upgradeAll(
  folder: ProjectFolder,
): Promise<{ exitCode: number | undefined; entries: Entry[] }> {
  const args = ["--environment", "all", "upgrade", "head", "--json"];
  const result = await folder.run(args);
  assert.doesNotMatch(result.stdout + result.stderr, new RegExp(secret));
  assert.doesNotMatch(result.stdout + result.stderr, /Internal error/);
  return { exitCode: result.exitCode, entries: JSON.parse(result.stdout) as Entry[] };
}

describe("a run on several databases", function () {
  this.timeout(120_000);
  this.slow(20_000);

  it("goes on where an environment is not known, or gives no tenants", async () => {
    const server = await sharedPostgres();
    const [good, other] = [await server.createDatabase(), await server.createDatabase()];
    const folder = project({
      unset: { urlVariable: "NOT_SET_ANYWHERE" },
      port: { url: `postgresql://ann:${secret}@localhost:99999/shop` },
      query: { url: other, tenantUrls: "SELECT url FROM no_such_table" },
      good: { url: good },
    });
    try {
      const { exitCode, entries } = await upgradeAll(folder);
      assert.equal(exitCode, 255);
      assert.deepEqual(
        entries.map(({ database, state }) => `${database} ${state}`),
        ["unset failed", "port failed", "query failed", "good ok"],
      );
      assert.match(entries[0]?.error ?? "", /NOT_SET_ANYWHERE, which is not set/);
      assert.match(entries[1]?.error ?? "", /from environment port/);
      assert.match(entries[2]?.error ?? "", /no_such_table/);
      assert.equal((await queryRows(good, "SELECT * FROM alembic_version")).length, 1);
    } finally {
      folder.remove();
    }
  });

  it("runs for each tenant of the only environment, which nobody has to name", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    await queryRows(url, "CREATE SCHEMA acme; CREATE SCHEMA globex");
    const folder = project({ app: { url, tenantSchemas: "VALUES ('acme'), ('globex')" } });
    const tables = `SELECT schemaname || '.' || tablename AS name FROM pg_tables
                     WHERE schemaname IN ('public', 'acme', 'globex') ORDER BY 1`;
    try {
      const script = await folder.run(["upgrade", "head", "--sql"]);
      assert.equal(script.exitCode, 0, script.stderr);
      const upgraded = await folder.run(["upgrade", "head", "--json"]);
      assert.deepEqual(
        (JSON.parse(upgraded.stdout) as Entry[]).map(({ database, state }) => `${database} ${state}`),
        ["app/acme ok", "app/globex ok"],
      );
      const ofTenants = ["acme.added", "acme.alembic_version", "globex.added", "globex.alembic_version"];
      assert.deepEqual(await queryValues(url, tables), ofTenants);
      const stamped = await folder.run(["stamp", "base"]);
      assert.match(stamped.stdout, /^app\/acme +ok +1 step, now at base$/m, stamped.stderr);
      assert.deepEqual(await queryRows(url, "SELECT * FROM acme.alembic_version"), []);
      const ensured = await folder.run(["ensure_version"]);
      assert.match(
        ensured.stdout,
        /^FAILED: The environment 'app' stands for its tenants, and this command changes one database\.$/m,
      );
      assert.deepEqual(await queryValues(url, tables), ofTenants);
    } finally {
      folder.remove();
    }
  });

  it("says where each tenant is, and which is not known", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    await queryRows(
      url,
      `CREATE SCHEMA acme; CREATE SCHEMA globex; CREATE SCHEMA initech;
       CREATE TABLE acme.alembic_version (version_num varchar(32)); INSERT INTO acme.alembic_version VALUES ('r1');
       CREATE TABLE initech.alembic_version (version_num varchar(32)); INSERT INTO initech.alembic_version VALUES ('gone');
       CREATE TABLE public.alembic_version (version_num varchar(32)); INSERT INTO public.alembic_version VALUES ('r1')`,
    );
    const tenantSchemas = "VALUES ('acme'), ('globex'), ('initech')";
    const folder = project({ app: { url, tenantSchemas }, unset: { urlVariable: "NOT_SET_ANYWHERE" } });
    const told = async (...args: readonly string[]): Promise<readonly [number | undefined, string]> => {
      const { exitCode, stdout } = await folder.run(["--environment", "app", ...args]);
      return [exitCode, stdout];
    };
    try {
      assert.deepEqual(await told("current"), [
        255,
        [
          "app/acme     r1 (head)",
          "app/globex   base",
          "app/initech  FAILED: Can't locate revision identified by 'gone'",
          "  The database is at gone, which no revision here has.",
          "  Hint: Its file may be on another Git branch, or deleted: restore it. Or set the version table with `alembic-ts stamp --purge`.",
          "1 at head, 1 not at head, 1 failed",
          "",
        ].join("\n"),
      ]);
      assert.deepEqual(await told("status"), [
        0,
        [
          "app/acme     at r1, 1 applied, 0 pending",
          "app/globex   at base, 0 applied, 1 pending",
          "app/initech  at gone, 0 applied, 0 pending, 1 unknown, no file has revision gone",
          "",
        ].join("\n"),
      ]);
      await queryRows(url, "DROP SCHEMA initech CASCADE");
      await queryRows(url, "CREATE SCHEMA initech");
      assert.equal((await told("current"))[0], 0);
      const [code, checked] = await told("current", "--check-heads", "--json");
      assert.equal(code, 255);
      assert.deepEqual(
        (JSON.parse(checked) as Entry[]).map(({ database, state, error }) => [database, state, error]),
        [
          ["app/acme", "ok", undefined],
          ["app/globex", "failed", "FAILED: Database is not on all head revisions"],
          ["app/initech", "failed", "FAILED: Database is not on all head revisions"],
        ],
      );
      const all = await folder.run(["--environment", "all", "status", "--json"]);
      assert.deepEqual(
        (JSON.parse(all.stdout) as Entry[]).map(({ database, state }) => `${database} ${state}`),
        ["app/acme ok", "app/globex ok", "app/initech ok", "unset failed"],
      );
    } finally {
      folder.remove();
    }
  });

  it("takes the database of the environment for no tenant's", async () => {
    const server = await sharedPostgres();
    const url = await server.createDatabase();
    await queryRows(
      url,
      `CREATE SCHEMA acme; CREATE TABLE public.cup (id int);
       CREATE TABLE public.alembic_version (version_num varchar(32)); INSERT INTO public.alembic_version VALUES ('r1')`,
    );
    const refusal = "The environment 'app' stands for its tenants, and this command reads one database.";
    const folder = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        dataSource: "data-source.ts",
        environments: { app: { url, tenantSchemas: "VALUES ('acme')" } },
      }),
      "data-source.ts": `import { DataSource, EntitySchema } from "typeorm";
        const cup = new EntitySchema({ name: "cup", columns: { id: { type: Number, primary: true } } });
        export const source = new DataSource({ type: "postgres", entities: [cup] });`,
      "migrations/versions/r1_step.ts": revisionText({
        id: "r1",
        down: null,
        upgrade: '  await op.execute("CREATE TABLE added ()");',
      }),
    });
    folder.linkModules();
    const session = await connect(folder);
    try {
      for (const args of [
        ["history", "--indicate-current"],
        ["show", "current"],
      ]) {
        const { exitCode, stdout } = await folder.run(args);
        assert.deepEqual([exitCode, stdout.split("\n")[0]], [255, `FAILED: ${refusal}`], args.join(" "));
      }
      const status = await session.call("status");
      assert.equal(status.isError, true);
      assert.match(status.text, new RegExp(refusal));
      const checked = await folder.run(["check", "--json"]);
      const { comparedWith, operations } = JSON.parse(checked.stdout) as Readonly<Record<string, unknown>>;
      assert.deepEqual(comparedWith, { kind: "revisions", reason: "tenants" });
      assert.deepEqual(operations, ["create table cup"]);
      assert.match(checked.stderr, /stands for its tenants, so the entities are compared with the revisions/);
      const linted = await folder.run(["lint"]);
      assert.match(
        linted.stderr,
        /Could not read which revisions are applied, so all are linted: The environment 'app'/,
      );
    } finally {
      await session.client.close();
      folder.remove();
    }
  });

  it("fails for the tenant alone whose URL or schema can't be used", async () => {
    const server = await sharedPostgres();
    const [main, tenant] = [await server.createDatabase(), await server.createDatabase()];
    await queryRows(main, "CREATE SCHEMA acme");
    const bad = `postgresql://ann:${secret}@localhost:port/shop`;
    const folder = project({
      urls: {
        url: main,
        tenantUrls: `VALUES (NULL), ('${bad}'), ('mysql://ann:${secret}@h/d'), ('sqlite:///tenant.db'), ('${tenant}')`,
      },
      schemas: { url: main, tenantSchemas: "VALUES (''), (NULL), ('acme')" },
    });
    try {
      const { exitCode, entries } = await upgradeAll(folder);
      assert.equal(exitCode, 255);
      assert.deepEqual(
        entries.map(({ state }) => state),
        ["failed", "failed", "failed", "failed", "ok", "failed", "failed", "ok"],
      );
      assert.deepEqual(
        entries.slice(0, 3).map(({ database }) => database),
        ["urls/row 1", "urls/row 2", "urls/row 3"],
      );
      assert.match(entries[0]?.error ?? "", /Row 1 of tenantUrls has no URL/);
      assert.match(entries[1]?.error ?? "", /tenantUrls of urls, row 2/);
      // Without a driver for it, SQLite says so; it is never taken for a server.
      assert.match(entries[3]?.database ?? "", /tenant\.db$/);
      assert.match(entries[5]?.error ?? "", /Row 1 of tenantSchemas has no schema/);
    } finally {
      folder.remove();
    }
  });
});

describe("a database that is not named", function () {
  this.timeout(120_000);
  this.slow(20_000);
  const folder = createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    "migrations/versions/.gitkeep": "",
  });
  after(() => folder.remove());

  const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ DATABASE_URL: "" }, /FAILED: No database is named: DATABASE_URL is set and empty\./],
    [{ PGHOST: "localhost" }, /FAILED: No database is named, and PGHOST is set\./],
    [{ CI: "true" }, /FAILED: No database is named, and CI is set\./],
  ];
  for (const [env, expected] of cases) {
    it(`is not the embedded one with ${JSON.stringify(env)}`, async () => {
      const result = await folder.run(["upgrade", "head"], { env });
      assert.equal(result.exitCode, 255);
      assert.match(result.stdout + result.stderr, expected);
      assert.deepEqual(folder.list(".alembic"), []);
    });
  }

  it("is needed by nothing that reads revisions alone", async () => {
    for (const args of [["heads"], ["history"], ["upgrade", "head", "--sql"]]) {
      assert.equal((await folder.run(args, { env: { CI: "true", DATABASE_URL: "" } })).exitCode, 0);
    }
  });

  it("is the embedded one in CI where that is named", async () => {
    const result = await folder.run(["--url", "embedded:", "current"], { env: { CI: "true" } });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    assert.match(result.stderr, /^INFO {2}Using the embedded PostgreSQL in \.alembic\/, named by --url\.$/m);
  });
});

describe("a key of alembic.ini that names a variable which is not set", function () {
  this.timeout(60_000);
  const folder = createProjectFolder({
    "package.json": "{}",
    "alembic.ini": `[alembic]
script_location = %(here)s
sqlalchemy.url = postgresql://%(DB_USER)s:%(DB_PASS)s@127.0.0.1:5432/app

[post_write_hooks]
hooks = format
format.type = exec
format.executable = %(FORMATTER)s

[environment:live]
url = postgresql://%(LIVE_USER)s@127.0.0.1/app
`,
    "versions/i1.ts": revisionText({ id: "i1", down: null, upgrade: '  await op.execute("SELECT 1");' }),
  });
  after(() => folder.remove());

  it("fails where it is used, and nowhere else", async () => {
    for (const args of [["heads"], ["history"], ["upgrade", "head", "--sql"]]) {
      const result = await folder.run(args);
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    }
    const url = await (await sharedPostgres()).createDatabase();
    assert.equal((await folder.run(["--url", url, "current"])).exitCode, 0);
    const failures: readonly (readonly [readonly string[], RegExp])[] = [
      [["current"], /'sqlalchemy\.url' uses %\(DB_USER\)s/],
      [["--environment", "live", "current"], /'url' uses %\(LIVE_USER\)s/],
      [["revision", "-m", "next"], /'format\.executable' uses %\(FORMATTER\)s/],
    ];
    for (const [args, expected] of failures) {
      const result = await folder.run(args);
      assert.equal(result.exitCode, 255);
      assert.match(result.stdout + result.stderr, expected);
    }
  });
});
