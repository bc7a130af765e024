import assert from "node:assert/strict";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { queryValues, queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const config = `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "database", dataSource: "src/data-source.ts" });
`;

const source = `import "reflect-metadata";
import { DataSource, EntitySchema } from "typeorm";
const Cup = new EntitySchema({ name: "cup", columns: { id: { type: Number, primary: true, primaryKeyConstraintName: "PK_cup" } } });
export const application = new DataSource({ type: "postgres", url: process.env["DATABASE_URL"], entities: [Cup], migrations: [__dirname + "/migrations/*.ts"] });
`;

/** What each way of connecting does inside of a migration: a row that only the real database has a table for. */
const ways: Readonly<
  Record<string, { readonly imports: string; readonly body: string; readonly data?: string }>
> = {
  "a DataSource of its own": {
    imports: 'import { DataSource } from "typeorm";',
    body: `const own = await new DataSource({ type: "postgres", url: process.env["DATABASE_URL"] }).initialize();
    await own.query("INSERT INTO note VALUES ('own')");
    await own.destroy();`,
  },
  "a client of pg": {
    imports: 'import { Client } from "pg";',
    body: `const own = new Client({ connectionString: process.env["DATABASE_URL"] });
    await own.connect();
    await own.query("INSERT INTO note VALUES ('own')");
    await own.end();`,
  },
  "a pool that was connected before": {
    imports: 'import { pool, ready } from "../pool";',
    body: `await ready;
    await pool.query("INSERT INTO note VALUES ('own')");`,
    data: `import "./pool";\n${source}`,
  },
};

const pool = `import { Pool } from "pg";
export const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 1, allowExitOnIdle: true });
// As an application that connects when it is loaded.
export const ready = pool.query("SELECT 1");
ready.catch(() => undefined);
`;

const migration = ({ imports, body }: { readonly imports: string; readonly body: string }): string => `
import type { MigrationInterface, QueryRunner } from "typeorm";
${imports}
export class Cups1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    ${body}
    await queryRunner.query('CREATE TABLE cup (id int NOT NULL, CONSTRAINT "PK_cup" PRIMARY KEY (id))');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE cup");
  }
}
`;

type Run = (...args: readonly string[]) => ReturnType<ProjectFolder["run"]>;

const refused =
  /Revision 1700000000001 opens its own connection to [^\n]+: refused, because it runs on a scratch database/;

describe("migrations that connect by themselves", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function create(files: Readonly<Record<string, string>>): ProjectFolder {
    const project = createProjectFolder({ "package.json": "{}", ...files });
    projects.push(project);
    project.linkModules();
    return project;
  }

  for (const [title, way] of Object.entries(ways)) {
    it(`reach no database while revisions are tried out or read, and theirs under upgrade: ${title}`, async () => {
      const server = await sharedPostgres();
      const url = await server.createDatabase();
      await queryRows(url, "CREATE TABLE note (text text)");
      const project = create({
        "alembic.config.ts": config,
        "database/versions/.gitkeep": "",
        "src/data-source.ts": way.data ?? source,
        "src/pool.ts": pool,
        "src/migrations/1700000000001-Cups.ts": migration(way),
      });
      const run: Run = (...args) =>
        project.run(args, { env: { DATABASE_URL: url }, timeoutMilliseconds: 60_000 });
      const notes = () => queryValues(url, "SELECT text FROM note");

      const adopted = await run("adopt", "typeorm");
      assert.equal(adopted.exitCode, 0, adopted.stderr);
      const tested = await run("test");
      assert.equal(tested.exitCode, 255, tested.stdout);
      assert.match(tested.stdout + tested.stderr, refused);
      assert.match(tested.stdout + tested.stderr, /allowed only in a real `upgrade` or `downgrade`/);
      if (title === "a DataSource of its own") {
        await refuseToRead(run);
      }
      assert.deepEqual(await notes(), []);

      const upgraded = await run("upgrade", "head");
      assert.equal(upgraded.exitCode, 0, upgraded.stderr);
      assert.deepEqual(await notes(), ["own"]);
      if (title === "a DataSource of its own") {
        const checked = await run("check");
        assert.equal(checked.exitCode, 0, checked.stdout + checked.stderr);
        assert.deepEqual(await notes(), ["own"]);
      }
    });
  }
});

/** Commands that run revisions for what they send, or on a scratch database. */
async function refuseToRead(run: Run): Promise<void> {
  const offline = await run("revision", "--autogenerate", "--offline", "-m", "next");
  assert.match(offline.stdout, refused);
  const script = await run("upgrade", "head", "--sql");
  assert.match(script.stdout + script.stderr, /only its statements are collected and no database may change/);
}
