import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connectPostgres } from "../../src/database/postgresConnection";
import { serverAttempts, type ServerPlace } from "../../src/database/serverAttempts";
import { readDatabaseUrl } from "../../src/project/databaseUrl";
import { startPostgres, type PostgresServer } from "../support/postgresServer";

const authority = join(__dirname, "../support/tls/authority.crt");

describe("a server that offers TLS", function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let port: string;

  before(async () => {
    server = await startPostgres({ isEncrypted: true });
    port = new URL(server.url).port;
  });
  after(() => server.stop());

  async function facts(place: ServerPlace, sql: string): Promise<unknown> {
    const connection = await connectPostgres({
      server: place,
      connectTimeoutMilliseconds: 8_000,
      applicationName: "the test",
    });
    try {
      const [row] = await connection.query(sql);
      return Object.values(row ?? {})[0];
    } finally {
      await connection.close();
    }
  }
  const isEncrypted = (place: ServerPlace): Promise<unknown> =>
    facts(place, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
  function placeOf(text: string, variables: Readonly<Record<string, string>> = {}): ServerPlace {
    const read = readDatabaseUrl(text, "/p", variables);
    assert.equal(read.kind, "server", JSON.stringify(read));
    return { kind: "url", url: read.kind === "server" ? read.url : "" };
  }
  const at = (host: string, query: string, user = "postgres"): string =>
    `postgresql://${user}@${host}:${port}/postgres${query}`;

  describe("is reached by its URL as libpq reaches it:", () => {
    const cases: readonly (readonly [host: string, query: string, expected: boolean | RegExp])[] = [
      ["127.0.0.1", "", false],
      ["127.0.0.1", "?sslmode=disable", false],
      ["127.0.0.1", "?sslmode=allow", false],
      ["127.0.0.1", "?sslmode=prefer", true],
      ["127.0.0.1", "?sslmode=require", true],
      ["127.0.0.1", "?sslmode=no-verify", true],
      ["127.0.0.1", "?sslmode=require&uselibpqcompat=true", true],
      ["127.0.0.1", `?sslmode=require&sslrootcert=${authority}`, true],
      ["127.0.0.1", `?sslmode=verify-ca&sslrootcert=${authority}`, true],
      [
        "127.0.0.1",
        `?sslmode=verify-full&sslrootcert=${authority}`,
        /not in the cert|does not match|altnames/i,
      ],
      ["localhost", `?sslmode=verify-full&sslrootcert=${authority}`, true],
      ["localhost", `?sslrootcert=${authority}`, true],
      ["127.0.0.1", "?sslmode=verify-ca", /certificate/],
      ["localhost", "?sslmode=verify-full", /certificate/],
      ["localhost", "?sslrootcert=system", /certificate/],
      ["localhost", "?ssl=true", /certificate/],
      [
        "127.0.0.1",
        "?sslmode=verify-full&sslrootcert=/nowhere/ca.crt",
        /sslrootcert names \/nowhere\/ca\.crt/,
      ],
      ["127.0.0.1", "?sslmode=require&channel_binding=require", /channel_binding=require/],
    ];
    for (const [host, query, expected] of cases) {
      it(`${host} ${query.replace(authority, "…")}`, async () => {
        const result = isEncrypted(placeOf(at(host, query)));
        await (typeof expected === "boolean"
          ? result.then((found) => assert.equal(found, expected))
          : assert.rejects(result, expected));
      });
    }
  });

  it("is reached encrypted where the server asks for it, and says so where it is not", async () => {
    assert.equal(await isEncrypted(placeOf(at("127.0.0.1", "?sslmode=allow", "encrypted"))), true);
    await assert.rejects(isEncrypted(placeOf(at("127.0.0.1", "", "encrypted"))), {
      code: "authentication-failed",
      message: /pg_hba\.conf rejects connection .*no encryption/,
      hint: /sslmode=require/,
    });
  });

  it("is reached by its socket, which is never encrypted", async () => {
    const folder = encodeURIComponent(server.socketFolder ?? "");
    const url = `postgresql://postgres@/postgres?host=${folder}&port=${port}&sslmode=require`;
    assert.equal(await isEncrypted(placeOf(url)), false);
  });

  it("is reached by the PG… variables alone", async () => {
    const variables = { PGHOST: "127.0.0.1", PGPORT: port, PGUSER: "postgres", PGSSLMODE: "require" };
    assert.equal(await isEncrypted(placeOf("postgresql:///postgres", variables)), true);
    const options = { ...variables, PGOPTIONS: "-c search_path=app" };
    assert.equal(await facts(placeOf("postgresql:///postgres", options), "SHOW search_path"), "app");
    const session = { ...variables, PGTZ: "Europe/Berlin", PGDATESTYLE: "SQL, DMY", PGGEQO: "off" };
    const shown =
      "SELECT concat_ws(' ', current_setting('TimeZone'), current_setting('DateStyle'), current_setting('geqo'))";
    assert.equal(
      await facts(placeOf("postgresql:///postgres?options=-c%20TimeZone%3DUTC", session), shown),
      "Europe/Berlin SQL, DMY off",
    );
  });

  it("is the one of several hosts that has the wanted session", async () => {
    const hosts = `postgresql://postgres@127.0.0.1:1,127.0.0.1:${port}/postgres`;
    assert.equal(await facts(placeOf(`${hosts}?target_session_attrs=read-write`), "SHOW port"), port);
    assert.equal(await facts(placeOf(`${hosts}?target_session_attrs=prefer-standby`), "SHOW port"), port);
    await assert.rejects(facts(placeOf(`${hosts}?target_session_attrs=standby`), "SHOW port"), {
      code: "unreachable",
      message: /not a standby/,
      detail: /127\.0\.0\.1:1/,
    });
  });

  it("has a database whose name is made of what URLs are made of", async () => {
    const name = "a+b@c:d#e/f?g&h=i,j;k$l%m";
    await facts(placeOf(server.url), `CREATE DATABASE "${name}"`);
    const url = new URL(server.url);
    url.pathname = `/${encodeURIComponent(name)}`;
    assert.equal(await facts(placeOf(url.href), "SELECT current_database()"), name);
  });

  describe("is reached by a URL with the application's TLS:", () => {
    const ca = readFileSync(authority, "utf8");
    const trusting = { rejectUnauthorized: false };
    const cases: readonly (readonly [
      title: string,
      application: Omit<ServerPlace & { readonly kind: "client" }, "kind">,
      url: "127.1" | "localhost" | "hostaddr" | "sslmode=disable" | "socket",
      expected: boolean | RegExp,
    ])[] = [
      ["ssl", { options: { ssl: trusting } }, "127.1", true],
      ["ssl: true, which verifies", { options: { ssl: true } }, "127.1", /certificate/],
      ["ssl with the authority, and another name", { options: { ssl: { ca } } }, "127.1", /altnames/],
      ["ssl with the authority, and its name", { options: { ssl: { ca } } }, "localhost", true],
      ["ssl with the authority, by an address", { options: { ssl: { ca } } }, "hostaddr", true],
      [
        "ssl in its URL",
        { options: { connectionString: "postgres://h/d?sslmode=no-verify" } },
        "127.1",
        true,
      ],
      [
        "no ssl in its URL",
        { options: { connectionString: "postgres://h/d", ssl: trusting } },
        "127.1",
        true,
      ],
      ["ssl of pg.defaults", { options: {}, defaults: { ssl: trusting } }, "127.1", true],
      ["pg-native", { options: {}, prefersTls: true }, "127.1", true],
      ["pg-native at a socket", { options: { host: "/run" }, prefersTls: true }, "127.1", true],
      ["none", { options: {} }, "127.1", false],
      ["ssl, which the URL refuses", { options: { ssl: trusting } }, "sslmode=disable", false],
      ["ssl, at a socket", { options: { ssl: trusting } }, "socket", false],
    ];
    const urls = {
      "127.1": () => at("127.1", ""),
      localhost: () => at("localhost", ""),
      hostaddr: () => at("localhost", "?hostaddr=127.0.0.1"),
      "sslmode=disable": () => at("127.1", "?sslmode=disable"),
      socket: () => at("localhost", `?host=${encodeURIComponent(server.socketFolder ?? "")}`),
    };
    for (const [title, application, url, expected] of cases) {
      it(title, async () => {
        const result = isEncrypted({ kind: "url", url: urls[url](), application });
        await (typeof expected === "boolean"
          ? result.then((found) => assert.equal(found, expected))
          : assert.rejects(result, expected));
      });
    }

    it("a client's key, which pg hides", () => {
      const ssl = { ca, cert: "certificate", key: "key", minVersion: "TLSv1.3" };
      const application = { options: { ssl, sslnegotiation: "direct", enableChannelBinding: true } };
      const [attempt, ...others] = serverAttempts({ kind: "url", url: at("127.1", ""), application });
      assert.deepEqual(others, []);
      assert.deepEqual(
        { ...attempt?.config, password: undefined },
        {
          host: "127.1",
          port: Number(port),
          database: "postgres",
          user: "postgres",
          password: undefined,
          ssl: { ca, cert: "certificate", key: "key", minVersion: "TLSv1.3" },
          sslnegotiation: "direct",
          enableChannelBinding: true,
        },
      );
    });
  });

  describe("is reached as the DataSource's own client reaches it:", () => {
    const options: readonly (readonly [string, Readonly<Record<string, unknown>>, boolean])[] = [
      ["ssl without verifying", { ssl: { rejectUnauthorized: false } }, true],
      ["no ssl", {}, false],
    ];
    for (const [title, more, expected] of options) {
      it(title, async () => {
        const parts = { host: "127.0.0.1", port: Number(port), user: "postgres", database: "postgres" };
        assert.equal(await isEncrypted({ kind: "client", options: { ...parts, ...more } }), expected);
        const connectionString = at("127.0.0.1", "");
        assert.equal(await isEncrypted({ kind: "client", options: { connectionString, ...more } }), expected);
      });
    }

    const preferences: readonly (readonly [string, Readonly<Record<string, unknown>>, unknown])[] = [
      ["nothing asks for encryption", {}, true],
      ["ssl is off, which libpq is not told", { ssl: false }, true],
      ["a socket is the host", { host: "socket" }, false],
      ["ssl without verifying", { ssl: { rejectUnauthorized: false } }, true],
    ];
    for (const [title, more, expected] of preferences) {
      it(`by its native client, where ${title}`, async () => {
        const host = more["host"] === "socket" ? server.socketFolder : "127.0.0.1";
        const options = { port: Number(port), user: "postgres", database: "postgres", ...more, host };
        assert.equal(await isEncrypted({ kind: "client", options, prefersTls: true }), expected);
      });
    }

    it("a connection string that verifies, which it goes on to do", async () => {
      const connectionString = at("127.0.0.1", "?sslmode=require");
      await assert.rejects(isEncrypted({ kind: "client", options: { connectionString } }), /certificate/);
    });

    it("a password that is made for each connection", async () => {
      const password = (): Promise<string> => Promise.resolve("p@ss/w:rd");
      const client = {
        host: "127.0.0.1",
        port: Number(port),
        user: "alembic_app",
        database: "postgres",
        password,
      };
      assert.equal(await facts({ kind: "client", options: client }, "SELECT current_user"), "alembic_app");
      await assert.rejects(
        facts({ kind: "client", options: { ...client, password: undefined } }, "SELECT 1"),
        {
          code: "authentication-failed",
          message: /requires a password for user 'alembic_app'/,
        },
      );
    });

    it("its own name, and the limits of its role lifted", async () => {
      await facts(placeOf(server.url), "ALTER ROLE encrypted SET statement_timeout = '50ms'");
      const client = {
        host: server.socketFolder,
        port: Number(port),
        user: "encrypted",
        database: "postgres",
      };
      const place: ServerPlace = { kind: "client", options: { ...client, application_name: "shop" } };
      assert.equal(await facts(place, "SHOW application_name"), "shop");
      assert.equal(await facts(place, "SHOW statement_timeout"), "0");
    });
  });
});
