import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

/** Revisions r001, r002, …, one behind the other. */
function createProject(
  bodies: readonly string[],
  config: Readonly<Record<string, unknown>> = {},
): ProjectFolder {
  const id = (index: number): string => `r00${String(index + 1)}`;
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
    ...Object.fromEntries(
      bodies.map((upgrade, index) => [
        `migrations/versions/${id(index)}.ts`,
        revisionText({ id: id(index), down: index === 0 ? null : id(index - 1), upgrade }),
      ]),
    ),
  });
}

function table(name: string): string {
  return `  await op.createTable("${name}", { columns: { id: { type: "integer" } } });`;
}

async function names(url: string): Promise<readonly string[]> {
  const rows = await queryRows(
    url,
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return rows.map((row) => String(Reflect.get(Object(row), "name")));
}

/** The line of a revision's text that holds something, as an editor counts it. */
function lineOf(project: ProjectFolder, file: string, text: string): number {
  const lines = readFileSync(join(project.path, "migrations/versions", file), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

const modes = [
  { mode: "one transaction", config: {}, kept: [] },
  {
    mode: "a transaction each",
    config: { transactionPerMigration: true },
    kept: ["alembic_version", "first"],
  },
] as const;

describe("operations that are sent while the server is busy with those before them", function () {
  this.timeout(60_000);

  for (const { mode, config, kept } of modes) {
    it(`fail at their own line, though others were sent behind them: ${mode}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(
        [
          table("first"),
          [table("second"), table("first"), table("third"), table("fourth")].join("\n"),
          table("fifth"),
        ],
        config,
      );
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255, stdout + stderr);
        assert.match(
          stdout,
          /^FAILED: Revision r002 failed in upgrade\(\): relation "first" already exists$/m,
        );
        assert.match(stderr, new RegExp(`r002\\.ts:${String(lineOf(project, "r002.ts", '"first"'))}:12`));
        assert.doesNotMatch(stderr, /r002 -> r003/);
        assert.deepEqual(await names(url), kept);
      } finally {
        project.remove();
      }
    });

    it(`fail the run though the revision catches what it is told: ${mode}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(
        [
          table("first"),
          ["  try {", table("first"), "  await op.flush();", "  } catch {}", table("third")].join("\n"),
        ],
        config,
      );
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255);
        assert.match(stdout, /Revision r002 failed in upgrade\(\): relation "first" already exists/);
        assert.match(stderr, /Hint: .*The revision continued after this failure.* `await op\.try\(/);
        assert.deepEqual(await names(url), kept);
      } finally {
        project.remove();
      }
    });

    it(`keep nothing of a revision whose version row is gone: ${mode}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(
        [
          table("first"),
          `${table("second")}\n  await op.dropTable("alembic_version");\n  await op.createTable("alembic_version", { columns: { version_num: { type: "varchar(32)" } } });`,
          table("third"),
        ],
        config,
      );
      try {
        const { stdout, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255);
        assert.match(
          stdout,
          /^FAILED: Online migration expected to match one row when updating 'r001' to 'r002' in 'alembic_version'; /m,
        );
        assert.deepEqual(await names(url), kept);
        if (kept.length > 0) {
          assert.deepEqual(await queryRows(url, "SELECT version_num FROM alembic_version"), [
            { version_num: "r001" },
          ]);
        }
      } finally {
        project.remove();
      }
    });

    it(`are as many as there are, and seen by what is asked behind them: ${mode}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(
        [
          `  for (let index = 0; index < 100; index += 1) {
    void op.createTable(\`t\${index}\`, { columns: { id: { type: "integer" } } });
  }
  const [row] = await connection.query("SELECT count(*)::integer AS n FROM pg_class WHERE relname ~ '^t[0-9]+$'");
  await op.createTable(\`found_\${row.n}\`, { columns: { id: { type: "integer" } } });`,
          `  for (let index = 0; index < 100; index += 1) {
    await op.dropTable(\`t\${index}\`);
  }`,
        ],
        config,
      );
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 0, stdout + stderr);
        assert.deepEqual(await names(url), ["alembic_version", "found_100"]);
      } finally {
        project.remove();
      }
    });
  }

  it("have worked when op.flush resolves, or what comes behind it does not run", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const mark = (name: string): string => `  context.log("${name}");`;
    const project = createProject([
      [table("first"), "  await op.flush();", mark("after one that works")].join("\n"),
      [table("first"), "  await op.flush();", mark("after one that fails")].join("\n"),
    ]);
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 255);
      assert.match(stdout, /^FAILED: Revision r002 failed in upgrade\(\): relation "first" already exists$/m);
      assert.match(stderr, new RegExp(`r002\\.ts:${String(lineOf(project, "r002.ts", '"first"'))}:12`));
      assert.match(stderr, /after one that works/);
      assert.doesNotMatch(stderr, /after one that fails/);
    } finally {
      project.remove();
    }
  });

  for (const [name, call] of [
    ["op.execute", 'op.execute("CREATE TABLE other (); ROLLBACK AND CHAIN")'],
    ["connection.query", 'connection.query("COMMIT AND CHAIN")'],
  ] as const) {
    it(`are not committed or taken back by SQL that ends their transaction: ${name}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject([`${table("first")}\n  await ${call};`]);
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255);
        assert.match(
          stdout,
          /(?:COMMIT|ROLLBACK) AND CHAIN would end the transaction of the run, so it was not sent/,
        );
        assert.match(stderr, new RegExp(`r001\\.ts:${String(lineOf(project, "r001.ts", "AND CHAIN"))}:`));
        assert.match(stderr, /Hint: Take COMMIT and ROLLBACK out of the revision/);
        assert.doesNotMatch(stderr, /PostgreSQL's hint/);
        assert.deepEqual(await names(url), []);
      } finally {
        project.remove();
      }
    });
  }

  for (const [name, call] of [
    ["DISCARD ALL", 'op.execute("DISCARD ALL")'],
    ["pg_advisory_unlock_all()", 'connection.query("SELECT pg_advisory_unlock_all()")'],
  ] as const) {
    it(`are kept from other runs: ${name} is not sent`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject([`${table("first")}\n  await ${call};`]);
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255);
        assert.match(stdout, /would release the migration lock, so it was not sent/);
        assert.match(stderr, new RegExp(`r001\\.ts:${String(lineOf(project, "r001.ts", name))}:`));
        assert.match(stderr, /Hint: Release your own locks with pg_advisory_unlock\(key\)/);
        assert.deepEqual(await names(url), []);
      } finally {
        project.remove();
      }
    });
  }

  it("are kept from other runs by a session that is reset in every other way", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const reset = ["DISCARD TEMP", "DISCARD PLANS", "RESET ALL", "SET SESSION AUTHORIZATION DEFAULT"];
    const locks = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
    const project = createProject([
      `${table("first")}
${reset.map((statement) => `  await op.execute("${statement}");`).join("\n")}
  const [row] = await connection.query("${locks}");
  await op.createTable(\`locks_\${row.n}\`, { columns: { id: { type: "integer" } } });`,
    ]);
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.deepEqual(await names(url), ["alembic_version", "first", "locks_1"]);
    } finally {
      project.remove();
    }
  });

  it("are taken back for a value that can't be sent, which is no lost connection", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const query = '  await connection.query("SELECT $1::jsonb", [{ n: 1n }]);';
    const project = createProject([`${table("first")}\n${query}`]);
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 255);
      assert.match(
        stdout,
        /Revision r001 failed in upgrade\(\): A value of the statement can't be sent: .*BigInt/,
      );
      assert.match(stderr, new RegExp(`r001\\.ts:${String(lineOf(project, "r001.ts", "1n"))}:`));
      assert.deepEqual(await names(url), []);
    } finally {
      project.remove();
    }
  });

  it("are not kept where the server ends the connection at their COMMIT", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    await queryRows(
      url,
      `CREATE TABLE watched (id integer);
       CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
       CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON watched DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut();`,
    );
    const insert = `  await op.bulkInsert("watched", [{ id: 1 }]);`;
    const project = createProject([table("first"), insert, table("second")], {
      transactionPerMigration: true,
    });
    try {
      const { stdout, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 255);
      assert.match(
        stdout,
        /^FAILED: COMMIT failed after revision r002: terminating connection due to administrator command$/m,
      );
      assert.deepEqual(await queryRows(url, "SELECT version_num FROM alembic_version"), [
        { version_num: "r001" },
      ]);
    } finally {
      project.remove();
    }
  });
});
