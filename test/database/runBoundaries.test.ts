import assert from "node:assert/strict";
import { startFakePooler } from "../support/fakePooler";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

interface Step {
  readonly id: string;
  readonly upgrade: string;
  readonly extra?: string;
}

function files(steps: readonly Step[]): Record<string, string> {
  return Object.fromEntries(
    steps.map(({ id, upgrade, extra = "" }, index) => [
      `migrations/versions/${id}_step.ts`,
      revisionText({ id, down: steps[index - 1]?.id ?? null, extra, upgrade }),
    ]),
  );
}

function createProject(
  steps: readonly Step[],
  config: Readonly<Record<string, unknown>> = {},
): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
    ...files(steps),
  });
}

function execute(text: string): string {
  return `  await op.execute(${JSON.stringify(text)});`;
}

async function tablesOf(url: string): Promise<readonly string[]> {
  const rows = await queryRows(
    url,
    "SELECT n.nspname || '.' || relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname !~ '^(pg_|information)' ORDER BY 1",
  );
  return rows.map((row) => String(Reflect.get(Object(row), "name")));
}

/** Where the failing statement of a revision stands, and what is there after it. */
const placements = [
  { place: "before", left: [], hasLedger: false, state: /is rolled back; the database is at base/ },
  { place: "inside", left: ["a", "b", "c"], hasLedger: true, state: /is at base, and part of r001 is in it/ },
  {
    place: "behind",
    left: ["a", "b", "c", "d"],
    hasLedger: true,
    state: /is at base, and part of r001 is in it/,
  },
] as const;

function blockRevision(failing: string | undefined): readonly Step[] {
  const fails = (place: string): string => (place === failing ? execute("SELECT 1 / 0") : "");
  return [
    {
      id: "r001",
      upgrade: [
        execute("CREATE TABLE a ()"),
        fails("before"),
        "  await op.autocommitBlock(async () => {",
        execute("CREATE TABLE b ()"),
        execute("CREATE TABLE c ()"),
        fails("inside"),
        execute("CREATE TABLE d ()"),
        "  });",
        execute("CREATE TABLE e ()"),
        fails("behind"),
      ].join("\n"),
    },
  ];
}

describe("a run whose revision has an autocommit block in its middle", function () {
  this.timeout(60_000);

  for (const { place, left, hasLedger, state } of placements) {
    it(`fails ${place} it, with a version table of another name and schema, and is finished by the next run`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      await queryRows(url, 'CREATE SCHEMA "Meta data"');
      const config = { versionTable: "Schema Version", versionTableSchema: "Meta data" };
      const project = createProject(blockRevision(place), config);
      const own = (names: readonly string[]): readonly string[] => [...names].sort();
      try {
        const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(failed.exitCode, 255, failed.stdout + failed.stderr);
        assert.match(failed.stdout, /FAILED: Revision r001 failed in upgrade\(\): division by zero/);
        assert.match(failed.stderr, state);
        const bookkeeping = hasLedger ? ["Meta data.Schema Version", "Meta data.Schema Version_steps"] : [];
        assert.deepEqual(await tablesOf(url), own([...bookkeeping, ...left.map((name) => `public.${name}`)]));
        project.write(files(blockRevision(undefined)));
        const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        const all = ["a", "b", "c", "d", "e"].map((name) => `public.${name}`);
        assert.deepEqual(await tablesOf(url), own(["Meta data.Schema Version", ...all]));
        assert.deepEqual(await queryRows(url, 'SELECT version_num FROM "Meta data"."Schema Version"'), [
          { version_num: "r001" },
        ]);
      } finally {
        project.remove();
      }
    });
  }
});

describe("the version table", function () {
  this.timeout(60_000);

  it("is found though a revision empties the search path, as what pg_dump writes does", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createProject(
      [
        {
          id: "r001",
          upgrade: execute(
            "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a ()",
          ),
        },
        {
          id: "r002",
          upgrade: execute("CREATE TABLE public.b ()"),
          extra: "export const transaction = false;",
        },
      ],
      { transactionPerMigration: true },
    );
    try {
      const result = await startCommand(project.path, url, ["upgrade", "head", "--json"]).ended;
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.deepEqual((JSON.parse(result.stdout) as { heads: unknown }).heads, ["r002"]);
      assert.deepEqual(await tablesOf(url), ["public.a", "public.alembic_version", "public.b"]);
    } finally {
      project.remove();
    }
  });

  it("may have a name as long as names can be", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const versionTable = "v".repeat(63);
    const project = createProject(
      [
        {
          id: "r001",
          upgrade: [
            execute("CREATE TABLE a ()"),
            execute("CREATE INDEX CONCURRENTLY ix ON pg_temp.none (n)"),
          ].join("\n"),
          extra: "export const transaction = false;",
        },
      ],
      { versionTable },
    );
    try {
      assert.equal((await startCommand(project.path, url, ["upgrade", "head"]).ended).exitCode, 255);
      assert.deepEqual(await tablesOf(url), [
        "public.a",
        `public.${"v".repeat(57)}_steps`,
        `public.${versionTable}`,
      ]);
      project.write(
        files([
          { id: "r001", upgrade: execute("CREATE TABLE a ()"), extra: "export const transaction = false;" },
        ]),
      );
      const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(next.exitCode, 255, "What is done cannot be taken out of the revision.");
      assert.match(
        next.stdout,
        /was interrupted at statement 2 and cannot be resumed: it now ends after its statement 1/,
      );
      assert.equal((await startCommand(project.path, url, ["stamp", "head"]).ended).exitCode, 0);
      assert.deepEqual(await tablesOf(url), ["public.a", `public.${versionTable}`]);
    } finally {
      project.remove();
    }
  });
});

describe("an onVersionApply that throws", function () {
  this.timeout(60_000);

  for (const extra of ["", "export const transaction = false;"]) {
    it(`leaves the version where it was, and the next run goes on: ${extra === "" ? "in a transaction" : "without one"}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProjectFolder({
        "package.json": "{}",
        "alembic.config.mjs": `import { existsSync } from "node:fs";
export default {
  scriptLocation: "migrations",
  transactionPerMigration: true,
  async onVersionApply({ revision, connection }) {
    await connection.execute("CREATE TABLE IF NOT EXISTS applied (revision text)");
    await connection.execute("INSERT INTO applied VALUES ($1)", [revision]);
    if (revision === "r002" && !existsSync(new URL("./mended", import.meta.url))) {
      throw new Error("no audit");
    }
  },
};`,
        ...files([
          { id: "r001", upgrade: execute("CREATE TABLE a ()") },
          { id: "r002", upgrade: execute("CREATE TABLE b ()"), extra },
        ]),
      });
      try {
        const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(failed.exitCode, 255, failed.stdout + failed.stderr);
        assert.match(failed.stdout, /onVersionApply failed after r002: no audit/);
        assert.match(failed.stderr, /atabase is at r001/);
        assert.deepEqual(await queryRows(url, "SELECT revision FROM applied"), [{ revision: "r001" }]);
        const partly = extra === "" ? [] : ["public.b"];
        assert.deepEqual(
          (await tablesOf(url)).filter((name) => name === "public.b"),
          partly,
        );
        project.write({ mended: "" });
        const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(next.exitCode, 0, next.stdout + next.stderr);
        assert.deepEqual(await queryRows(url, "SELECT revision FROM applied"), [
          { revision: "r001" },
          { revision: "r002" },
        ]);
        assert.deepEqual(await tablesOf(url), [
          "public.a",
          "public.alembic_version",
          "public.applied",
          "public.b",
        ]);
      } finally {
        project.remove();
      }
    });
  }
});

describe("a pooler before the server", function () {
  this.timeout(60_000);

  const steps = [{ id: "r001", upgrade: execute("CREATE TABLE a ()") }];

  it("that keeps sessions is named, and used", async () => {
    const server = await sharedPostgres();
    const pooler = await startFakePooler(await server.createDatabase(), "session");
    const project = createProject(steps);
    try {
      const result = await startCommand(project.path, pooler.url, ["upgrade", "head"]).ended;
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.match(result.stderr, /The connection goes through a pooler/);
    } finally {
      await pooler.stop();
      project.remove();
    }
  });

  it("that mixes the transactions of clients keeps no lock of ours, and other runs out", async function () {
    const server = await sharedPostgres();
    if (!server.isOwn) {
      this.skip();
    }
    const url = await server.createDatabase();
    const pooler = await startFakePooler(url, "transaction", 4);
    const project = createProject([
      {
        id: "r001",
        upgrade: `await op.execute("CREATE TABLE a ()"); await new Promise((resolve) => setTimeout(resolve, 1500));`,
      },
    ]);
    try {
      const runs = [1, 2].map(() => startCommand(project.path, pooler.url, ["upgrade", "head"]));
      const results = await Promise.all(runs.map(({ ended }) => ended));
      assert.deepEqual(
        results.map(({ exitCode }) => exitCode),
        [0, 0],
        results.map(({ stdout, stderr }) => stdout + stderr).join("\n"),
      );
      assert.deepEqual(
        results.map(({ stderr }) => stderr.match(/Running upgrade/g)?.length ?? 0).toSorted(),
        [0, 1],
      );
      assert.deepEqual(await queryRows(url, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"), []);
    } finally {
      await pooler.stop();
      project.remove();
    }
  });

  it("that mixes the transactions of clients is refused before anything is run", async function () {
    const server = await sharedPostgres();
    if (!server.isOwn) {
      this.skip();
    }
    const url = await server.createDatabase();
    const pooler = await startFakePooler(url, "transaction");
    const project = createProject(steps);
    try {
      const result = await startCommand(project.path, pooler.url, ["upgrade", "head"]).ended;
      assert.equal(result.exitCode, 255, result.stdout + result.stderr);
      assert.match(result.stdout, /a pooler that shares one server connection among clients/);
      assert.deepEqual(await tablesOf(url), []);
    } finally {
      await pooler.stop();
      project.remove();
    }
  });
});
