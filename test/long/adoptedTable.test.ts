import assert from "node:assert/strict";
import { withoutVersionTable } from "../support/dumps";
import type { PostgresServer } from "../support/postgresServer";
import { queryRows, queryValues, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import {
  createMigrationProject,
  type MigrationProject,
  type TypeormPackage,
} from "../support/typeormMigrationProject";

const packages: readonly TypeormPackage[] = ["typeorm", "typeorm-0.3"];
const names = ["One1700000000001", "Two1700000000002", "Three1700000000003"];
const [one = "", two = "", three = ""] = names;

/** Makes a table of its own, after `before`; down takes it away. */
function migration(name: string, before = "", extra = ""): string {
  const table = name.replace(/\d+$/, "").toLowerCase();
  return `import type { MigrationInterface, QueryRunner } from "@typeorm@";

export class ${name} implements MigrationInterface {${extra}
  async up(queryRunner: QueryRunner): Promise<void> {
    ${before}
    await queryRunner.query("CREATE TABLE ${table} (id int)");
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE ${table}");
  }
}
`;
}

function dataSource(options = ""): string {
  return `import { DataSource } from "@typeorm@";

export const dataSource = new DataSource({
  type: "postgres",
  url: process.env["DATABASE_URL"],
  migrations: ["src/migrations/*.ts"],
  ${options}
});
`;
}

function files(options = "", texts: Readonly<Record<string, string>> = {}): Record<string, string> {
  const migrations = names.map(
    (name) => [`src/migrations/${name}.ts`, texts[name] ?? migration(name)] as const,
  );
  return { "src/data-source.ts": dataSource(options), ...Object.fromEntries(migrations) };
}

for (const typeorm of packages) {
  describe(`TypeORM's table beside adopted revisions, with ${typeorm}`, function () {
    this.timeout(60_000);
    let server: PostgresServer;
    let url: string;
    let project: MigrationProject;

    before(async () => {
      server = await sharedPostgres();
    });
    beforeEach(async () => {
      url = await server.createDatabase();
      project = createMigrationProject(typeorm);
      project.list("src/migrations").forEach((name) => project.removeFile(`src/migrations/${name}`));
      project.removeFile("src/entities.ts");
    });
    afterEach(() => project.remove());

    const write = (given: Readonly<Record<string, string>>): void =>
      project.write(
        Object.fromEntries(
          Object.entries(given).map(([name, text]) => [name, text.replaceAll("@typeorm@", typeorm)]),
        ),
      );
    const call = (
      ...args: readonly string[]
    ): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> =>
      project.run(args, { env: { DATABASE_URL: url } });
    async function run(...args: readonly string[]): Promise<string> {
      const { exitCode, stdout, stderr } = await call(...args);
      assert.equal(exitCode, 0, `${args.join(" ")}: ${stdout}${stderr}`);
      return stderr;
    }
    const listed = (table = "migrations"): Promise<readonly unknown[]> =>
      queryValues(url, `SELECT timestamp || ' ' || name FROM ${table} ORDER BY id`);
    const lines = (...given: readonly string[]): readonly string[] =>
      given.map((name) => `${name.slice(-13)} ${name}`);

    it("is kept in step, up and down, so that TypeORM has nothing to run", async () => {
      write(files());
      await run("adopt", "typeorm");
      await run("upgrade", "head");
      assert.deepEqual(await listed(), lines(one, two, three));
      const reference = await server.createDatabase();
      await project.runWithTypeorm(reference, names);
      assert.equal(
        withoutVersionTable(await server.dumpSchema(url)),
        withoutVersionTable(await server.dumpSchema(reference)),
        "the table is made as TypeORM makes it",
      );
      await project.runWithTypeorm(url, names);
      await run("downgrade", "-1");
      assert.deepEqual(await listed(), lines(one, two));
      await run("downgrade", "base");
      assert.deepEqual(await listed(), []);
      await project.runWithTypeorm(url, names);
      assert.deepEqual(await listed(), lines(one, two, three));
    });

    if (typeorm === "typeorm-0.3") {
      // The rest does not depend on the version.
      return;
    }

    it("tells what TypeORM has run already, which is recorded and not run twice", async () => {
      write(files());
      await run("adopt", "typeorm");
      await run("upgrade", one.slice(-13));
      await project.runWithTypeorm(url, [one, two]);
      assert.match(
        await run("upgrade", "head"),
        /^WARNING TypeORM has run Two1700000000002 on this database already: revision 1700000000002 is recorded, and its class is not run\.$/m,
      );
      assert.deepEqual(await listed(), lines(one, two, three));
      assert.deepEqual(await versionRows(url), [three.slice(-13)]);
    });

    it("does not revert what TypeORM has reverted, and a stamp says which of both is right", async () => {
      write(files());
      await run("adopt", "typeorm");
      await run("upgrade", "head");
      await queryRows(url, "DROP TABLE three");
      await queryRows(url, `DELETE FROM migrations WHERE name = '${three}'`);
      const { exitCode, stdout, stderr } = await call("downgrade", "-1");
      assert.equal(exitCode, 255);
      assert.match(
        stdout,
        /^FAILED: Revision 1700000000003 is applied, and TypeORM's table "migrations" does not list its migration Three1700000000003/,
      );
      assert.match(stderr, /Hint: If it is reverted, stamp the revision before it\./);
      await run("stamp", two.slice(-13));
      assert.deepEqual(await listed(), lines(one, two));
      await run("upgrade", "head");
      await queryRows(url, `DELETE FROM migrations WHERE name = '${three}'`);
      await run("stamp", "head");
      assert.deepEqual(await listed(), lines(one, two, three));
      await run("stamp", "base");
      assert.deepEqual(await listed(), []);
    });

    it("goes by the options of the DataSource, in each mode of transactions", async () => {
      for (const mode of ["none", "each", "all"]) {
        url = await server.createDatabase();
        await queryRows(url, "CREATE SCHEMA shop");
        write({
          ...files(
            `schema: "shop", migrationsTableName: "ran \\"here\\"", migrationsTransactionMode: "${mode}",`,
            mode === "all" ? {} : { [two]: migration(two, "", "\n  transaction = false;\n") },
          ),
          "migrations/versions/.gitkeep": "",
        });
        project
          .list("migrations/versions")
          .filter((name) => name !== ".gitkeep")
          .forEach((name) => project.removeFile(`migrations/versions/${name}`));
        await run("adopt", "typeorm");
        await run("upgrade", "head");
        assert.deepEqual(await listed(`shop."ran ""here"""`), lines(one, two, three), mode);
        await run("downgrade", "base");
        assert.deepEqual(await listed(`shop."ran ""here"""`), []);
      }
    });

    it("may be read, locked and changed by the migrations themselves", async () => {
      write(
        files("", {
          [one]: migration(
            one,
            `await queryRunner.query("LOCK TABLE migrations IN EXCLUSIVE MODE");
    const rows = await queryRunner.query("SELECT name FROM migrations");
    if (rows.length !== 0) throw new Error(JSON.stringify(rows));`,
          ),
          [three]: migration(
            three,
            `const rows = await queryRunner.query("SELECT name FROM migrations ORDER BY id");
    if (rows.length !== 2) throw new Error(JSON.stringify(rows));
    await queryRunner.query("UPDATE migrations SET name = $1 WHERE name = $2", ["Old1700000000001", "${one}"]);
    await queryRunner.query("ALTER TABLE migrations ADD note text");`,
          ),
        }),
      );
      await run("adopt", "typeorm");
      await run("upgrade", "head");
      assert.deepEqual(await listed(), ["1700000000001 Old1700000000001", ...lines(two, three)]);
      assert.deepEqual(await queryValues(url, "SELECT note FROM migrations"), [null, null, null]);
    });

    it("waits for the schema that the first migration makes", async () => {
      write(
        files('schema: "shop",', {
          [one]: migration(one, 'await queryRunner.query("CREATE SCHEMA shop");'),
        }),
      );
      await run("adopt", "typeorm");
      await run("upgrade", "head");
      assert.deepEqual(await listed("shop.migrations"), lines(one, two, three));
    });

    it("is left alone where another program has a table of that name", async () => {
      write(files());
      await queryRows(url, "CREATE TABLE migrations (id int, label text)");
      await run("adopt", "typeorm");
      await run("upgrade", "head");
      await run("downgrade", "base");
      assert.deepEqual(await queryRows(url, "SELECT * FROM migrations"), []);
    });

    it("is rolled back with a revision that fails", async () => {
      write(files("", { [three]: migration(three, 'await queryRunner.query("SELECT nothing");') }));
      await run("adopt", "typeorm");
      await run("upgrade", two.slice(-13));
      assert.equal((await call("upgrade", "head")).exitCode, 255);
      assert.deepEqual(await listed(), lines(one, two));
    });
  });
}
