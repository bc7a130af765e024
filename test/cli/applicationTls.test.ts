import assert from "node:assert/strict";
import { startPostgres, type PostgresServer } from "../support/postgresServer";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryValues } from "../support/queryRows";

const source = `import { DataSource } from "typeorm";
const ssl = { rejectUnauthorized: process.env["APP_CA"] !== undefined };
export const source = new DataSource({ type: "postgres", url: process.env["APP_URL"], ssl });
`;

const step = `  await op.execute("CREATE TABLE found AS SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");`;

describe("an address from elsewhere than the DataSource, which uses TLS", function () {
  this.timeout(120_000);
  this.slow(10_000);
  let server: PostgresServer;
  let folder: ProjectFolder;

  before(async () => {
    server = await startPostgres({ isEncrypted: true });
    folder = createProjectFolder({
      "package.json": "{}",
      "src/data-source.ts": source,
      "migrations/versions/r1_step.ts": revisionText({ id: "r1", down: null, upgrade: step }),
    });
    folder.linkModules();
  });
  after(async () => {
    folder.remove();
    await server.stop();
  });

  /** This machine by a name that does not say so, as a server elsewhere has. */
  const elsewhere = (database: string): string => database.replace("@127.0.0.1:", "@127.1:");

  interface Case {
    readonly config?: (url: string) => Readonly<Record<string, unknown>>;
    readonly env?: (url: string) => Readonly<Record<string, string>>;
    readonly args?: (url: string) => readonly string[];
    readonly isEncrypted: boolean;
  }
  const cases: Readonly<Record<string, Case>> = {
    DATABASE_URL: { env: (url) => ({ DATABASE_URL: url }), isEncrypted: true },
    "POSTGRES_…": {
      env: (url) => ({
        POSTGRES_HOST: "127.1",
        POSTGRES_PORT: new URL(url).port,
        POSTGRES_DB: new URL(url).pathname.slice(1),
        POSTGRES_USER: "postgres",
      }),
      isEncrypted: true,
    },
    "the config's url": { config: (url) => ({ url }), isEncrypted: true },
    "all environments and their tenants": {
      config: (url) => ({
        environments: { live: { url, tenantUrls: `VALUES ('${url}')` } },
      }),
      args: () => ["--environment", "all"],
      isEncrypted: true,
    },
    "a URL that says otherwise": {
      env: (url) => ({ DATABASE_URL: `${url}?sslmode=disable` }),
      isEncrypted: false,
    },
    "--url": { args: (url) => ["--url", url], isEncrypted: false },
  };
  for (const [title, { config, env, args, isEncrypted }] of Object.entries(cases)) {
    it(`is connected ${isEncrypted ? "with TLS" : "as it says"}: ${title}`, async () => {
      const database = await server.createDatabase();
      const url = elsewhere(database);
      const settings = { scriptLocation: "migrations", dataSource: "src/data-source.ts", ...config?.(url) };
      folder.write({ "alembic.config.json": JSON.stringify(settings) });
      const result = await folder.run([...(args?.(url) ?? []), "upgrade", "head"], { env: env?.(url) ?? {} });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.deepEqual(await queryValues(database, "SELECT ssl FROM found"), [isEncrypted]);
    });
  }

  it("is not connected where the application would refuse the certificate", async () => {
    const database = await server.createDatabase();
    folder.write({
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        dataSource: "src/data-source.ts",
      }),
    });
    const result = await folder.run(["upgrade", "head"], {
      env: { DATABASE_URL: elsewhere(database), APP_CA: "1" },
    });
    assert.equal(result.exitCode, 255);
    assert.match(result.stdout + result.stderr, /certificate/);
    assert.deepEqual(await queryValues(database, "SELECT to_regclass('found')"), [null]);
  });

  it("is not connected where the DataSource cannot be loaded", async () => {
    const database = await server.createDatabase();
    const missing = { scriptLocation: "migrations", dataSource: "src/missing.ts" };
    folder.write({ "alembic.config.json": JSON.stringify(missing) });
    const env = { DATABASE_URL: elsewhere(database) };
    const refused = await folder.run(["upgrade", "head"], { env });
    assert.equal(refused.exitCode, 255);
    assert.equal(
      refused.stdout + refused.stderr,
      "FAILED: The database URL from DATABASE_URL does not say whether to use TLS, and the DataSource, which may say it, cannot be loaded: There is no file <project>/src/missing.ts, which should export the DataSource.\n" +
        "  Hint: Add `?sslmode=verify-full`, `?sslmode=require` or `?sslmode=disable` to the URL, or set PGSSLMODE.\n",
    );
    const script = await folder.run(["upgrade", "head", "--sql"], { env });
    assert.equal(script.exitCode, 0, script.stderr);
    const said = await folder.run(["current"], { env: { ...env, PGSSLMODE: "require" } });
    assert.equal(said.exitCode, 0, said.stdout + said.stderr);
    assert.deepEqual(await queryValues(database, "SELECT to_regclass('found')"), [null]);
  });
});
