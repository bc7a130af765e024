import assert from "node:assert/strict";
import type { CommandLineResult } from "../support/commandLine";
import type { PostgresServer } from "../support/postgresServer";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";
import { describeGuideCommandLines, typescript, typescriptConfig } from "./guideCommandLines";

// With an alembic.ini: in guideCommands.long.test.ts.
describeGuideCommandLines(typescript);

describe("the variables that name a database", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  let url: string;

  beforeEach(async () => {
    url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder({
      "database/alembic.config.ts": typescriptConfig,
      "database/migrations/versions/a.ts": revisionText({ id: "a1" }),
    });
  });
  afterEach(() => project.remove());

  async function stampHead(env: Readonly<Record<string, string>>): Promise<void> {
    const result = await project.run(["-c", "database/alembic.config.ts", "stamp", "head"], { env });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    assert.deepEqual(await versionRows(url), ["a1"]);
    assert.deepEqual(project.list("database/.alembic"), []);
  }

  function parts(): Record<string, string> {
    const { hostname, port, pathname, username, password } = new URL(url);
    return {
      POSTGRES_HOST: hostname,
      POSTGRES_PORT: port || "5432",
      POSTGRES_DB: pathname.slice(1),
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: decodeURIComponent(password),
    };
  }

  it("DATABASE_URL with SQLAlchemy's driver", () =>
    stampHead({ DATABASE_URL: url.replace("postgresql:", "postgresql+asyncpg:") }));

  it("POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER, POSTGRES_PASSWORD", () => stampHead(parts()));

  it("the same with a password of odd characters", async function () {
    const server = await sharedPostgres();
    if (!server.isOwn) {
      this.skip();
    }
    url = await server.createDatabase({ owner: "password" });
    await stampHead(parts());
  });

  it("a .env beside the configuration", async () => {
    project.write({ "database/.env": `# the team's database\nDATABASE_URL="${url}"\n` });
    await stampHead({});
  });

  it("the environment before the .env", async () => {
    project.write({ "database/.env": "DATABASE_URL=postgresql://nobody@127.0.0.1:1/none\n" });
    await stampHead({ DATABASE_URL: url });
  });

  it("DATABASE_URL before POSTGRES_HOST", () =>
    stampHead({ POSTGRES_HOST: "host.invalid", DATABASE_URL: url }));
});

describe("the guide's best practices", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let project: ProjectFolder;

  before(async () => {
    server = await sharedPostgres();
    const add = (id: string, down: string, upgrade: string, downgrade = ""): Record<string, string> => ({
      [`database/migrations/versions/${id}.ts`]: revisionText({ id, down, upgrade, downgrade }),
    });
    project = copyExample();
    project.write({
      ...add(
        "r1",
        "pqr678",
        `  // Disable transaction for this migration
  await op.execute("CREATE INDEX CONCURRENTLY idx_users_email ON users(email)");`,
        `  await op.execute("DROP INDEX CONCURRENTLY idx_users_email");`,
      ),
      ...add(
        "r2",
        "r1",
        `  // Step 1: Add as nullable
  await op.addColumn("users", "new_field", { type: "varchar(50)", nullable: true });
  // Step 2: Populate data
  await op.execute("UPDATE users SET new_field = 'default' WHERE new_field IS NULL");
  // Step 3: Make non-nullable
  await op.alterColumn("users", "new_field", { nullable: false });`,
        `  await op.dropColumn("users", "new_field");`,
      ),
      ...add(
        "r3",
        "r2",
        `  await op.batchAlterTable("users", async (batchOp) => {
    await batchOp.addColumn("batch_field", { type: "varchar(50)" });
    await batchOp.createIndex("idx_batch_field", ["batch_field"]);
  });`,
        `  await op.batchAlterTable("users", async (batchOp) => {
    await batchOp.dropIndex("idx_batch_field");
    await batchOp.dropColumn("batch_field");
  });`,
      ),
    });
  });
  after(() => project.remove());

  async function run(args: readonly string[], url: string): Promise<string> {
    const result = await project.run(args, { env: { DATABASE_URL: url } });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result.stdout;
  }

  it("CREATE INDEX CONCURRENTLY between transactional revisions, live, in a script, and back", async () => {
    const [live, scripted] = [await server.createDatabase(), await server.createDatabase()] as const;
    await run(["upgrade", "pqr678"], live);
    const before = await server.dumpSchema(live);
    await queryRows(
      live,
      "INSERT INTO users (email, full_name, organization_id, status) VALUES ('a@x', 'A', gen_random_uuid(), 'active')",
    );
    await run(["upgrade", "head"], live);
    assert.deepEqual(
      await queryRows(
        live,
        "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'idx_users_email'::regclass",
      ),
      [{ valid: true }],
    );
    assert.deepEqual(await queryRows(live, "SELECT email, new_field FROM users"), [
      { email: "a@x", new_field: "default" },
    ]);
    assert.deepEqual(
      await queryRows(
        live,
        `SELECT is_nullable AS nullable, character_maximum_length AS length FROM information_schema.columns
          WHERE table_name = 'users' AND column_name = 'new_field'`,
      ),
      [{ nullable: "NO", length: 50 }],
    );
    await runScript(scripted, await run(["upgrade", "head", "--sql"], scripted));
    assert.equal(await server.dumpSchema(scripted), await server.dumpSchema(live));
    await runScript(scripted, await run(["downgrade", "head:pqr678", "--sql"], scripted));
    await run(["downgrade", "pqr678"], live);
    for (const database of [live, scripted]) {
      assert.equal(await server.dumpSchema(database), before);
      assert.deepEqual(await versionRows(database), ["pqr678"]);
    }
  });

  it("the script steps out of the transaction for the index, and back into one behind it", async () => {
    const script = await run(["upgrade", "pqr678:r2", "--sql"], "postgresql://nobody@127.0.0.1:1/none");
    assert.equal(
      script,
      `-- Running upgrade pqr678 -> r1

CREATE INDEX CONCURRENTLY idx_users_email ON users(email);

BEGIN;

UPDATE alembic_version SET version_num = 'r1' WHERE version_num = 'pqr678';

COMMIT;

-- Running upgrade r1 -> r2

BEGIN;

ALTER TABLE users ADD COLUMN new_field varchar(50);

UPDATE users SET new_field = 'default' WHERE new_field IS NULL;

ALTER TABLE users ALTER COLUMN new_field SET NOT NULL;

UPDATE alembic_version SET version_num = 'r2' WHERE version_num = 'r1';

COMMIT;
`,
    );
  });

  it("a docstring of several paragraphs is shown whole", async () => {
    const folder = copyExample();
    folder.write({
      "database/migrations/versions/xyz123.ts": `/**
 * Complex migration with multiple steps
 *
 * This migration performs the following:
 * 1. Adds new user_type column
 * 2. Migrates data from old role system
 *
 * Revision ID: xyz123
 * Create Date: 2025-10-01 22:30:00
 */
export const revision = "xyz123";
export const down_revision = "pqr678";
`,
    });
    const { stdout } = await folder.run(["show", "head"]);
    folder.remove();
    assert.equal(
      stdout,
      `Rev: xyz123 (head)
Parent: pqr678
Path: <project>/database/migrations/versions/xyz123.ts

    Complex migration with multiple steps
    
    This migration performs the following:
    1. Adds new user_type column
    2. Migrates data from old role system
    
    Revision ID: xyz123
    Create Date: 2025-10-01 22:30:00

`,
    );
  });
});

describe("the guide's troubleshooting", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let project: ProjectFolder;
  let url: string;

  before(async () => {
    server = await sharedPostgres();
    url = await server.createDatabase();
    project = copyExample();
  });
  after(() => project.remove());

  const run = (...args: readonly string[]): Promise<CommandLineResult> =>
    project.run(args, { env: { DATABASE_URL: url } });

  it("a database that is not up to date: current, history, and stamp to where it really is", async () => {
    await run("upgrade", "head");
    await queryRows(url, "UPDATE alembic_version SET version_num = 'abc123'");
    assert.equal((await run("current")).stdout, "abc123\n");
    assert.equal((await run("current", "--check-heads")).exitCode, 255);
    const failed = await run("upgrade", "head");
    assert.equal(
      failed.stdout,
      `FAILED: Revision def456 failed in upgrade(): column "email_verified" of relation "users" already exists\n`,
    );
    assert.equal((await run("stamp", "head")).exitCode, 0);
    assert.equal((await run("current")).stdout, "pqr678 (head)\n");
    assert.equal((await run("current", "--check-heads")).exitCode, 0);
  });

  it("a revision that can't be located, because the database names one that has no file", async () => {
    await run("upgrade", "head");
    await queryRows(url, "UPDATE alembic_version SET version_num = 'deadbeef1234'");
    for (const args of [["current"], ["upgrade", "head"], ["downgrade", "-1"], ["stamp", "head"]]) {
      const result = await run(...args);
      assert.deepEqual(
        result,
        {
          exitCode: 255,
          stdout: "FAILED: Can't locate revision identified by 'deadbeef1234'\n",
          stderr: `  The database is at deadbeef1234, which no revision here has.
  Hint: Its file may be on another Git branch, or deleted: restore it. Or set the version table with \`alembic-ts stamp --purge\`.
`,
        },
        args.join(" "),
      );
    }
    assert.equal((await run("stamp", "--purge", "head")).exitCode, 0);
    assert.equal((await run("current")).stdout, "pqr678 (head)\n");
  });

  it("a migration that fails partway: current tells where, stamp goes on after a repair by hand", async () => {
    await run("downgrade", "mno345");
    await queryRows(url, "ALTER TABLE educational_content ADD COLUMN search_vector text");
    const failed = await run("upgrade", "head");
    assert.equal(failed.exitCode, 255);
    assert.match(failed.stderr, /State: What was not committed is rolled back; the database is at mno345\./);
    assert.equal((await run("current")).stdout, "mno345\n");
    await queryRows(url, "ALTER TABLE educational_content DROP COLUMN search_vector");
    await runScript(url, (await run("upgrade", "mno345:head", "--sql")).stdout);
    assert.equal((await run("stamp", "pqr678")).exitCode, 0);
    assert.equal((await run("current")).stdout, "pqr678 (head)\n");
  });
});
