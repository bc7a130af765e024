import assert from "node:assert/strict";
import type { PostgresServer } from "../support/postgresServer";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

describe("the SQL of --sql", function () {
  this.timeout(120_000);
  let server: PostgresServer;
  let project: ProjectFolder;

  before(async () => {
    server = await sharedPostgres();
    project = copyExample();
  });
  after(() => project.remove());

  async function run(args: readonly string[], url: string): Promise<string> {
    const result = await project.run(args, { env: { DATABASE_URL: url } });
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result.stdout;
  }

  it("makes with psql the schema that a live run makes, and takes it back", async () => {
    const [live, scripted] = [await server.createDatabase(), await server.createDatabase()] as const;
    const empty = await server.dumpSchema(live);
    await run(["upgrade", "head"], live);
    await runScript(
      scripted,
      await run(["upgrade", "head", "--sql"], "postgresql://nobody@localhost:1/none"),
    );
    assert.equal(await server.dumpSchema(scripted), await server.dumpSchema(live));
    assert.deepEqual(await versionRows(scripted), ["pqr678"]);
    assert.equal(await run(["current"], scripted), "pqr678 (head)\n");

    await run(["downgrade", "base"], live);
    await runScript(
      scripted,
      await run(["downgrade", "head:base", "--sql"], "postgresql://nobody@localhost:1/none"),
    );
    assert.deepEqual(await versionRows(scripted), []);
    assert.equal(await server.dumpSchema(scripted), await server.dumpSchema(live));
    await queryRows(scripted, "DROP TABLE alembic_version");
    assert.equal(await server.dumpSchema(scripted), empty);
  });

  it("goes on from a revision with a range, where a live run takes over", async () => {
    const url = await server.createDatabase();
    await runScript(url, await run(["upgrade", "base:def456", "--sql"], url));
    await runScript(url, await run(["upgrade", "def456:+2", "--sql"], url));
    assert.deepEqual(await versionRows(url), ["jkl012"]);
    await run(["upgrade", "head"], url);
    const straight = await server.createDatabase();
    await run(["upgrade", "head"], straight);
    assert.equal(await server.dumpSchema(url), await server.dumpSchema(straight));
  });

  it("asks the database where a downgrade starts when no range says so, and changes nothing", async () => {
    const url = await server.createDatabase();
    await run(["upgrade", "head"], url);
    const before = await server.dumpSchema(url);
    assert.equal(
      await run(["downgrade", "-1", "--sql"], url),
      `-- Running downgrade pqr678 -> mno345

BEGIN;

DROP INDEX idx_content_search;

ALTER TABLE educational_content DROP COLUMN search_vector;

UPDATE alembic_version SET version_num = 'mno345' WHERE version_num = 'pqr678';

COMMIT;
`,
    );
    assert.equal(await server.dumpSchema(url), before);
    assert.deepEqual(await versionRows(url), ["pqr678"]);
    await run(["downgrade", "ghi789"], url);
    assert.match(await run(["downgrade", "-1", "--sql"], url), /Running downgrade ghi789 -> def456/);
  });

  it("says what is missing when a downgrade has no range and no database answers", async () => {
    const result = await project.run(["downgrade", "-1", "--sql"], {
      env: { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" },
    });
    assert.deepEqual(result, {
      exitCode: 255,
      stdout: "",
      stderr: `FAILED: downgrade with --sql requires <fromrev>:<torev>, or a reachable database to read the current revision from. Can't connect to none on 127.0.0.1:1: connection refused.
  Hint: Write the range, for example head:-1, or name a database that answers.
`,
    });
  });

  it("prints nothing before it knows that the target exists, which Alembic does", async () => {
    const result = await project.run(["downgrade", "head:nosuch", "--sql"]);
    assert.equal(result.exitCode, 255);
    assert.equal(result.stdout, "");
  });
});
