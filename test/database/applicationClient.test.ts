import assert from "node:assert/strict";
import { Client, defaults } from "pg";
import { openPostgresDatabase } from "../../src/database/postgresDatabase";
import { connectionOptions } from "../../src/typeorm/connectionOptions";
import type { TypeormDataSource } from "../../src/typeorm/typeormTypes";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

describe("the session of a DataSource with options of its pool", function () {
  this.timeout(30_000);
  let url: string;

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
    await queryRows(url, "CREATE SCHEMA app");
  });

  /** What a query says on a connection that is opened with what the DataSource hands to `pg`. */
  async function answer(
    extra: Readonly<Record<string, unknown>>,
    sql: string,
    set: Readonly<Record<string, unknown>> = {},
  ): Promise<unknown> {
    const source = {
      options: { type: "postgres", url, extra },
      driver: { postgres: { defaults: { ...defaults, ...set } } },
    } as unknown as TypeormDataSource;
    const { client, defaults: applied } = connectionOptions(source);
    const database = await openPostgresDatabase({
      server: { kind: "client", options: client ?? {}, defaults: applied },
      connectTimeoutMilliseconds: 8_000,
      applicationName: "the test",
    });
    try {
      const [row] = await database.connection.query(sql);
      return Object.values(row ?? {})[0];
    } finally {
      await database.close();
    }
  }

  it("is prepared by extra.onConnect", async () => {
    const onConnect = (client: Client): Promise<unknown> => client.query("SET search_path TO app, public");
    assert.equal(await answer({ onConnect }, "SELECT current_schema()"), "app");
  });

  it("fails by the words of extra.onConnect", async () => {
    const onConnect = (client: Client): Promise<unknown> => client.query('SET ROLE "nobody at all"');
    await assert.rejects(answer({ onConnect }, "SELECT 1"), {
      code: "connection-settings",
      message: /^extra\.onConnect of the DataSource failed: role "nobody at all" does not exist\.$/,
    });
  });

  it("is made with the class of extra.Client", async () => {
    class Counting extends Client {
      static made = 0;
      constructor(options: object) {
        super(options);
        Counting.made += 1;
      }
    }
    assert.equal(await answer({ Client: Counting }, "SELECT 1"), 1);
    assert.ok(Counting.made > 0);
    class Stranger {}
    await assert.rejects(answer({ Client: Stranger }, "SELECT 1"), {
      code: "connection-settings",
      message: /extra\.Client is not a client of the pg package/,
    });
  });

  it("gives statements the time of extra.query_timeout, or the shorter one of the server", async () => {
    const shown = "SELECT current_setting('statement_timeout')";
    assert.equal(await answer({ query_timeout: 1_500 }, shown), "1500ms");
    assert.equal(await answer({ query_timeout: 1_500, statement_timeout: 900 }, shown), "900ms");
    assert.equal(await answer({}, shown), "0");
    assert.equal(await answer({}, shown, { query_timeout: 1_500 }), "1500ms");
    assert.equal(await answer({}, shown, { query_timeout: 1_500, statement_timeout: 900 }), "900ms");
    assert.equal(await answer({ query_timeout: 800 }, shown, { statement_timeout: 900 }), "800ms");
  });

  it("begins with what pg.defaults of the application say", async () => {
    const shown = "SELECT concat_ws(' ', current_schema(), current_setting('application_name'))";
    const set = { options: "-c search_path=app", application_name: "shop" };
    assert.equal(await answer({}, shown, set), "app shop");
    assert.equal(await answer({ application_name: "own" }, shown, set), "app own");
  });
});
