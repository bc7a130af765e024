import assert from "node:assert/strict";
import { DatabaseError } from "../../src/database/databaseError";
import { connectPostgres } from "../../src/database/postgresConnection";
import { makeVersionTable } from "../../src/database/versionTable";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const user = `maker_${String(process.pid)}`;

interface Refusal {
  readonly title: string;
  readonly session: string;
  readonly schema: string | undefined;
  readonly message: string;
  readonly sqlState: string;
  readonly hint: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    title: "a schema in which the user may not create tables",
    session: `SET ROLE ${user}`,
    schema: "kept",
    message: `The version table kept.alembic_version can't be created: permission denied for schema kept`,
    sqlState: "42501",
    hint: /Grant it CREATE on the schema.*`ensure_version`/,
  },
  {
    title: "a session that is read-only",
    session: "SET default_transaction_read_only = on",
    schema: undefined,
    message: `The version table alembic_version can't be created: cannot execute CREATE TABLE in a read-only transaction`,
    sqlState: "25006",
    hint: /Connect to the primary server/,
  },
  {
    title: "a schema that is not there",
    session: "SET search_path = public",
    schema: "Gone",
    message: `The version table "Gone".alembic_version can't be created: schema "Gone" does not exist`,
    sqlState: "3F000",
    hint: /^Create the schema first/,
  },
];

describe("a version table that the server refuses", function () {
  this.timeout(60_000);
  let url = "";

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, `CREATE ROLE ${user}; CREATE SCHEMA kept`);
  });

  after(() => queryRows(url, `DROP ROLE ${user}`));

  for (const { title, session, schema, message, sqlState, hint } of refusals) {
    it(`says what to do: ${title}`, async () => {
      const connection = await connectPostgres({
        server: { kind: "url", url },
        connectTimeoutMilliseconds: 5_000,
        applicationName: "refused",
      });
      try {
        await connection.run(session);
        const making = makeVersionTable((text) => connection.run(text), {
          name: "alembic_version",
          schema,
          hasPrimaryKey: true,
        });
        await assert.rejects(making, (error) => {
          assert.ok(error instanceof DatabaseError);
          assert.deepEqual(
            { code: error.code, message: error.message, sqlState: error.sqlState },
            { code: "version-table-refused", message, sqlState },
          );
          assert.match(error.hint ?? "", hint);
          return true;
        });
      } finally {
        await connection.close();
      }
    });
  }
});
