import assert from "node:assert/strict";
import { connectPostgres } from "../../src/database/postgresConnection";
import { DatabaseError } from "../../src/database/databaseError";
import { startBrokenServer, type Breakage } from "../support/brokenServer";
import { untilRow } from "../support/faultRun";
import { queryRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

function connect(url: string, signal?: AbortSignal) {
  const limits = signal === undefined ? {} : { signal };
  return connectPostgres({
    server: { kind: "url", url },
    connectTimeoutMilliseconds: 700,
    applicationName: "broken",
    ...limits,
  });
}

describe("a server that breaks at the first statement", () => {
  const cases: readonly (readonly [string, Breakage, RegExp])[] = [
    ["resets the connection", { kind: "reset" }, /Can't connect to .*: .*ECONNRESET/],
    ["says nothing any more", { kind: "silent" }, /no answer within 0\.7 seconds/],
    [
      "says why and hangs up",
      { kind: "fatal", sqlState: "57P01", message: "terminating connection due to administrator command" },
      /terminating connection due to administrator command/,
    ],
  ];
  for (const [name, breakage, expected] of cases) {
    it(`${name}: it is unreachable, and nothing crashes`, async () => {
      const server = await startBrokenServer(breakage);
      try {
        await assert.rejects(connect(server.url), (error: unknown) => {
          assert.ok(error instanceof DatabaseError);
          assert.equal(error.code, "unreachable");
          assert.match(error.message, expected);
          return true;
        });
      } finally {
        await server.stop();
      }
    });
  }

  it("is left at once by whoever cancels", async () => {
    const server = await startBrokenServer({ kind: "silent" });
    const controller = new AbortController();
    const connecting = connect(server.url, controller.signal);
    setTimeout(() => controller.abort(), 50);
    try {
      await assert.rejects(connecting, { code: "cancelled" });
    } finally {
      await server.stop();
    }
  });
});

describe("a session of a server", () => {
  it("fails with the server's own reason where the server ended it", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const connection = await connect(url);
    const [row] = await connection.query("SELECT pg_backend_pid() AS pid");
    const pid = String(row?.["pid"]);
    await queryRows(url, `SELECT pg_terminate_backend(${pid}::int)`);
    // The line is cut after the reason was told; both must have come.
    await untilRow(
      url,
      `SELECT true AS gone WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${pid}::int)`,
    );
    await assert.rejects(connection.query("SELECT 1"), /terminating connection due to administrator command/);
    await connection.close();
  });

  it("is cancelled without a session of another, where the role has no more of them", async () => {
    const url = new URL(await (await sharedPostgres()).createDatabase());
    const role = `limited_${String(process.pid)}`;
    await queryRows(url.href, `CREATE ROLE ${role} LOGIN PASSWORD 'limited' CONNECTION LIMIT 1`);
    const limited = new URL(url);
    limited.username = role;
    limited.password = "limited";
    try {
      const connection = await connect(limited.href);
      const sleeping = connection.query("SELECT pg_sleep(20)");
      const failure = assert.rejects(sleeping, /canceling statement due to user request/);
      // A request that comes before the statement has begun is for nothing.
      await untilRow(
        url.href,
        `SELECT pid FROM pg_stat_activity WHERE usename = '${role}' AND state = 'active'`,
      );
      await connection.cancel();
      await failure;
      await connection.close();
    } finally {
      await queryRows(url.href, `DROP ROLE ${role}`);
    }
  });
});
