import assert from "node:assert/strict";
import type { Connection } from "../../src/database/connection";
import { DatabaseError } from "../../src/database/databaseError";
import { connectPostgres } from "../../src/database/postgresConnection";
import { readVersionRows } from "../../src/database/versionTable";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const table = { name: "alembic_version", schema: undefined, hasPrimaryKey: true };

const reader = `reader_${String(process.pid)}`;
const other = `other_${String(process.pid)}`;

const enable = "ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY";
const all = "CREATE POLICY everything ON alembic_version";

const cases: readonly (readonly [
  title: string,
  role: string,
  statements: readonly string[],
  expected: unknown,
])[] = [
  ["no row-level security", reader, [], ["1", "2"]],
  ["row-level security without a policy", reader, [enable], "hidden-rows"],
  ["row-level security without a policy, as a superuser", "superuser", [enable], ["1", "2"]],
  ["policies that are not enabled", reader, [`${all} USING (version_num = '1')`], ["1", "2"]],
  ["a policy that shows all rows to everybody", reader, [enable, `${all} USING (true)`], ["1", "2"]],
  [
    "a policy that shows all rows to the user",
    reader,
    [enable, `${all} TO ${reader} USING (true)`],
    ["1", "2"],
  ],
  [
    "a policy that shows all rows to another",
    reader,
    [enable, `${all} TO ${other} USING (true)`],
    "hidden-rows",
  ],
  ["a policy that shows some rows", reader, [enable, `${all} USING (version_num = '1')`], "hidden-rows"],
  ["a policy for new rows only", reader, [enable, `${all} FOR INSERT WITH CHECK (true)`], "hidden-rows"],
  [
    "a restrictive policy beside one that shows all rows",
    reader,
    [
      enable,
      `${all} USING (true)`,
      "CREATE POLICY fewer ON alembic_version AS RESTRICTIVE USING (version_num = '1')",
    ],
    "hidden-rows",
  ],
  ["no table", reader, ["DROP TABLE alembic_version"], []],
];

async function rowsOrCode(connection: Connection): Promise<unknown> {
  try {
    return await readVersionRows(connection, table);
  } catch (error) {
    assert.ok(error instanceof DatabaseError);
    return error.code;
  }
}

describe("rows of a version table that a policy may hide", function () {
  this.timeout(60_000);
  let url = "";

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, `CREATE ROLE ${reader}; CREATE ROLE ${other}`);
  });

  after(() => queryRows(url, `DROP OWNED BY ${reader}, ${other}; DROP ROLE ${reader}, ${other}`));

  for (const [title, role, statements, expected] of cases) {
    it(`are not taken for missing: ${title}`, async () => {
      const create = "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)";
      const insert = "INSERT INTO alembic_version VALUES ('1'), ('2')";
      await queryRows(url, `DROP TABLE IF EXISTS alembic_version; ${create}; ${insert}`);
      await queryRows(url, `GRANT SELECT ON alembic_version TO ${reader}`);
      for (const statement of statements) {
        await queryRows(url, statement);
      }
      const connection = await connectPostgres({
        server: { kind: "url", url },
        connectTimeoutMilliseconds: 5_000,
        applicationName: "hidden",
      });
      try {
        if (role === reader) {
          await connection.run(`SET ROLE ${role}`);
        }
        assert.deepEqual(await rowsOrCode(connection), expected);
      } finally {
        await connection.close();
      }
    });
  }
});
