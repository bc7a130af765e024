import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DriftProjects, run, step, type DriftReport } from "../cli/driftProjects";
import { packagedBinaries, postgresPackage } from "../support/postgresBinaries";
import { startPostgresOf, type PostgresServer } from "../support/postgresServer";
import { queryRows } from "../support/queryRows";

/** A version whose catalogs differ from those of the tests' own PostgreSQL. */
const older = "15.18.0-beta.17";

/** Something of each kind of object that two versions might print differently. */
const schema = `
  await op.execute("CREATE TYPE mood AS ENUM ('calm', 'wild')");
  await op.execute("CREATE DOMAIN age AS integer DEFAULT 1 CHECK (VALUE >= 0)");
  await op.execute("CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, name text NOT NULL DEFAULT 'x' || 'y', mood mood DEFAULT 'calm', age age, born timestamptz DEFAULT now(), half numeric(6, 2) GENERATED ALWAYS AS (1.5) STORED, tags text[] DEFAULT '{}', CONSTRAINT ck_name CHECK (name <> '' AND name IN ('a', 'b', 'xy')))");
  await op.execute("CREATE TABLE posts (id serial PRIMARY KEY, author bigint REFERENCES users ON DELETE CASCADE DEFERRABLE, during tstzrange, EXCLUDE USING gist (during WITH &&))");
  await op.execute("CREATE INDEX ix_lower ON users (lower(email) DESC NULLS LAST) INCLUDE (name) WHERE age > 3");
  await op.execute("CREATE VIEW grown AS SELECT u.id, count(p.*) AS posts FROM users u LEFT JOIN posts p ON p.author = u.id WHERE u.age BETWEEN 18 AND 99 GROUP BY u.id");
  await op.execute("CREATE MATERIALIZED VIEW calm AS SELECT id, email FROM users WHERE mood = 'calm'");
  await op.execute("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  await op.execute("CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN n * 2");
  await op.execute("CREATE TRIGGER touched BEFORE UPDATE OF email ON users FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION touch()");
  await op.execute("CREATE TABLE events (at date NOT NULL, what jsonb) PARTITION BY RANGE (at)");
  await op.execute("CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
  await op.execute("ALTER TABLE users ENABLE ROW LEVEL SECURITY");
  await op.execute("CREATE POLICY own ON users FOR SELECT USING (email = CURRENT_USER)");
  await op.execute("CREATE STATISTICS stats (dependencies) ON name, age FROM users");
  await op.execute("GRANT ALL ON posts TO PUBLIC; GRANT SELECT (id) ON users TO PUBLIC");
  await op.execute("COMMENT ON COLUMN users.born IS 'When'");`;

/** PostgreSQL of npm, in a folder that is removed at the end. */
function install(version: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-postgres-"));
  const name = postgresPackage();
  const call = (program: string, args: readonly string[], cwd: string): void => {
    const { status, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", shell: program === "npm" });
    assert.equal(status, 0, stderr);
  };
  writeFileSync(join(folder, "package.json"), "{}");
  call("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`], folder);
  const packageFolder = join(folder, "node_modules", name);
  // A package has no symbolic links: its own script makes those of the libraries.
  call(process.execPath, [join("scripts", "hydrate-symlinks.js")], packageFolder);
  // The server runs as another account.
  call("chmod", ["-R", "a+rX", folder], folder);
  return {
    folder: packageFolder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

describe("alembic-ts drift --between servers of different versions", function () {
  this.timeout(300_000);
  const projects = new DriftProjects();
  const ends: (() => Promise<void> | void)[] = [() => projects.remove()];
  after(async () => {
    for (const end of ends.toReversed()) {
      await end();
    }
  });

  it("finds what differs in the schema, and nothing of what the versions print differently", async () => {
    const installed = install(older);
    ends.push(() => installed.remove());
    const servers: PostgresServer[] = [];
    for (const binaries of [packagedBinaries(installed.folder), packagedBinaries()]) {
      const server = await startPostgresOf(binaries);
      servers.push(server);
      ends.push(() => server.stop());
    }
    const [old, recent] = servers;
    assert.ok(old && recent && old.majorVersion < recent.majorVersion);
    const urls = { old: await old.createDatabase(), recent: await recent.createDatabase() };
    const folder = projects.create(
      { environments: { old: { url: urls.old }, recent: { url: urls.recent } } },
      step("a1", null, schema),
    );
    for (const url of Object.values(urls)) {
      const { exitCode, stderr } = await run(folder, url, "upgrade", "head");
      assert.equal(exitCode, 0, stderr);
    }
    const differences = async (names: string): Promise<readonly string[]> => {
      const { stdout, stderr } = await folder.run(["drift", "--between", names, "--json"]);
      assert.notEqual(stdout, "", stderr);
      const report = JSON.parse(stdout) as DriftReport;
      return report.differences.map(({ change, kind, name }) => `${change} ${kind} ${name}`);
    };
    assert.deepEqual([await differences("old,recent"), await differences("recent,old")], [[], []]);
    await queryRows(
      urls.recent,
      "ALTER TABLE users ADD COLUMN phone text; ALTER TABLE posts ALTER COLUMN author SET NOT NULL; GRANT SELECT ON users TO PUBLIC",
    );
    assert.deepEqual(await differences("old,recent"), [
      "changed column posts.author",
      "unexpected column users.phone",
      "unexpected privileges users.public",
    ]);
  });
});
