import assert from "node:assert/strict";
import { startCommand } from "../support/faultRun";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { queryRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

/** What a column of each type holds after a value was inserted, as PostgreSQL prints it. */
const cells: readonly (readonly [type: string, value: string, stored: string | null])[] = [
  ["jsonb", "[]", "[]"],
  ["json", "[]", "[]"],
  ["json_domain", "[]", "[]"],
  ["jsonb", "[[], {}, { a: [] }]", '[[], {}, {"a": []}]'],
  ["jsonb", "[1, 'a', null, true]", '[1, "a", null, true]'],
  ["jsonb", "[new Date(0), 5n, Buffer.from([1])]", '["1970-01-01T00:00:00.000Z", 5, "\\\\x01"]'],
  ["jsonb", "{ a: [] }", '{"a": []}'],
  ["jsonb", "{}", "{}"],
  ["jsonb", "'[]'", "[]"],
  ["jsonb", "5", "5"],
  ["jsonb", "null", null],
  ["text[]", "[]", "{}"],
  ["text[]", "['a b', null]", '{"a b",NULL}'],
  ["integer[]", "[[1], [2]]", "{{1},{2}}"],
  ["jsonb[]", "[]", "{}"],
  ["jsonb[]", "[{ a: 1 }]", '{"{\\"a\\": 1}"}'],
  ["text", "'a'", "a"],
  ["timestamptz", "new Date(0)", "1970-01-01 00:00:00+00"],
  ["numeric", "12345678901234567890n", "12345678901234567890"],
  ["bytea", "Buffer.from([0, 255])", "\\x00ff"],
];

const table = `  await op.execute("CREATE DOMAIN json_domain AS jsonb CHECK (VALUE IS NOT NULL)");
  await op.createTable("t", { columns: { ${cells.map(([type], index) => `c${String(index)}: { type: "${type}" as never }`).join(", ")} } });`;
const row = `[{ ${cells.map(([, value], index) => `c${String(index)}: ${value}`).join(", ")} }]`;
const emptyTypes = `{ c0: "jsonb", c1: "json", c2: "jsonb", c3: "jsonb", c4: "jsonb", c5: "jsonb", c9: "jsonb", c11: "text[]", c14: "jsonb[]" }`;

async function stored(url: string): Promise<readonly unknown[]> {
  const columns = cells.map(([type], index) =>
    type === "timestamptz"
      ? `(c${String(index)} AT TIME ZONE 'UTC')::text || '+00' AS c${String(index)}`
      : `c${String(index)}::text`,
  );
  const [first] = await queryRows(url, `SELECT ${columns.join(", ")} FROM t`);
  const stored: readonly unknown[] = Object.values(Object(first) as object);
  return stored;
}

describe("rows of op.bulkInsert", function () {
  this.timeout(60_000);

  for (const extra of ["", "export const transaction = false;"]) {
    it(`have lists in the form that their column takes${extra === "" ? "" : ", without a transaction"}`, async () => {
      const project = createProjectFolder({
        "package.json": "{}",
        "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
        "migrations/versions/r1.ts": revisionText({
          id: "r1",
          extra,
          upgrade: `${table}\n  await op.bulkInsert("t", ${row});`,
        }),
      });
      try {
        const url = await (await sharedPostgres()).createDatabase();
        const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
        assert.equal(exitCode, 0, stdout + stderr);
        assert.deepEqual(
          await stored(url),
          cells.map(([, , text]) => text),
        );
      } finally {
        project.remove();
      }
    });
  }

  it("say in a script which type an empty list needs, and with it are stored alike", async () => {
    const revision = (options: string): string =>
      revisionText({ id: "r1", upgrade: `${table}\n  await op.bulkInsert("t", ${row}${options});` });
    const project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
      "migrations/versions/r1.ts": revision(""),
    });
    try {
      const refused = await project.run(["upgrade", "head", "--sql"]);
      assert.equal(refused.exitCode, 255);
      assert.match(
        refused.stderr,
        /An empty list for "c0" of "t" is \[\] in a JSON column and \{\} in an array/,
      );
      assert.match(refused.stderr, /r1\.ts:18:12/);
      assert.match(refused.stderr, /Hint: Name the type: .*types: \{ c0: "jsonb" \}/);
      project.write({ "migrations/versions/r1.ts": revision(`, { types: ${emptyTypes} }`) });
      const { stdout, stderr, exitCode } = await project.run(["upgrade", "head", "--sql"]);
      assert.equal(exitCode, 0, stderr);
      const url = await (await sharedPostgres()).createDatabase();
      await runScript(url, stdout);
      assert.deepEqual(
        await stored(url),
        cells.map(([, , text]) => text),
      );
    } finally {
      project.remove();
    }
  });
});

describe("empty lists among the values of SQL", function () {
  this.timeout(60_000);

  it("have the form that their place takes", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const insert = "INSERT INTO t (j, a) VALUES ($1, $2)";
    const project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
      "migrations/versions/r1.ts": revisionText({
        id: "r1",
        upgrade: `  await op.execute("CREATE TABLE t (j jsonb, a text[])");
  await connection.execute("${insert}", [[], []]);
  await connection.query("${insert} RETURNING j", [[], ["x"]]);
  await connection.execute("UPDATE t SET j = $1 WHERE NOT ('x' = ANY ($2))", [[], []]);`,
      }),
    });
    try {
      const { stdout, stderr, exitCode } = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(exitCode, 0, stdout + stderr);
      assert.deepEqual(await queryRows(url, "SELECT j::text, a::text FROM t ORDER BY cardinality(t.a)"), [
        { j: "[]", a: "{}" },
        { j: "[]", a: "{x}" },
      ]);
    } finally {
      project.remove();
    }
  });
});
