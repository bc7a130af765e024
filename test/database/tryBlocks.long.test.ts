import assert from "node:assert/strict";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, queryValues } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

function createProject(upgrade: string, config = {}, extra = ""): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
    "migrations/versions/r001.ts": revisionText({ id: "r001", upgrade, extra }),
  });
}

const start = `  await op.createTable("marks", { columns: { n: { type: "integer", primaryKey: true } } });
  await op.bulkInsert("marks", [{ n: 1 }]);`;

/** Blocks that fail in the middle; what is in `marks` afterwards beside 1 and 9, and what the log is told. */
const blocks: Readonly<Record<string, { readonly body: string; readonly left: readonly number[] }>> = {
  "an operation that is refused": {
    body: `const outcome = await op.try(async () => {
    await op.bulkInsert("marks", [{ n: 2 }]);
    await op.bulkInsert("marks", [{ n: 1 }]);
    await op.bulkInsert("marks", [{ n: 3 }]);
  });
  context.log(\`outcome \${JSON.stringify(outcome)}\`);`,
    left: [],
  },
  "SQL of the revision's own that is refused": {
    body: `const outcome = await op.try(async () => {
    await connection.query("INSERT INTO marks VALUES (2)");
    await connection.query("INSERT INTO marks VALUES (1)");
  });
  context.log(\`outcome \${JSON.stringify(outcome)}\`);`,
    left: [],
  },
  "a forgotten await": {
    body: `const outcome = await op.try(() => {
    void op.execute("INSERT INTO marks VALUES (2)");
    void op.execute("INSERT INTO marks VALUES (1)");
  });
  context.log(\`outcome \${JSON.stringify(outcome)}\`);`,
    left: [],
  },
  "a block inside another": {
    body: `await op.try(async () => {
    await op.bulkInsert("marks", [{ n: 2 }]);
    const outcome = await op.try(async () => {
      await op.bulkInsert("marks", [{ n: 3 }]);
      await op.bulkInsert("marks", [{ n: 1 }]);
    });
    context.log(\`outcome \${JSON.stringify(outcome)}\`);
    await op.bulkInsert("marks", [{ n: 4 }]);
  });`,
    left: [2, 4],
  },
};

const outcome = /outcome \{"worked":false,"message":"duplicate key value .*","sqlState":"23505"\}/;

async function marks(url: string): Promise<readonly unknown[]> {
  return queryValues(url, "SELECT n FROM marks ORDER BY n");
}

describe("op.try", function () {
  this.timeout(60_000);

  for (const [name, { body, left }] of Object.entries(blocks)) {
    for (const transactionPerMigration of [false, true]) {
      it(`takes back what its block did, and goes on: ${name}${transactionPerMigration ? ", a transaction each" : ""}`, async () => {
        const url = await (await sharedPostgres()).createDatabase();
        const project = createProject(`${start}\n  ${body}\n  await op.bulkInsert("marks", [{ n: 9 }]);`, {
          transactionPerMigration,
        });
        try {
          const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"])
            .ended;
          assert.equal(exitCode, 0, stdout + stderr);
          assert.match(stderr, outcome);
          assert.match(stderr, /op\.try: duplicate key value .*\. Its block was rolled back\./);
          assert.deepEqual(await marks(url), [1, ...left, 9]);
        } finally {
          project.remove();
        }
      });
    }
  }

  for (const [name, { body, left }] of Object.entries(blocks)) {
    it(`is passed by a later run as it went, where the revision was cut off behind it: ${name}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      await queryRows(url, "CREATE TABLE divisors AS SELECT 0 AS n");
      const project = createProject(`${start}
  { ${body} }
  await op.autocommitBlock(() => op.bulkInsert("marks", [{ n: 8 }]));
  await op.execute("SELECT 1 / n FROM divisors");
  { ${body} }
  await op.bulkInsert("marks", [{ n: 9 }]);`);
      try {
        const failed = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(failed.exitCode, 255, failed.stdout + failed.stderr);
        assert.match(failed.stdout, /division by zero/);
        assert.deepEqual(await marks(url), [1, ...left, 8]);
        await queryRows(url, `DELETE FROM marks WHERE n IN (${[0, ...left].join(", ")})`);
        await queryRows(url, "UPDATE divisors SET n = 1");
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 0, stdout + stderr);
        assert.equal(stderr.match(new RegExp(outcome, "g"))?.length, 2);
        assert.deepEqual(await marks(url), [1, ...left, 8, 9]);
      } finally {
        project.remove();
      }
    });
  }

  it("does the same on the embedded PostgreSQL", async () => {
    const check = `const rows = await connection.query("SELECT n FROM marks ORDER BY n");
  context.log(\`marks \${rows.map(({ n }) => n).join()}\`);`;
    const project = createProject(
      `${start}\n  ${Object.values(blocks)[0]?.body ?? ""}\n  await op.bulkInsert("marks", [{ n: 9 }]);\n  ${check}`,
    );
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, undefined, [
        "--url",
        "embedded:",
        "upgrade",
        "head",
      ]).ended;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stderr, outcome);
      assert.match(stderr, /marks 1,9/);
    } finally {
      project.remove();
    }
  });

  const failures: readonly {
    readonly name: string;
    readonly body: string;
    readonly told: RegExp;
    readonly extra?: string;
  }[] = [
    {
      name: "what the block itself throws",
      body: `await op.try(() => { throw new Error("a mistake"); });`,
      told: /Revision r001 failed in upgrade\(\): a mistake/,
    },
    {
      name: "an operation that is no operation",
      body: `await op.try(async () => { await op.createTable("", { columns: {} }); });`,
      told: /Revision r001 failed in upgrade\(\): .*name/,
    },
    {
      name: "what failed before the block",
      body: `void op.bulkInsert("marks", [{ n: 1 }]);\n  await op.try(async () => { await op.bulkInsert("marks", [{ n: 2 }]); });`,
      told: /duplicate key value/,
    },
    {
      name: "what runs outside the transaction",
      body: `await op.try(async () => { await op.execute("VACUUM marks"); });`,
      told: /op\.try can't roll back what runs outside the transaction: VACUUM marks/,
    },
    {
      name: "a revision without a transaction",
      body: `await op.try(async () => { await op.bulkInsert("marks", [{ n: 1 }]); });`,
      told: /there is no transaction here/,
      extra: "export const transaction = false;",
    },
  ];
  for (const { name, body, told, extra } of failures) {
    it(`makes up for no other failure: ${name}`, async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const project = createProject(`${start}\n  ${body}`, {}, extra);
      try {
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 255, stdout + stderr);
        assert.match(stdout, told);
        assert.match(stderr, /r001\.ts:\d+:\d+/);
      } finally {
        project.remove();
      }
    });
  }

  it("is refused in a script, with what to write instead", async () => {
    const project = createProject(`  await op.try(async () => { await op.execute("SELECT 1"); });`);
    try {
      const { stderr, exitCode } = await project.run(["upgrade", "head", "--sql"]);
      assert.equal(exitCode, 255);
      assert.match(stderr, /op\.try can't be used with --sql/);
      assert.match(stderr, /r001\.ts:\d+:\d+/);
      assert.match(stderr, /Hint: Guard that part with `if \(!context\.isOffline\)`/);
    } finally {
      project.remove();
    }
  });
});
