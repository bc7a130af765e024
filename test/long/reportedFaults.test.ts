import assert from "node:assert/strict";
import { Client } from "pg";
import { startFakePooler } from "../support/fakePooler";
import { startPostgres } from "../support/postgresServer";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, queryValues } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

type Files = Readonly<Record<string, string>>;
type Run = (url: string | undefined, ...args: readonly string[]) => ReturnType<ProjectFolder["run"]>;

/** A project with the files, which runs the command line. */
interface Case {
  readonly project: ProjectFolder;
  readonly run: Run;
  /** The same, for what has to work. */
  readonly must: Run;
}

const revision = (name: string): string => `database/versions/${name}.ts`;

const withEntities = (model: string, options = 'url: process.env["DATABASE_URL"]'): Files => ({
  "tsconfig.json":
    '{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "experimentalDecorators": true, "emitDecoratorMetadata": true } }\n',
  "alembic.config.ts": 'export default { scriptLocation: "database", dataSource: "src/data-source.ts" };\n',
  "database/versions/.gitkeep": "",
  "src/model.ts": model,
  "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "typeorm";
import { entities } from "./model";
export const dataSource = new DataSource({ type: "postgres", ${options}, entities });
`,
});

const model = (
  name: string,
  columns: string,
): string => `import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
@Entity("${name}")
class Kept { ${columns} }
export const entities = [Kept];
`;

const withRevision = (upgrade: string): Files => ({
  "alembic.config.ts": 'export default { scriptLocation: "database" };\n',
  [revision("a1")]: revisionText({ id: "a1", upgrade }),
});

const states = (values: string, first: string): string =>
  model(
    "t",
    `@PrimaryGeneratedColumn() id!: number;
  @Column("enum", { enum: [${values}], enumName: "st", default: "${first}" }) state!: string;`,
  );

/** Faults that people reported, each by the name of its kind. */
const faults: Readonly<
  Record<string, { readonly files: Files; readonly check: (of: Case) => Promise<void> }>
> = {
  "bulk-insert-empty-json-array": {
    files:
      withRevision(`  await op.createTable("t", { columns: { id: { type: "serial" }, tags: { type: "jsonb" } }, primaryKey: ["id"] });
  await op.bulkInsert("t", [{ tags: [] }, { tags: {} }, { tags: [[]] }]);`),
    async check({ must }) {
      const url = await (await sharedPostgres()).createDatabase();
      await must(url, "upgrade", "head");
      assert.deepEqual(await queryValues(url, "SELECT tags FROM t ORDER BY id"), [[], {}, [[]]]);
    },
  },
  "check-through-transaction-pooler": {
    files: withEntities(
      model(
        "thing",
        '@PrimaryGeneratedColumn() id!: number; @Column("text", { nullable: true }) a?: string;',
      ),
    ),
    async check({ must }) {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      await must(url, "revision", "--autogenerate", "-m", "first");
      await must(url, "upgrade", "head");
      const pooler = await startFakePooler(url, "transaction");
      const application = new Client({ connectionString: pooler.url });
      await application.connect();
      const settings = async (): Promise<unknown> => {
        const { rows } = await application.query<Record<string, unknown>>(
          "SELECT name, setting FROM pg_settings WHERE name IN ('search_path', 'jit', 'TimeZone', 'statement_timeout', 'lock_timeout', 'application_name') ORDER BY name",
        );
        return rows;
      };
      try {
        const before = await settings();
        const seen: unknown[] = [];
        let isOver = false;
        const checking = must(pooler.url, "check").finally(() => (isOver = true));
        while (!isOver) {
          seen.push(await settings());
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        await checking;
        seen.push(await settings());
        for (const each of seen) {
          assert.deepEqual(each, before);
        }
      } finally {
        await application.end();
        await pooler.stop();
      }
    },
  },
  "datasource-ssl-options": {
    files: {
      ...withEntities(
        model("a", "@PrimaryGeneratedColumn() id!: number;"),
        "...place, ssl: { rejectUnauthorized: false }",
      ),
      "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "typeorm";
import { entities } from "./model";
const given = process.env["DS_URL"] ?? "";
const { hostname, port, username, pathname } = new URL(given);
const place = process.env["PARTS"] ? { host: hostname, port: Number(port), username, database: pathname.slice(1) } : { url: given };
export const dataSource = new DataSource({ type: "postgres", ...place, ssl: { rejectUnauthorized: false }, entities });
`,
      [revision("a1")]: revisionText({
        id: "a1",
        upgrade: `  const [row] = await connection.query(sql\`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()\`);
  if (row?.["ssl"] !== true) throw new Error("not encrypted");`,
      }),
    },
    async check({ project }) {
      const server = await startPostgres({ isEncrypted: true });
      try {
        const DS_URL = await server.createDatabase();
        for (const [args, env] of [
          [["upgrade", "head"], { DS_URL }],
          [["current", "--check-heads"], { DS_URL, PARTS: "1" }],
        ] as const) {
          const result = await project.run(args, { env });
          assert.equal(result.exitCode, 0, result.stdout + result.stderr);
        }
      } finally {
        await server.stop();
      }
    },
  },
  "enum-value-used-by-a-later-revision": {
    files: withEntities(states('"a", "b"', "a")),
    async check({ project, must }) {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      for (const [at, text] of [
        states('"a", "b"', "a"),
        states('"a", "b", "c"', "a"),
        states('"a", "b", "c"', "c"),
      ].entries()) {
        project.write({ "src/model.ts": text });
        await must(url, "revision", "--autogenerate", "--rev-id", `r${String(at)}`, "-m", "next");
        await must(url, "upgrade", "head");
      }
      const [atOnce, byScript] = [await server.createDatabase(), await server.createDatabase()];
      await must(atOnce, "upgrade", "head");
      const { stdout } = await must(url, "upgrade", "head", "--sql");
      await runScript(byScript, stdout);
      const expected = await server.dumpSchema(url);
      assert.equal(await server.dumpSchema(atOnce), expected);
      assert.equal(await server.dumpSchema(byScript), expected);
    },
  },
  "extensions-in-another-schema": {
    files: withEntities(
      model(
        "stores",
        `@PrimaryGeneratedColumn("uuid") id!: string;
  @Column("citext") name!: string;
  @Column("text", { default: () => "encode(gen_random_bytes(8), 'hex')" }) token!: string;`,
      ),
    ),
    async check({ must }) {
      const url = await (await sharedPostgres()).createDatabase();
      await queryRows(
        url,
        `CREATE SCHEMA extensions; CREATE EXTENSION "uuid-ossp" SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions;
        CREATE EXTENSION pgcrypto SCHEMA extensions;
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = "$user", public, extensions', current_database()); END $$`,
      );
      await must(url, "revision", "--autogenerate", "-m", "first");
      await must(url, "upgrade", "head");
      await must(url, "check");
    },
  },
  "ini-url-with-unset-variables": {
    files: {
      "alembic.ini": `[alembic]
script_location = %(here)s
sqlalchemy.url = postgresql://%(DB_USER)s:%(DB_PASS)s@127.0.0.1:5432/app
`,
      "versions/a1.ts": revisionText({ id: "a1", upgrade: '  await op.execute("SELECT 1");' }),
    },
    async check({ run, must }) {
      assert.match((await must(undefined, "heads")).stdout, /^a1 \(head\)/);
      assert.match((await must(undefined, "history")).stdout, /^<base> -> a1 \(head\)/);
      assert.match((await must(undefined, "upgrade", "head", "--sql")).stdout, /SELECT 1;/);
      const url = await (await sharedPostgres()).createDatabase();
      await must(undefined, "--url", url, "current");
      const { exitCode, stdout, stderr } = await run(undefined, "current");
      assert.equal(exitCode, 255);
      assert.match(stdout + stderr, /DB_USER/);
    },
  },
  "sslmode-require": {
    files: withRevision("  await op.execute('SELECT 1');"),
    async check({ run }) {
      const server = await startPostgres({ isEncrypted: true });
      try {
        const { exitCode, stdout, stderr } = await run(
          undefined,
          "--url",
          `${await server.createDatabase()}?sslmode=require`,
          "current",
        );
        assert.deepEqual([exitCode, stdout, stderr.includes("WARNING")], [0, "", false], stderr);
      } finally {
        await server.stop();
      }
    },
  },
  "table-name-over-63-bytes": {
    files: withEntities(
      model(
        "levels_of_configuration_providers_and_of_schemas_that_are_over_or_under",
        '@PrimaryGeneratedColumn() id!: number; @Index() @Column("text") name!: string;',
      ),
    ),
    async check({ project, must }) {
      const url = await (await sharedPostgres()).createDatabase();
      const cut = "levels_of_configuration_providers_and_of_schemas_that_are_over_or_under".slice(0, 63);
      await must(url, "revision", "--autogenerate", "--rev-id", "r1", "-m", "first");
      await must(url, "upgrade", "head");
      await queryRows(url, `INSERT INTO ${cut} (name) VALUES ('kept')`);
      await must(url, "check");
      await must(url, "revision", "--autogenerate", "--rev-id", "r2", "-m", "again");
      await must(url, "upgrade", "head");
      assert.deepEqual(await queryValues(url, `SELECT name FROM ${cut}`), ["kept"]);
      assert.equal(project.list("database/versions").filter((name) => name.endsWith(".ts")).length, 2);
    },
  },
};

describe("a fault that people reported", function () {
  this.timeout(300_000);
  for (const [name, { files, check }] of Object.entries(faults)) {
    it(name, async () => {
      const project = createProjectFolder({ "package.json": "{}\n", ...files });
      project.linkModules();
      const run: Run = (url, ...args) =>
        project.run(args, {
          env: url === undefined ? {} : { DATABASE_URL: url },
          timeoutMilliseconds: 120_000,
        });
      const must: Run = async (url, ...args) => {
        const result = await run(url, ...args);
        assert.equal(result.exitCode, 0, `${args.join(" ")}: ${result.stdout}${result.stderr}`);
        return result;
      };
      try {
        await check({ project, run, must });
      } finally {
        project.remove();
      }
    });
  }
});
