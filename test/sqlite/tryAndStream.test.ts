import assert from "node:assert/strict";
import { join } from "node:path";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { linkSqliteDriver, readSqliteFile } from "../support/sqliteFile";

interface Ran {
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly seen: readonly unknown[];
}

async function upgrade(body: string): Promise<Ran> {
  const project = createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    "migrations/versions/a.ts": revisionText({
      id: "a",
      upgrade: `  await op.createTable("seen", { columns: { n: { type: "integer", primaryKey: true } } });\n${body}`,
    }),
  });
  linkSqliteDriver(project.path);
  try {
    const { exitCode, stdout, stderr } = await project.run(["--url", "sqlite:///data.db", "upgrade", "head"]);
    const tables = await readSqliteFile(
      join(project.path, "data.db"),
      "SELECT name FROM sqlite_master WHERE name = 'seen'",
    );
    const rows =
      tables.length === 0
        ? []
        : await readSqliteFile(join(project.path, "data.db"), "SELECT n FROM seen ORDER BY n");
    return { exitCode, output: stdout + stderr, seen: rows.map((row) => (row as { readonly n: unknown }).n) };
  } finally {
    project.remove();
  }
}

describe("op.try and connection.stream on SQLite", function () {
  this.timeout(60_000);

  for (const [name, body] of [
    [
      "takes back what a refused block did",
      `  await op.try(async () => {
    await op.bulkInsert("seen", [{ n: 7 }]);
    await op.bulkInsert("seen", [{ n: 7 }]);
  });
  await op.bulkInsert("seen", [{ n: 1 }, { n: 2 }, { n: 3 }]);`,
    ],
    [
      "takes back a refused block inside another, and a batch in it",
      `  await op.try(async () => {
    await op.bulkInsert("seen", [{ n: 1 }, { n: 2 }]);
    await op.try(async () => {
      await op.batchAlterTable("seen", async (batch) => {
        await batch.addColumn("more", { type: "text" });
      });
      await op.execute("INSERT INTO none VALUES (1)");
    });
    await op.bulkInsert("seen", [{ n: 3 }]);
  });`,
    ],
    [
      "reads rows while operations run between them",
      `  for await (const { n } of connection.stream<{ n: number }>(
    sql\`WITH RECURSIVE t(n) AS (SELECT \${1} UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t\`, [], { rowsAtOnce: 2 })) {
    await op.bulkInsert("seen", [{ n }]);
  }`,
    ],
    [
      "reads columns of any name, and leaves no table",
      `  for await (const row of connection.stream('SELECT 1 AS rowid, 2 AS "_rowid_", 3 AS "a b"')) {
    for (const n of Object.values(row)) {
      await op.bulkInsert("seen", [{ n: n as number }]);
    }
  }
  const left = await connection.query("SELECT name FROM sqlite_temp_master");
  if (left.length > 0) throw new Error(JSON.stringify(left));`,
    ],
    [
      "reads rows in a block that fails then",
      `  await op.try(async () => {
    for await (const row of connection.stream("SELECT 1 AS n UNION ALL SELECT 2")) {
      await op.execute("INSERT INTO none VALUES (1)");
    }
  });
  for await (const row of connection.stream<{ n: number }>("SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3")) {
    await op.bulkInsert("seen", [{ n: row.n }]);
  }`,
    ],
  ] as const) {
    it(name, async () => {
      const { exitCode, output, seen } = await upgrade(body);
      assert.equal(exitCode, 0, output);
      assert.deepEqual(seen, [1, 2, 3]);
    });
  }
});
