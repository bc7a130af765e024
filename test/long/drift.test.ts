import assert from "node:assert/strict";
import { DriftProjects, found, run, step, upgraded, users, type DriftReport } from "../cli/driftProjects";
import { copyExample } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { createMigrationProject, migrationNames } from "../support/typeormMigrationProject";

describe("alembic-ts drift", function () {
  this.timeout(180_000);
  const projects = new DriftProjects();
  after(() => projects.remove());

  it("judges the rows of the version table", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    await queryRows(url, `INSERT INTO alembic_version VALUES ('a1'), ('gone')`);
    assert.deepEqual(await found(folder, url), [
      ["unexpected version row a1", "unexpected version row gone"],
      255,
    ]);
  });

  it("finds nothing in the example, and in an adopted project that TypeORM has migrated", async () => {
    const example = copyExample();
    const adopted = createMigrationProject("typeorm");
    projects.add(example);
    projects.add(adopted);
    example.linkModules();
    assert.deepEqual(await found(example, await upgraded(example)), [[], 0]);
    const url = await (await sharedPostgres()).createDatabase();
    await adopted.runWithTypeorm(url, migrationNames);
    const { exitCode, stderr } = await run(adopted, url, "adopt", "typeorm");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(await found(adopted, url), [[], 0]);
  });

  it("compares with the revisions of the version table, or with others", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder, "a1");
    assert.deepEqual(
      [
        await found(folder, url),
        await found(folder, url, "--to", "head"),
        await found(folder, url, "--to", "base"),
      ],
      [
        [[], 0],
        [["missing version row b2", "unexpected version row a1", "missing column users.email"], 255],
        [["unexpected version row a1", "unexpected table users"], 255],
      ],
    );
  });

  it("keeps the values that only the database's enum has, unless drops are asked for", async () => {
    const folder = projects.create(
      {},
      step("a1", null, `  await op.execute("CREATE TYPE mood AS ENUM ('a', 'b')");`),
    );
    const url = await upgraded(folder);
    await queryRows(url, "ALTER TYPE mood ADD VALUE 'c'");
    assert.equal((await run(folder, url, "drift", "--sql")).stdout, "");
    assert.match((await run(folder, url, "drift", "--sql", "--drop")).stdout, /'a', 'b'\)/);
  });

  it("asks whether something was renamed, and takes the answer", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    await queryRows(url, "ALTER TABLE users RENAME email TO e_mail");
    const { stdout } = await run(folder, url, "drift");
    const answer = /repeat with --rename (\S+)/.exec(stdout)?.[1] ?? "";
    assert.equal(
      (await run(folder, url, "drift", "--sql", "--rename", answer)).stdout,
      "ALTER TABLE users RENAME COLUMN e_mail TO email;\n",
    );
    const wrong = await run(folder, url, "drift", "--rename", "users.no:users.yes");
    assert.equal(wrong.exitCode, 255);
    assert.match(wrong.stdout, /No such rename/);
  });

  it("looks at each tenant by itself, and at one tenant beside another", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, "CREATE SCHEMA acme; CREATE SCHEMA zeta");
    const folder = projects.create(
      { environments: { app: { url, tenantSchemas: "VALUES ('acme'), ('zeta')" } } },
      step("a1", null, users),
    );
    assert.equal((await folder.run(["--environment", "all", "upgrade", "head"])).exitCode, 0);
    await queryRows(url, "ALTER TABLE zeta.users ADD COLUMN phone text");
    const all = await folder.run(["--environment", "all", "drift", "--json"]);
    const entries = JSON.parse(all.stdout) as readonly {
      readonly database: string;
      readonly result: DriftReport;
    }[];
    assert.deepEqual(
      [
        entries.map(({ database, result }) => [database, result.differences.map(({ name }) => name)]),
        all.exitCode,
      ],
      [
        [
          ["app/acme", []],
          ["app/zeta", ["users.phone"]],
        ],
        255,
      ],
    );
    const between = await folder.run(["drift", "--between", "app/acme,app/zeta"]);
    assert.match(
      between.stdout,
      /^1 difference between app\/zeta .* and app\/acme .*:\n\+ unexpected {2}column users\.phone\n {4}app\/zeta: text\n$/,
    );
  });

  it("looks into other schemas only where a revision makes something in them", async () => {
    const folder = projects.create(
      {},
      step(
        "a1",
        null,
        `  await op.execute("CREATE SCHEMA app");\n  await op.execute("CREATE TABLE app.t (id integer)");`,
      ),
    );
    const url = await upgraded(folder);
    await queryRows(url, "CREATE SCHEMA auth; CREATE TABLE auth.hidden (); CREATE TABLE app.more ()");
    assert.deepEqual(await found(folder, url), [
      ["unexpected table app.more", "unexpected schema auth"],
      255,
    ]);
  });

  it("leaves out what TypeORM keeps for itself, and what the project's hooks leave out", async () => {
    const folder = projects.create({}, step("a1", null, users));
    folder.removeFile("alembic.config.json");
    folder.write({
      "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  includeName: (name, type) => !(type === "table" && name?.startsWith("spatial_") === true),
});
`,
    });
    const url = await upgraded(folder);
    await queryRows(
      url,
      `CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint, name varchar); CREATE TABLE typeorm_metadata (type varchar);
       CREATE TABLE spatial_ref_sys (); GRANT SELECT ON migrations TO PUBLIC`,
    );
    assert.deepEqual(await found(folder, url), [[], 0]);
  });

  it("runs revisions that count on the roles, extensions and default privileges of the database", async () => {
    const role = `drift_role_${String(process.pid)}`;
    const url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, `CREATE ROLE ${role}; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${role}`);
    try {
      const folder = projects.create(
        {},
        step("a1", null, `${users}\n  await op.execute("GRANT INSERT ON users TO ${role}");`),
      );
      assert.equal((await run(folder, url, "upgrade", "head")).exitCode, 0);
      assert.deepEqual(await found(folder, url), [[], 0]);
      await queryRows(url, `REVOKE INSERT ON users FROM ${role}`);
      assert.deepEqual(await found(folder, url), [[`changed privileges users.${role}`], 255]);
    } finally {
      await queryRows(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it("works for a role that may read nothing, says what it could not see, and changes nothing", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    const role = `drift_reader_${String(process.pid)}`;
    await queryRows(url, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'; CREATE TABLE by_hand ()`);
    try {
      const reader = new URL(url);
      reader.username = role;
      reader.password = "secret";
      const result = await run(folder, reader.href, "drift", "--json");
      const report = JSON.parse(result.stdout) as DriftReport;
      assert.deepEqual(
        [report.differences.map(({ change, name }) => `${change} ${name}`), report.unseen, result.exitCode],
        [
          ["unexpected by_hand"],
          [
            "rows of the version table: permission denied; the heads of the revisions are taken for its state",
          ],
          255,
        ],
      );
      assert.ok(!(result.stdout + result.stderr).includes("secret"));
      assert.deepEqual(await versionRows(url), ["b2"]);
    } finally {
      await queryRows(url, `DROP ROLE ${role}`);
    }
  });

  it("works on a database that only lets read", async () => {
    const folder = projects.simple();
    const url = await upgraded(folder);
    const name = new URL(url).pathname.slice(1);
    await queryRows(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    assert.deepEqual(await found(folder, url), [[], 0]);
  });

  it("exits as other commands do if it fails", async () => {
    const broken = projects.create({}, step("a1", null, users), step("b2", "a1", `  throw new Error("no");`));
    const url = await upgraded(broken, "a1");
    const statuses = [
      (await run(broken, url, "drift", "--to", "b2")).exitCode,
      (await run(broken, "postgres://127.0.0.1:1/none", "drift")).exitCode,
      (await run(broken, "sqlite:///own.db", "drift")).exitCode,
      (await run(broken, url, "drift", "--sql", "--json")).exitCode,
    ];
    assert.deepEqual(statuses, [255, 255, 255, 2]);
  });

  it("compares the rest where single catalogs can't be read", async () => {
    const url = await upgraded(projects.simple());
    const role = `drift_blind_${String(process.pid)}`;
    await queryRows(
      url,
      `CREATE ROLE ${role} LOGIN PASSWORD 'secret'; GRANT SELECT ON alembic_version TO ${role};
       REVOKE SELECT ON pg_catalog.pg_event_trigger, pg_catalog.pg_foreign_server FROM PUBLIC; CREATE RULE by_hand AS ON DELETE TO users DO INSTEAD NOTHING`,
    );
    try {
      const reader = new URL(url);
      reader.username = role;
      reader.password = "secret";
      const result = await run(projects.simple(), reader.href, "drift", "--json");
      const { differences, unseen } = JSON.parse(result.stdout) as DriftReport;
      assert.deepEqual(
        [differences.map(({ kind, name }) => `${kind} ${name}`), unseen, result.exitCode],
        [
          ["rule users.by_hand"],
          ["event triggers: permission denied", "foreign servers: permission denied"],
          255,
        ],
      );
    } finally {
      await queryRows(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it("takes over extensions that the revisions use and do not create", async () => {
    const folder = projects.create(
      {},
      step(
        "a1",
        null,
        `${users}\n  await op.execute("CREATE INDEX ix_name ON users USING gin (name gin_trgm_ops)");`,
      ),
    );
    const url = await upgraded(folder, "base");
    await queryRows(url, "CREATE EXTENSION pg_trgm");
    assert.equal((await run(folder, url, "upgrade", "head")).exitCode, 0);
    const result = await run(folder, url, "drift", "--json");
    const { differences, unseen } = JSON.parse(result.stdout) as DriftReport;
    assert.deepEqual([differences, unseen.map((text) => text.split(":")[0])], [[], ["extension pg_trgm"]]);
    assert.equal(result.exitCode, 0);
  });
});
