import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCommand, until } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { startPostgres, type PostgresServer } from "../support/postgresServer";
import { queryRows } from "../support/queryRows";

const authority = join(__dirname, "../support/tls/authority.crt");
const backups = ".alembic/backups";
const tenantCount = Number(process.env["BACKUP_TENANTS"] ?? 3);

describe("a backup before an upgrade", function () {
  this.timeout(240_000);
  this.slow(20_000);
  let server: PostgresServer;
  let port: string;
  let hasClient: boolean;

  before(async () => {
    server = await startPostgres({ isEncrypted: true });
    port = new URL(server.url).port;
    // Without PostgreSQL's client programs each case is to be refused, and nothing migrated.
    hasClient = server.binaries?.pgDump !== undefined && isInstalled("pg_restore");
  });
  after(() => server.stop());

  function isInstalled(program: string): boolean {
    try {
      execFileSync(program, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }

  async function filledDatabase(content: string): Promise<string> {
    const url = await server.createDatabase();
    await queryRows(url, `CREATE TABLE kept AS SELECT '${content}'::text AS content`);
    return url;
  }

  function project(config: Readonly<Record<string, unknown>> = {}): ProjectFolder {
    return createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", backup: true, ...config }),
      "migrations/versions/r1_step.ts": revisionText({
        id: "r1",
        down: null,
        upgrade: '  await op.execute("CREATE TABLE added ()");',
      }),
    });
  }

  /** What a dump restores, in an empty database: its schema, and the rows that tell databases apart. */
  async function restored(file: string): Promise<unknown> {
    const url = await server.createDatabase();
    const { pathname, port: ownPort } = new URL(url);
    const args = [
      "-h",
      "127.0.0.1",
      "-p",
      ownPort,
      "-U",
      "postgres",
      "-d",
      pathname.slice(1),
      "--no-owner",
      file,
    ];
    execFileSync("pg_restore", args, { stdio: "pipe" });
    return [await server.dumpSchema(url), await queryRows(url, "SELECT content FROM kept")];
  }

  function dumps(folder: ProjectFolder): readonly string[] {
    return folder.list(backups).filter((name) => name !== ".gitignore");
  }

  /** Runs with a backup of each database, and holds that the dumps restore what was there before. */
  async function holds(
    folder: ProjectFolder,
    args: readonly string[],
    databases: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const before = await Promise.all(
      databases.map(async (url) => [
        await server.dumpSchema(url),
        await queryRows(url, "SELECT content FROM kept"),
      ]),
    );
    const result = await folder.run([...args, "upgrade", "head"], { env, timeoutMilliseconds: 120_000 });
    const output = result.stdout + result.stderr;
    if (!hasClient) {
      assert.equal(result.exitCode, 255, output);
      assert.match(output, /there is no pg_dump on the PATH|server version mismatch/);
      for (const url of databases) {
        assert.deepEqual(await queryRows(url, "SELECT to_regclass('added') AS added"), [{ added: null }]);
      }
      return;
    }
    assert.equal(result.exitCode, 0, output);
    const files = dumps(folder);
    assert.equal(files.length, databases.length, files.join("\n"));
    const folderPath = join(folder.path, backups);
    assert.equal(readFileSync(join(folderPath, ".gitignore"), "utf8"), "*\n");
    if (process.platform !== "win32") {
      assert.equal(statSync(folderPath).mode & 0o777, 0o700);
      assert.ok(files.every((file) => (statSync(join(folderPath, file)).mode & 0o777) === 0o600));
    }
    const after = await Promise.all(files.map((file) => restored(join(folderPath, file))));
    const byText = (left: unknown, right: unknown): number =>
      JSON.stringify(left).localeCompare(JSON.stringify(right));
    assert.deepEqual(after.toSorted(byText), before.toSorted(byText));
  }

  it("holds what two environments have, whose databases have one name", async () => {
    const other = await startPostgres({ isEncrypted: true });
    const first = await filledDatabase("first");
    const name = new URL(first).pathname.slice(1);
    const second = new URL(other.url);
    await queryRows(other.url, `CREATE DATABASE ${name} TEMPLATE template0`);
    second.pathname = `/${name}`;
    await queryRows(second.href, "CREATE TABLE kept AS SELECT 'second'::text AS content");
    const folder = project({ environments: { a: { url: first }, b: { url: second.href } } });
    try {
      await holds(folder, ["--environment", "all"], [first, second.href]);
    } finally {
      folder.remove();
      await other.stop();
    }
  });

  it("holds what each of several tenants has", async () => {
    const main = await server.createDatabase();
    const tenants: string[] = [];
    for (let tenant = 1; tenant <= tenantCount; tenant += 1) {
      tenants.push(await filledDatabase(`tenant ${String(tenant)}`));
    }
    const list = tenants.map((url) => `('${url}')`).join(", ");
    const folder = project({ environments: { live: { url: main, tenantUrls: `VALUES ${list}` } } });
    try {
      await holds(folder, ["--environment", "live"], tenants);
    } finally {
      folder.remove();
    }
  });

  const ways: readonly (readonly [
    title: string,
    urlOf: (database: string) => string,
    env: () => Readonly<Record<string, string>>,
  ])[] = [
    [
      "a socket",
      (database) =>
        `postgresql://postgres@/${database}?host=${encodeURIComponent(server.socketFolder ?? "")}&port=${port}`,
      () => ({}),
    ],
    [
      "TLS with verify-full",
      (database) =>
        `postgresql://encrypted@localhost:${port}/${database}?sslmode=verify-full&sslrootcert=${authority}`,
      () => ({}),
    ],
    [
      "PGUSER and PGSSLMODE",
      (database) => `postgresql://127.0.0.1:${port}/${database}`,
      () => ({ PGUSER: "encrypted", PGSSLMODE: "require" }),
    ],
  ];
  for (const [title, urlOf, env] of ways) {
    it(`goes the way of the connection: ${title}`, async () => {
      const database = await filledDatabase(title);
      const folder = project();
      try {
        await holds(folder, ["--url", urlOf(new URL(database).pathname.slice(1))], [database], env());
      } finally {
        folder.remove();
      }
    });
  }

  it("goes the way of the connection: an address without TLS, of an application that has it", async () => {
    const database = await filledDatabase("application");
    const folder = project({ dataSource: "source.ts" });
    folder.write({
      "source.ts": `import { DataSource } from "typeorm";
export const source = new DataSource({ type: "postgres", ssl: { rejectUnauthorized: false } });
`,
    });
    folder.linkModules();
    // The role is let in by TLS alone, and the name is not one that says that the server is here.
    const url = `postgresql://encrypted@127.1:${port}${new URL(database).pathname}`;
    try {
      await holds(folder, [], [database], { DATABASE_URL: url });
    } finally {
      folder.remove();
    }
  });

  it("goes the way of the connection: a role with a password, which no argument has", async () => {
    const database = await server.createDatabase({ owner: "password" });
    await queryRows(database, "CREATE TABLE kept AS SELECT 'own'::text AS content");
    const folder = project();
    try {
      await holds(folder, ["--url", database], [database]);
    } finally {
      folder.remove();
    }
  });

  /** Stands in for one of PostgreSQL's programs, first on the PATH. */
  function standIn(folder: ProjectFolder, program: string, script: string): Readonly<Record<string, string>> {
    const bin = join(folder.path, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
  }

  const failures: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ["pg_dump fails", { pg_dump: "echo no >&2; exit 1", pg_restore: "exit 0" }, /nothing was changed: no/],
    [
      "its dump can't be read",
      { pg_dump: "exit 0", pg_restore: "echo torn >&2; exit 1" },
      /nothing was changed: torn/,
    ],
  ];
  for (const [title, programs, expected] of failures) {
    it(`changes nothing where ${title}`, async function () {
      if (process.platform === "win32") {
        // Programs of a PATH are no scripts there.
        assert.ok(!hasClient || isInstalled("pg_dump"));
        return;
      }
      const database = await filledDatabase("x");
      const folder = project();
      const [env] = Object.entries(programs).map(([program, script]) => standIn(folder, program, script));
      try {
        const result = await folder.run(["--url", database, "upgrade", "head"], { env: env ?? {} });
        assert.equal(result.exitCode, 255);
        assert.match(result.stdout + result.stderr, expected);
        assert.deepEqual(await queryRows(database, "SELECT to_regclass('added') AS added"), [
          { added: null },
        ]);
        assert.deepEqual(dumps(folder), []);
      } finally {
        folder.remove();
      }
    });
  }

  it("is ended by SIGTERM, and leaves no file", async () => {
    const database = await filledDatabase("x");
    const folder = project();
    const { PATH = "" } = standIn(folder, "pg_dump", "echo started >&2; sleep 120");
    const kept = process.env["PATH"];
    process.env["PATH"] = PATH;
    try {
      const run = startCommand(folder.path, database, ["upgrade", "head"]);
      await until(() => dumps(folder).length > 0);
      run.kill("SIGTERM");
      const result = await run.ended;
      assert.equal(result.exitCode, 143, result.stdout + result.stderr);
      assert.match(result.stdout + result.stderr, /Cancelled during the backup; nothing was changed/);
      assert.deepEqual(dumps(folder), []);
      assert.deepEqual(await queryRows(database, "SELECT to_regclass('added') AS added"), [{ added: null }]);
    } finally {
      process.env["PATH"] = kept;
      folder.remove();
    }
  });
});
