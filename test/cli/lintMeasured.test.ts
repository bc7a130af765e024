import assert from "node:assert/strict";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { withClient } from "../support/withClient";

const file = (name: string): string => `migrations/versions/${name}.ts`;

const files = {
  "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations", shadowUrl: process.env.SHADOW });
`,
  [file("a")]: revisionText({
    id: "a",
    upgrade: `  await op.createTable("users", { columns: { id: { type: "integer" }, born: { type: "timestamp" }, name: { type: "varchar(20)" } } });
  await op.createTable("posts", { columns: { id: { type: "integer" } } });`,
  }),
  [file("b")]: revisionText({
    id: "b",
    down: "a",
    upgrade: `  await op.alterColumn("users", "id", { type: "bigint" });
  await op.alterColumn("users", "born", { type: "timestamptz" });
  for (const table of ["users", "posts"]) await op.execute(\`ALTER TABLE \${table} ADD CONSTRAINT ck CHECK (id > 0)\`);
  await op.execute("DO $$ BEGIN ALTER TABLE posts ALTER id TYPE bigint; END $$");
  await op.createIndex("ix", "users", ["name"], { concurrently: true });
  await op.try(() => op.dropIndex("nosuch", "users"));
  await connection.execute("TRUNCATE posts");
  await op.createTable("tags", { columns: { id: { type: "integer" } } });
  await op.addColumn("tags", "token", { type: "uuid", default: sql\`gen_random_uuid()\` });
  await op.alterColumn("users", "name", { type: "varchar(50)" }); if (process.env.KILLED) process.kill(process.pid, "SIGKILL");`,
  }),
  [file("c")]: revisionText({
    id: "c",
    down: "b",
    upgrade: `  await op.execute(\`CREATE FUNCTION \${"steady"}() RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1'\`);
  await op.execute("ALTER TABLE users ADD COLUMN rank integer DEFAULT steady()");
  await op.execute("SELECT nosuch()");`,
  }),
};

interface MeasuredLint {
  readonly findings: readonly {
    readonly line: number;
    readonly code: string;
    readonly level: string;
    readonly measured?: string;
  }[];
  readonly measured: {
    readonly server_version: number;
    readonly failure: { readonly revision: string } | undefined;
    readonly statements: readonly {
      readonly line: number;
      readonly summary: string;
      readonly locks_are: string;
    }[];
  };
}

describe("alembic-ts lint --measure", function () {
  this.timeout(120_000);
  let project: ProjectFolder;
  let url: string;
  let measured: MeasuredLint;

  async function lint(...args: readonly string[]): Promise<MeasuredLint> {
    const { stdout } = await project.run(["lint", "--json", ...args], { env: { DATABASE_URL: url } });
    return JSON.parse(stdout) as MeasuredLint;
  }

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder(files);
    measured = await lint("b:c", "--measure", "--level", "info");
  });
  after(() => project.remove());

  it("tells of each statement what it locks, rewrites and reads, and how that is known", () => {
    assert.deepEqual(
      measured.measured.statements
        .filter(({ summary }) => summary !== "")
        .map(({ line, summary, locks_are: how }) => `${String(line)}: ${summary} (${how})`),
      [
        "16: locks users: ACCESS EXCLUSIVE, rewrites users (measured)",
        "17: locks users: ACCESS EXCLUSIVE (measured)",
        "18: locks users: ACCESS EXCLUSIVE, reads all rows of users (measured)",
        "18: locks posts: ACCESS EXCLUSIVE, reads all rows of posts (measured)",
        "19: locks posts: ACCESS EXCLUSIVE, rewrites posts (measured)",
        "20: locks users: SHARE UPDATE EXCLUSIVE, reads all rows of users (known)",
        "22: locks posts: ACCESS EXCLUSIVE, empties posts (measured)",
        "25: locks users: ACCESS EXCLUSIVE (measured)",
        "17: locks users: ACCESS EXCLUSIVE (measured)",
      ],
    );
    assert.equal(measured.measured.failure?.revision, "c");
  });

  it("lets the measurement win over the rules, and finds what they can't", () => {
    const about = new Set([
      "column-type-rewrites",
      "volatile-default-rewrites",
      "check-constraint-scans",
      "rewrites-table",
      "not-analyzed",
    ]);
    assert.deepEqual(
      measured.findings
        .filter(({ code }) => about.has(code))
        .map(({ line, code, level }) => `${String(line)}: ${level} ${code}`),
      [
        "16: error column-type-rewrites",
        // The time zone of the database is not known.
        "17: warning column-type-rewrites",
        "18: warning check-constraint-scans",
        "18: warning check-constraint-scans",
        "19: error rewrites-table",
      ],
    );
  });

  it("takes sizes and the time zone of the database, and leaves no scratch database on the shadow's server", async () => {
    const run = (...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> =>
      project.run(args, { env: { DATABASE_URL: url, SHADOW: url } });
    await run("upgrade", "a");
    await withClient(url, async (client) => {
      await client.query(
        "INSERT INTO users (id) SELECT generate_series(1, 2000); ANALYZE users; ALTER ROLE CURRENT_USER IN DATABASE " +
          `"${new URL(url).pathname.slice(1)}" SET timezone = 'UTC'`,
      );
    });
    const { stdout, stderr } = await run("lint", "--sizes", "--level", "error");
    assert.match(
      stdout,
      /Measured: locks users: ACCESS EXCLUSIVE, rewrites users \(\d+ kB, about 2,000 rows\)\./,
      stderr,
    );
    assert.doesNotMatch(stdout, /b\.ts:17:\d+: \w+ column-type-rewrites/);
    await withClient(url, async (client) => {
      const { rows } = await client.query(
        "SELECT datname FROM pg_database WHERE datname ~ '^alembic_scratch_'",
      );
      assert.deepEqual(rows, []);
    });
  });

  it("drops what a killed run has left on the shadow's server, and nothing else", async () => {
    const scratchDatabases = (): Promise<readonly string[]> =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ readonly datname: string }>(
          "SELECT datname FROM pg_database WHERE datname ~ '^alembic_scratch_' ORDER BY datname",
        );
        return rows.map(({ datname }) => datname);
      });
    const env = { DATABASE_URL: url, SHADOW: url };
    await project.run(["lint", "b", "--measure"], { env: { ...env, KILLED: "1" } });
    const [left, ...others] = await scratchDatabases();
    assert.ok(left !== undefined && others.length === 0);
    const [unmarked, used] = ["alembic_scratch_000000000000", "alembic_scratch_111111111111"] as const;
    await withClient(url, async (client) => {
      const { rows } = await client.query<{ readonly mark: string }>(
        "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1",
        [left],
      );
      await client.query(`CREATE DATABASE ${unmarked}`);
      await client.query(`CREATE DATABASE ${used}`);
      await client.query(`COMMENT ON DATABASE ${used} IS '${rows[0]?.mark ?? ""}'`);
      const usedUrl = Object.assign(new URL(url), { pathname: `/${used}` }).href;
      await withClient(usedUrl, () => project.run(["lint", "b", "--measure"], { env }));
      assert.deepEqual(await scratchDatabases(), [unmarked, used]);
      await client.query(`DROP DATABASE ${unmarked}`);
      await client.query(`DROP DATABASE ${used}`);
    });
  });
});
