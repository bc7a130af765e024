import assert from "node:assert/strict";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryValues } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

function createProject(upgrade: string, extra = ""): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    "migrations/versions/r001.ts": revisionText({ id: "r001", upgrade, extra }),
  });
}

interface Ran {
  readonly exitCode: number | undefined;
  readonly output: string;
  /** What the revision has put into `seen`, in order; empty where there is no such table. */
  readonly seen: readonly unknown[];
}

async function upgrade(body: string, extra = "", args: readonly string[] = []): Promise<Ran> {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const project = createProject(
    `  await op.createTable("seen", { columns: { n: { type: "integer" } } });\n${body}`,
    extra,
  );
  try {
    const { exitCode, stdout, stderr } = await startCommand(project.path, url, ["upgrade", "head", ...args])
      .ended;
    const isThere = (await queryValues(url, "SELECT to_regclass('seen') IS NOT NULL"))[0] === true;
    const seen = isThere ? await queryValues(url, "SELECT n FROM seen ORDER BY ctid") : [];
    return { exitCode, output: stdout + stderr, seen };
  } finally {
    project.remove();
    await server.dropDatabase(url);
  }
}

const each = (query: string, body: string): string =>
  `  for await (const row of ${query}) {\n    ${body}\n  }`;
const note = `await op.bulkInsert("seen", [{ n: row.n as number }]);`;
const three = `connection.stream("SELECT n FROM generate_series(1, 3) n", [], { rowsAtOnce: 2 })`;

describe("connection.stream", function () {
  this.timeout(60_000);

  for (const [name, body, extra] of [
    ["in the transaction of the run, with operations between the rows", each(three, note), ""],
    ["of a revision without a transaction", each(three, note), "export const transaction = false;\n"],
    ["in op.autocommitBlock", `  await op.autocommitBlock(async () => {\n${each(three, note)}\n  });`, ""],
    ["in op.try", `  await op.try(async () => {\n${each(three, note)}\n  });`, ""],
    [
      "with parameters, and a comment at its end",
      each(`connection.stream("SELECT n FROM generate_series($1::integer, $2) n -- all", [1, 3])`, note),
      "",
    ],
    [
      "of a fragment, inside the rows of another",
      `  for await (const { n: first } of connection.stream<{ n: number }>(sql\`SELECT 1 AS n\`)) {
  ${each(`connection.stream(sql\`SELECT n FROM generate_series(\${first}::integer, 3) n\`)`, note)}
  }`,
      "",
    ],
    [
      "that are left early, and of others then",
      `${each(three, `${note} if (row.n === 2) break;`)}\n${each(`connection.stream("SELECT 3 AS n")`, note)}`,
      "",
    ],
    [
      "for update",
      each(`connection.stream("SELECT 1 AS n FROM pg_class WHERE false")`, note) +
        `\n  await op.bulkInsert("seen", [{ n: 1 }, { n: 2 }]);\n` +
        each(
          `connection.stream("SELECT n FROM seen ORDER BY n FOR UPDATE")`,
          `if (row.n === 2) await op.bulkInsert("seen", [{ n: 3 }]);`,
        ),
      "",
    ],
  ] as const) {
    it(`reads rows ${name}`, async () => {
      const { exitCode, output, seen } = await upgrade(body, extra);
      assert.equal(exitCode, 0, output);
      assert.deepEqual(seen, [1, 2, 3]);
    });
  }

  it("has more rows than fit into the memory", async () => {
    const { exitCode, output, seen } = await upgrade(
      `  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--max-old-space-size=96");
  let n = 0;
${each(
  `connection.stream("SELECT repeat('x', 1000) || n AS text FROM generate_series(1, 150000) n")`,
  "n += String(row.text).length > 1000 ? 1 : 0;",
)}
  await op.bulkInsert("seen", [{ n }]);`,
    );
    assert.equal(exitCode, 0, output);
    assert.deepEqual(seen, [150_000]);
  });

  for (const [name, body, words, args] of [
    [
      "of a query that the server refuses",
      each(`connection.stream("SELECT no_such_column")`, note),
      /column "no_such_column" does not exist[\s\S]*r001\.ts:\d+:\d+/,
      [],
    ],
    [
      "of a statement that is no query",
      each(`connection.stream("DELETE FROM seen")`, note),
      /connection\.stream\(\) reads the rows of a query, and this is not a query: DELETE FROM seen/,
      [],
    ],
    [
      "of two statements",
      each(`connection.stream("SELECT 1; SELECT 2")`, note),
      /connection\.stream\(\) takes one statement/,
      [],
    ],
    [
      "no rows at once",
      each(`connection.stream("SELECT 1 AS n", [], { rowsAtOnce: 0 })`, note),
      /rowsAtOnce of connection\.stream\(\) is 0/,
      [],
    ],
    ["after the loop has failed", each(three, `throw new Error("enough");`), /enough/, []],
    [
      "across a commit, whose transaction has the cursor",
      each(three, `await op.autocommitBlock(async () => { await op.bulkInsert("seen", [{ n: 1 }]); });`),
      /cursor .* does not exist[\s\S]*Hint: A cursor ends with its transaction\. Read the rows/,
      [],
    ],
    ["into a script", each(three, note), /reads rows with connection\.stream\(\)/, ["--sql"]],
  ] as const) {
    it(`fails the revision that reads rows ${name}`, async () => {
      const { exitCode, output } = await upgrade(body, "", args);
      assert.equal(exitCode, 255, output);
      assert.match(output, words);
      assert.doesNotMatch(output, /Internal error/);
    });
  }
});
