import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdoptResult } from "../../src/context/adoptCommand";
import { withoutVersionTable } from "../support/dumps";
import type { PostgresServer } from "../support/postgresServer";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import {
  createMigrationProject,
  migrationNames,
  type MigrationProject,
  type TypeormPackage,
} from "../support/typeormMigrationProject";

const ids = migrationNames.map((name) => name.slice(-13));
const files = [
  ".gitkeep",
  "1700000000001_create_users.ts",
  "1700000000002_create_tags.ts",
  "1700000000003_add_tag_note.ts",
  "1700000000004_seed_tags.ts",
  "1700000000005_index_tags.ts",
  "1700000000006_add_orders.ts",
];

async function rowsOf(url: string): Promise<readonly unknown[]> {
  return [
    await queryRows(url, "SELECT id, role, email FROM users ORDER BY id"),
    await queryRows(url, "SELECT name, note, position FROM tags ORDER BY name"),
    await queryRows(url, "SELECT type, name, value FROM typeorm_metadata"),
    await queryRows(url, "SELECT id, timestamp, name FROM migrations ORDER BY id"),
  ];
}

/** `adopt typeorm` in a project of one TypeORM, and what its revisions do. */
export function describeAdopting(typeorm: TypeormPackage): void {
  describe(`adopt typeorm, with ${typeorm}`, function () {
    this.timeout(120_000);
    let server: PostgresServer;
    let project: MigrationProject;
    const env = (url: string): { readonly env: Readonly<Record<string, string>> } => ({
      env: url === "" ? {} : { DATABASE_URL: url },
    });

    /** Runs a command that has to succeed. */
    async function run(url: string, ...args: readonly string[]): Promise<string> {
      const { exitCode, stdout, stderr } = await project.run(args, env(url));
      assert.equal(exitCode, 0, `${args.join(" ")}: ${stdout}${stderr}`);
      return stdout;
    }
    async function adopt(url: string, ...args: readonly string[]): Promise<AdoptResult> {
      return JSON.parse(await run(url, "adopt", "typeorm", "--json", ...args)) as AdoptResult;
    }
    const written = (): readonly string[] => project.list("migrations/versions");
    const read = (name: string): string =>
      readFileSync(join(project.path, "migrations/versions", name), "utf8");

    before(async () => {
      server = await sharedPostgres();
    });
    beforeEach(() => {
      project = createMigrationProject(typeorm);
    });
    afterEach(() => project.remove());

    it("writes a revision for each migration, whose runs do what TypeORM's do, both ways", async () => {
      const url = await server.createDatabase();
      const { migrations, stamp } = await adopt(url);
      assert.deepEqual(written(), files);
      assert.deepEqual(
        migrations.map(({ migration }) => migration),
        migrationNames,
      );
      assert.deepEqual(
        migrations.map(({ revision }) => revision),
        ids,
      );
      assert.deepEqual(stamp, { kind: "nothing-ran" });
      await run(url, "upgrade", "head");
      const reference = await server.createDatabase();
      await project.runWithTypeorm(reference);
      assert.equal(
        withoutVersionTable(await server.dumpSchema(url)),
        withoutVersionTable(await server.dumpSchema(reference)),
      );
      assert.deepEqual(await rowsOf(url), await rowsOf(reference));
      assert.deepEqual(await versionRows(url), [ids.at(-1)]);
      await run(url, "downgrade", "base");
      await project.revertWithTypeorm(reference);
      assert.equal(
        withoutVersionTable(await server.dumpSchema(url)),
        withoutVersionTable(await server.dumpSchema(reference)),
      );
    });

    it("stamps a database on which all have run, and leaves TypeORM's table alone", async () => {
      const url = await server.createDatabase();
      await project.runWithTypeorm(url);
      const account = await queryRows(url, "SELECT * FROM migrations ORDER BY id");
      const { stamp, migrations } = await adopt(url);
      assert.deepEqual(stamp, { kind: "stamped", revisions: [ids.at(-1)], isDone: true });
      assert.ok(migrations.every(({ hasRun, isNew }) => hasRun === true && isNew));
      assert.deepEqual(await versionRows(url), [ids.at(-1)]);
      assert.deepEqual(await queryRows(url, "SELECT * FROM migrations ORDER BY id"), account);
      assert.equal(await run(url, "check"), "No new upgrade operations detected.\n");
    });

    it("stamps a database on which some have run to the last of them, and upgrades from there", async () => {
      const [url, reference] = [await server.createDatabase(), await server.createDatabase()];
      await project.runWithTypeorm(url, migrationNames.slice(0, 3));
      assert.match(
        await run(url, "adopt", "typeorm"),
        /^Stamped 1700000000003: 3 of 6 migrations have run on alembic_ts_test_\w+ on .*\n$/m,
      );
      assert.deepEqual(await versionRows(url), ["1700000000003"]);
      await run(url, "upgrade", "head");
      await project.runWithTypeorm(reference);
      assert.equal(
        withoutVersionTable(await server.dumpSchema(url)),
        withoutVersionTable(await server.dumpSchema(reference)),
      );
      assert.deepEqual((await adopt(url)).stamp, { kind: "up-to-date" });
    });

    it("refuses a database on which the order has holes, and writes nothing", async () => {
      const url = await server.createDatabase();
      await project.runWithTypeorm(url, ["CreateTags1700000000002", "AddTagNote1700000000003"]);
      const { exitCode, stdout, stderr } = await project.run(["adopt", "typeorm"], env(url));
      assert.equal(exitCode, 255);
      assert.equal(
        stdout,
        "FAILED: On this database AddTagNote1700000000003 has run, and these before it have not: CreateUsers1700000000001.\n",
      );
      assert.match(stderr, /Hint: Run them with TypeORM first .*--no-stamp/);
      assert.deepEqual(written(), [".gitkeep"]);
      assert.equal(await versionRows(url), undefined);
      await run(url, "adopt", "typeorm", "--no-stamp");
      assert.deepEqual(written(), files);
      assert.equal(await versionRows(url), undefined);
    });

    it("makes files that other commands take for revisions", async () => {
      const url = await server.createDatabase();
      await run(url, "adopt", "typeorm");
      assert.equal(
        read("1700000000005_index_tags.ts"),
        `/**
 * Index tags
 *
 * TypeORM migration IndexTags1700000000005, in src/migrations/1700000000005-IndexTags.ts.
 *
 * Revision ID: 1700000000005
 * Revises: 1700000000004
 * Create Date: 2023-11-14 22:13:20+00:00
 */
import type { Migration } from "alembic-ts";

export const revision = "1700000000005";
export const down_revision: string | string[] | null = "1700000000004";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;
export const transaction = false;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexTags1700000000005", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexTags1700000000005", "down");
}
`,
      );
      assert.match(await run(url, "history"), /^1700000000005 -> 1700000000006 \(head\), Add orders\n/);
      assert.match(await run(url, "test"), /^6 passed, 0 failed\n$/m);
      assert.match(await run(url, "check", "--offline"), /^No new upgrade operations detected\.\n$/);
    });

    it("prints the SQL of those that only send statements, and refuses those that look at rows", async () => {
      const url = await server.createDatabase();
      await run(url, "adopt", "typeorm");
      assert.equal(
        await run(url, "upgrade", "--sql", "1700000000001:1700000000002"),
        `-- Running upgrade 1700000000001 -> 1700000000002

BEGIN;

CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

CREATE TABLE IF NOT EXISTS "typeorm_metadata" ("type" character varying NOT NULL, "database" character varying, "schema" character varying, "table" character varying, "name" character varying, "value" text);

CREATE TABLE IF NOT EXISTS "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL, "name" character varying NOT NULL, CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"));

CREATE TABLE "tags" ("id" uuid NOT NULL DEFAULT uuid_generate_v4(), "name" character varying NOT NULL, CONSTRAINT "PK_e7dc17249a1148a1970748eda99" PRIMARY KEY ("id"));

INSERT INTO "migrations" ("timestamp", "name") VALUES (1700000000002, 'CreateTags1700000000002');

UPDATE alembic_version SET version_num = '1700000000002' WHERE version_num = '1700000000001';

COMMIT;
`,
      );
      const refused = await project.run(["upgrade", "--sql", "1700000000003:1700000000004"], env(url));
      assert.equal(refused.exitCode, 255);
      assert.equal(refused.stdout, "");
      assert.match(
        refused.stderr,
        /^FAILED: The TypeORM migration SeedTags1700000000004 reads rows, and a script has no database to read them from\.$/m,
      );
    });

    it("works on the embedded PostgreSQL", async () => {
      const embedded = ["--url", "embedded:"] as const;
      await run("", ...embedded, "adopt", "typeorm");
      await run("", ...embedded, "upgrade", "head");
      assert.equal(await run("", ...embedded, "current"), "1700000000006 (head)\n");
      await run("", ...embedded, "downgrade", "base");
      assert.equal(await run("", ...embedded, "current"), "");
    });

    it("opens no embedded PostgreSQL where the url of the DataSource has no value", async () => {
      const { exitCode, stdout } = await project.run(["upgrade", "head"], env(""));
      assert.equal(exitCode, 255);
      assert.match(stdout, /^FAILED: No database is named: url of the DataSource has no value\.$/m);
    });
  });
}
