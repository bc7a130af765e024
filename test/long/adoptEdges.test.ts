import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdoptResult } from "../../src/context/adoptCommand";
import { revisionText } from "../support/projectFolder";
import type { PostgresServer } from "../support/postgresServer";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { createMigrationProject, type MigrationProject } from "../support/typeormMigrationProject";

/** A migration with one statement each way. */
function migration(name: string, up: string, down = "", extra = ""): string {
  return `import type { MigrationInterface, QueryRunner } from "typeorm";

export class ${name} implements MigrationInterface {${extra}
  async up(queryRunner: QueryRunner): Promise<void> {
    ${up}
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    ${down}
  }
}
`;
}

const makesOne = migration(
  "CreateOne1700000000001",
  'await queryRunner.query("CREATE TABLE one (id int PRIMARY KEY)");',
  'await queryRunner.query("DROP TABLE one");',
);

function dataSource(options = ""): string {
  return `import { DataSource } from "typeorm";

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  migrations: ["src/migrations/*.ts"],
  ${options}
});
`;
}

const versions = "migrations/versions";
const nowhere = "postgresql://nobody@127.0.0.1:1/nothing";

describe("adopt typeorm", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let url: string;
  let project: MigrationProject;

  before(async () => {
    server = await sharedPostgres();
  });
  beforeEach(async () => {
    url = await server.createDatabase();
    project = createMigrationProject("typeorm");
    for (const name of project.list("src/migrations")) {
      project.removeFile(`src/migrations/${name}`);
    }
    project.removeFile("src/entities.ts");
    project.write({ "src/data-source.ts": dataSource(), "src/migrations/1-One.ts": makesOne });
  });
  afterEach(() => project.remove());

  const call = (
    args: readonly string[],
    database = url,
  ): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> =>
    project.run(args, { env: { DATABASE_URL: database } });
  async function run(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await call(args);
    assert.equal(exitCode, 0, `${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }
  const written = (): readonly string[] => project.list(versions).filter((name) => name !== ".gitkeep");

  it("shows in a dry run what it would write and stamp, and does neither", async () => {
    await project.runWithTypeorm(url, ["CreateOne1700000000001"]);
    assert.equal(
      (await run("adopt", "typeorm", "--dry-run")).replace(/alembic_ts_test_\w+ on [\w.:]+/, "<database>"),
      `Would generate <project>/${versions}/1700000000001_create_one.ts of CreateOne1700000000001
Would stamp 1700000000001: 1 of 1 migrations have run on <database>
`,
    );
    assert.deepEqual(written(), []);
    assert.equal(await versionRows(url), undefined);
  });

  it("gives the JSON that docs/json.md shows", async () => {
    const page = readFileSync(join(__dirname, "..", "..", "docs", "json.md"), "utf8");
    const [, example = ""] = /^## Adopted TypeORM migrations\n.*?```json\n(.*?)^```/ms.exec(page) ?? [];
    project.removeFile("src/migrations/1-One.ts");
    project.write({
      "src/migrations/1700000000001-CreateUsers.ts": makesOne.replace("CreateOne", "CreateUsers"),
    });
    await project.runWithTypeorm(url, ["CreateUsers1700000000001"]);
    const given = (await run("adopt", "typeorm", "--json"))
      .replaceAll("<project>", "/home/ann/shop")
      .replace(/alembic_ts_test_\w+ on [\w.:]+/, "shop on localhost:5432");
    assert.deepEqual(JSON.parse(given), JSON.parse(example));
  });

  it("writes the files where no database answers, and stamps later", async () => {
    const { exitCode, stdout } = await call(["adopt", "typeorm"], nowhere);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^Nothing was stamped: the database did not answer: Can't connect to /m);
    assert.match(stdout, /^To stamp a database where the migrations have run: .*adopt typeorm --stamp$/m);
    assert.deepEqual(written(), ["1700000000001_create_one.ts"]);
    assert.equal((await call(["adopt", "typeorm", "--stamp"], nowhere)).exitCode, 255);
    await project.runWithTypeorm(url, ["CreateOne1700000000001"]);
    assert.match(await run("adopt", "typeorm", "--stamp"), /^Stamped 1700000000001: 1 of 1 /m);
    assert.deepEqual(await versionRows(url), ["1700000000001"]);
  });

  for (const [what, statement] of [
    ["clearDatabase()", "await queryRunner.clearDatabase();"],
    ["DROP SCHEMA", 'await queryRunner.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");'],
  ] as const) {
    it(`tells of a migration that drops TypeORM's table by ${what}, and changes nothing`, async () => {
      project.write({
        "src/migrations/2-Two.ts": migration("ClearAll1700000000002", `// Begins anew.\n    ${statement}`),
      });
      await run("adopt", "typeorm", "--no-stamp");
      const { exitCode, stdout, stderr } = await call(["upgrade", "head"]);
      assert.equal(exitCode, 255);
      assert.match(stdout, /^FAILED: The TypeORM migration ClearAll1700000000002 drops "migrations"/m);
      assert.match(stderr, /at <project>\/src\/migrations\/2-Two\.ts:4:9\n/);
      assert.match(stderr, /What was not committed is rolled back; the database is at base\./);
      assert.equal(await versionRows(url), undefined);
    });
  }

  it("lets a migration read and write values as the application does", async () => {
    project.write({
      "src/migrations/1-One.ts": migration(
        "CreateOne1700000000001",
        `await queryRunner.query("CREATE TABLE one (at timestamp, read text)");
    const [{ count, day }] = await queryRunner.query("SELECT count(*) AS count, date '2024-02-29' AS day FROM one");
    await queryRunner.query("INSERT INTO one VALUES ($1, $2)", [new Date(Date.UTC(2024, 0, 2, 3)), JSON.stringify([count, day])]);`,
        'await queryRunner.query("DROP TABLE one");',
      ),
    });
    const atTop = `import * as pg from "pg";
pg.types.setTypeParser(1082, (text: string) => "on " + text);
pg.defaults.parseInputDatesAsUTC = true;
`;
    const ownTypes =
      'extra: { types: { getTypeParser: (oid: number) => (text: string) => (oid === 20 ? 7 : "own " + text) } }';
    await run("adopt", "typeorm", "--no-stamp");
    for (const [text, at, read] of [
      [dataSource(), undefined, '["0","2024-02-28T15:00:00.000Z"]'],
      [atTop + dataSource("parseInt8: true"), "2024-01-02 03:00:00", '[0,"on 2024-02-29"]'],
      [dataSource(ownTypes), undefined, '[7,"own 2024-02-29"]'],
    ] as const) {
      project.write({ "src/data-source.ts": `process.env["TZ"] = "Asia/Tokyo";\n${text}` });
      await run("upgrade", "head");
      assert.deepEqual(await queryRows(url, "SELECT at::text, read FROM one"), [
        { at: at ?? "2024-01-02 12:00:00", read },
      ]);
      await run("downgrade", "base");
    }
  });

  it("adopts what TypeORM's generator adds later, behind the head", async () => {
    await run("adopt", "typeorm");
    await run("revision", "-m", "own", "--rev-id", "own");
    project.write({
      "src/migrations/2-Two.ts": migration(
        "CreateTwo1700000000002",
        'await queryRunner.query("CREATE TABLE two (id int)");',
      ),
    });
    const { migrations } = JSON.parse(await run("adopt", "typeorm", "--json")) as AdoptResult;
    assert.deepEqual(
      migrations.map(({ revision, isNew }) => [revision, isNew]),
      [
        ["1700000000001", false],
        ["1700000000002", true],
      ],
    );
    assert.match(await run("history"), /^own -> 1700000000002 \(head\), Create two\n/);
    assert.equal((await run("adopt", "typeorm")).split("\n")[0], "Every migration already has a revision.");
  });

  it("asks where to put them among revisions that are none of TypeORM's", async () => {
    project.write({ [`${versions}/a.ts`]: revisionText({ id: "a" }) });
    const { exitCode, stdout, stderr } = await call(["adopt", "typeorm"]);
    assert.equal(exitCode, 255);
    assert.match(stdout, /^FAILED: The project already has revisions, from a on/);
    assert.match(stderr, /--head head\. .*--head base,/);
    assert.deepEqual(written(), ["a.ts"]);
    await project.runWithTypeorm(url, ["CreateOne1700000000001"]);
    const unapplied = await call(["adopt", "typeorm", "--head", "head"]);
    assert.match(unapplied.stdout, /depend on revisions not yet applied: a\.$/m);
    await run("stamp", "a");
    await run("adopt", "typeorm", "--head", "head");
    assert.deepEqual(await versionRows(url), ["1700000000001"]);
    assert.match(await run("history"), /^a -> 1700000000001 \(head\), Create one\n/);
  });

  it("places a failure in the file of the class, and undoes the step", async () => {
    project.write({
      "src/migrations/2-Two.ts": migration(
        "Fails1700000000002",
        'await queryRunner.query("CREATE TABLE two (id int)");\n    await queryRunner.query("INSERT INTO nowhere VALUES ($1)", [1]);',
      ),
    });
    await run("adopt", "typeorm");
    const { exitCode, stdout, stderr } = await call(["upgrade", "head"]);
    assert.equal(exitCode, 255);
    assert.equal(
      stdout,
      'FAILED: Revision 1700000000002 failed in up() of the TypeORM migration Fails1700000000002: relation "nowhere" does not exist\n',
    );
    assert.match(stderr, /^ {2}at <project>\/src\/migrations\/2-Two\.ts:6:\d+$/m);
    assert.match(stderr, /^ {2}SQL: INSERT INTO nowhere VALUES \(\$1\)$/m);
    assert.deepEqual(await queryRows(url, "SELECT to_regclass('two') AS two"), [{ two: null }]);
  });

  it("waits for a migration that its revision does not await", async () => {
    await run("adopt", "typeorm");
    const file = `${versions}/1700000000001_create_one.ts`;
    const text = readFileSync(join(project.path, file), "utf8");
    project.write({ [file]: text.replaceAll("await context", "void context") });
    await run("upgrade", "head");
    assert.deepEqual(await queryRows(url, "SELECT to_regclass('one')::text AS one"), [{ one: "one" }]);
    project.write({ "src/migrations/1-One.ts": makesOne.replace("DROP TABLE one", "DROP TABLE nowhere") });
    assert.equal((await call(["downgrade", "base"])).exitCode, 255);
    assert.deepEqual(await versionRows(url), ["1700000000001"]);
  });

  it("says which class a revision misses", async () => {
    await run("adopt", "typeorm");
    project.write({ "src/migrations/1-One.ts": makesOne.replace("CreateOne17", "MakeOne17") });
    const { exitCode, stdout } = await call(["upgrade", "head"]);
    assert.equal(exitCode, 255);
    assert.match(
      stdout,
      /^FAILED: Revision 1700000000001 runs the TypeORM migration CreateOne1700000000001, which is not among the migrations of <project>\/src\/data-source\.ts\.$/m,
    );
  });

  it("lets a migration commit, work outside a transaction, and begin again", async () => {
    project.write({
      "src/migrations/2-Two.ts": migration(
        "Two1700000000002",
        `await queryRunner.query("CREATE TYPE mood AS ENUM ('a')");
    await queryRunner.commitTransaction();
    await queryRunner.query("ALTER TYPE mood ADD VALUE 'b'");
    await queryRunner.query("CREATE INDEX CONCURRENTLY ix_one ON one (id)");
    await queryRunner.startTransaction();
    await queryRunner.query("CREATE TABLE two (mood mood DEFAULT 'b')");
    await queryRunner.query("COMMIT");
    await queryRunner.query("BEGIN");
    await queryRunner.query("CREATE TABLE three (id int)");
    await queryRunner.query("ROLLBACK");`,
        'await queryRunner.query("DROP TABLE two; DROP TYPE mood; DROP INDEX ix_one");',
      ),
    });
    await run("adopt", "typeorm");
    await run("upgrade", "head");
    assert.deepEqual(
      await queryRows(url, "SELECT to_regclass('two')::text AS two, to_regclass('three')::text AS three"),
      [{ two: "two", three: null }],
    );
    assert.deepEqual(await versionRows(url), ["1700000000002"]);
    await run("downgrade", "base");
    await run("upgrade", "head");
  });

  it("refuses to roll back the whole run for a migration", async () => {
    project.write({
      "src/migrations/2-Two.ts": migration("Two1700000000002", "await queryRunner.rollbackTransaction();"),
    });
    await run("adopt", "typeorm");
    const { exitCode, stdout } = await call(["upgrade", "head"]);
    assert.equal(exitCode, 255);
    assert.match(stdout, /Two1700000000002 rolls back the transaction that it runs in/);
    assert.deepEqual(await versionRows(url), undefined);
  });

  it("reads another table of migrations, and warns where the application runs them too", async () => {
    await queryRows(url, "CREATE SCHEMA shop");
    const options = 'migrationsTableName: "ran", schema: "shop", migrationsRun: true, logging: true,';
    project.write({ "src/data-source.ts": dataSource(options) });
    await queryRows(url, "CREATE TABLE migrations (id int)");
    await project.runWithTypeorm(url, ["CreateOne1700000000001"]);
    const { stdout, stderr } = await call(["adopt", "typeorm"]);
    assert.match(stdout, /^Stamped 1700000000001: /m);
    assert.match(stderr, /^WARNING The DataSource runs migrations itself .*migrationsRun: true/m);
  });

  it("tells what ran and has no class any more", async () => {
    await project.runWithTypeorm(url, ["CreateOne1700000000001"]);
    await queryRows(url, `INSERT INTO migrations (timestamp, name) VALUES (1, 'Gone1600000000000')`);
    const { stderr } = await call(["adopt", "typeorm"]);
    assert.match(
      stderr,
      /^WARNING These have run on this database and no longer have a class: Gone1600000000000$/m,
    );
  });

  it("gives migrations of one moment ids of their own", async () => {
    project.write({
      "src/migrations/2-Two.ts": migration("Two1700000000001", "await queryRunner.query('SELECT 1');"),
    });
    await run("adopt", "typeorm");
    assert.match(await run("history"), /^1700000000001 -> 1700000000001_2 \(head\), Two\n/);
    await run("upgrade", "head");
  });

  it("says what is wrong with the migrations", async () => {
    project.write({ "src/migrations/2-Two.ts": makesOne });
    const twice = await call(["adopt", "typeorm"]);
    assert.match(twice.stdout, /^FAILED: There are two TypeORM migrations CreateOne1700000000001: in /);
    project.write({ "src/migrations/2-Two.ts": migration("Two", "") });
    const nameless = await call(["adopt", "typeorm"]);
    assert.match(nameless.stdout, /^FAILED: The TypeORM migration Two of .* has no JavaScript timestamp/);
    project.removeFile("src/migrations/2-Two.ts");
    project.removeFile("src/migrations/1-One.ts");
    const none = await call(["adopt", "typeorm"]);
    assert.match(
      none.stdout,
      /^FAILED: No TypeORM migrations were found by the DataSource of .*: src\/migrations\/\*\.ts$/m,
    );
    assert.deepEqual(written(), []);
  });

  it("runs the migrations of an ES module project", async () => {
    project.write({
      "package.json": `{ "name": "shop", "private": true, "type": "module" }\n`,
      "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "nodenext" } }\n`,
    });
    await run("adopt", "typeorm");
    await run("upgrade", "head");
    assert.deepEqual(await queryRows(url, "SELECT to_regclass('one')::text AS one"), [{ one: "one" }]);
    await run("downgrade", "base");
  });

  it("keeps the databases of several tenants apart that are upgraded at once", async () => {
    const others = [
      await server.createDatabase(),
      await server.createDatabase(),
      await server.createDatabase(),
    ];
    const list = others.map((each) => `('${each}')`).join(", ");
    project.write({
      "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  dataSource: "src/data-source.ts",
  environments: { all: { url: process.env["DATABASE_URL"], tenantUrls: "SELECT * FROM (VALUES ${list}) AS t" } },
});
`,
      "src/migrations/2-Two.ts": migration(
        "Two1700000000002",
        `const [{ name }] = await queryRunner.query("SELECT current_database() AS name");
    await queryRunner.query("SELECT pg_sleep(0.2)");
    const [row] = await queryRunner.connection.query("SELECT current_database() AS name");
    const known = await queryRunner.getCurrentDatabase();
    if (row.name !== name || known !== name) throw new Error("mixed up");
    await queryRunner.query(\`COMMENT ON TABLE one IS '\${name}'\`);`,
      ),
    });
    await run("adopt", "typeorm", "--no-stamp");
    await run("upgrade", "head", "--environment", "all");
    for (const other of others) {
      const rows = await queryRows(
        other,
        "SELECT obj_description('one'::regclass) = current_database() AS own",
      );
      assert.deepEqual(rows, [{ own: true }]);
    }
  });
});
