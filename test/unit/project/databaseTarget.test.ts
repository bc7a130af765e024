import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  productionEnvironment,
  resolveDatabaseTarget,
  resolveNamedUrl,
  type DatabaseTargetRequest,
} from "../../../src/project/databaseTarget";
import { readDatabaseUrl } from "../../../src/project/databaseUrl";
import { normaliseConfig } from "../../../src/project/normaliseConfig";
import { redactSecrets } from "../../../src/project/redact";

function request(
  values: Readonly<Record<string, unknown>>,
  rest: Partial<DatabaseTargetRequest> = {},
  file = "alembic.config.ts",
): DatabaseTargetRequest {
  const raw = {
    values: new Map<string, unknown>(Object.entries({ scriptLocation: "m", ...values })),
    extraSections: new Map(),
    unreadKeys: [],
  };
  return { config: normaliseConfig(raw, `/p/${file}`, "/p"), variables: {}, ...rest };
}

const url = (name: string): string => `postgresql://${name}/db`;
const server = (name: string, source: string) => ({ kind: "server", url: url(name), source });

describe("resolveDatabaseTarget", () => {
  const everything = {
    url: url("config"),
    environments: { dev: { url: url("dev") }, prod: { urlVariable: "PROD" } },
  };
  const variables = { DATABASE_URL: url("variable"), POSTGRES_HOST: "pghost", PROD: url("prod") };
  const dataSourceOptions = () =>
    Promise.resolve({ type: "postgres", client: { host: "source", database: "db" } });
  const cases: readonly (readonly [string, DatabaseTargetRequest, unknown])[] = [
    [
      "--url before all",
      request(everything, { variables, urlOption: url("option"), environment: "dev" }),
      server("option", "--url"),
    ],
    [
      "the chosen environment",
      request(everything, { variables, environment: "dev" }),
      server("dev", "environment dev"),
    ],
    [
      "an environment's variable",
      request(everything, { variables, environment: "prod" }),
      server("prod", "environment prod (PROD)"),
    ],
    ["the config's url", request(everything, { variables }), server("config", "the config's url")],
    [
      "the only environment",
      request({ environments: { dev: url("dev") } }, { variables }),
      server("dev", "environment dev"),
    ],
    ["DATABASE_URL", request({}, { variables, dataSourceOptions }), server("variable", "DATABASE_URL")],
    [
      "POSTGRES_*",
      request(
        {},
        {
          variables: {
            POSTGRES_HOST: "h",
            POSTGRES_PORT: "5433",
            POSTGRES_DB: "d",
            POSTGRES_USER: "u",
            POSTGRES_PASSWORD: "p@/s",
          },
          dataSourceOptions,
        },
      ),
      { kind: "server", url: "postgresql://u:p%40%2Fs@h:5433/d", source: "POSTGRES_HOST, POSTGRES_DB, …" },
    ],
    [
      "the DataSource",
      request({}, { dataSourceOptions }),
      { kind: "client", options: { host: "source", database: "db" }, source: "the DataSource" },
    ],
    [
      "the DataSource where it leaves all to the PG… variables",
      request(
        {},
        {
          variables: { PGHOST: "h" },
          dataSourceOptions: () => Promise.resolve({ type: "postgres", client: {} }),
        },
      ),
      { kind: "client", options: {}, source: "the DataSource" },
    ],
    [
      "the DataSource where it leaves all to pg.defaults",
      request(
        {},
        {
          dataSourceOptions: () =>
            Promise.resolve({
              type: "postgres",
              client: {},
              defaults: { database: "d", ssl: true },
              prefersTls: true,
            }),
        },
      ),
      {
        kind: "client",
        options: {},
        defaults: { database: "d", ssl: true },
        prefersTls: true,
        source: "the DataSource",
      },
    ],
    [
      "the embedded one where pg.defaults name no database",
      request(
        {},
        {
          dataSourceOptions: () => Promise.resolve({ type: "postgres", client: {}, defaults: { ssl: true } }),
        },
      ),
      { kind: "embedded", directory: "/p/.alembic/database" },
    ],
    [
      "the embedded one where it is named",
      request({}, { urlOption: "embedded:", variables: { CI: "true" } }),
      { kind: "embedded", directory: "/p/.alembic/database", source: "--url" },
    ],
    [
      "the PG… variables for what a URL leaves open",
      request(
        {},
        {
          urlOption: "postgresql://",
          variables: { PGHOST: "h", PGPORT: "5433", PGUSER: "u", PGDATABASE: "d", PGSSLMODE: "require" },
        },
      ),
      { kind: "server", url: "postgresql://u@h:5433/d?sslmode=require", source: "--url" },
    ],
    [
      "the PG… variables that begin a session, after the options of the URL",
      request(
        {},
        {
          urlOption: "postgresql://u@h/d?options=-c%20geqo%3Doff",
          variables: { PGTZ: "Europe/Berlin", PGDATESTYLE: "SQL, DMY", PGREQUIRESSL: "1" },
        },
      ),
      {
        kind: "server",
        url: "postgresql://u@h/d?options=-c+geqo%3Doff+-c+DateStyle%3DSQL%2C%5C+DMY+-c+TimeZone%3DEurope%2FBerlin&sslmode=require",
        source: "--url",
      },
    ],
    ["the embedded one at last", request({}), { kind: "embedded", directory: "/p/.alembic/database" }],
  ];
  for (const [name, given, expected] of cases) {
    it(`takes ${name}`, async () => {
      assert.deepEqual(await resolveDatabaseTarget(given), expected);
    });
  }

  const refusals: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ DATABASE_URL: "" }, /DATABASE_URL is set and empty/],
    [{ POSTGRES_HOST: " " }, /POSTGRES_HOST is set and empty/],
    [{ PGHOST: "h" }, /PGHOST is set/],
    [{ PGSERVICE: "shop" }, /PGSERVICE is set/],
    [{ CI: "true" }, /CI is set/],
    [{ CI: "1" }, /CI is set/],
  ];
  for (const [variables, expected] of refusals) {
    it(`opens no embedded database with ${JSON.stringify(variables)}`, async () => {
      const target = await resolveDatabaseTarget(request({}, { variables }));
      assert.match((target.kind === "embedded" ? target.refusal?.message : undefined) ?? "", expected);
    });
  }

  it("opens no embedded database where a URL was meant to name one", async () => {
    const meant: readonly (readonly [DatabaseTargetRequest, RegExp])[] = [
      [request({ url: "" }, {}, "alembic.ini"), /url of \/p\/alembic\.ini has no value/],
      [
        request(
          {},
          {
            dataSourceOptions: () =>
              Promise.resolve({ type: "postgres", client: {}, doubt: "it has no url" }),
          },
        ),
        /No database is named: it has no url\./,
      ],
    ];
    for (const [given, expected] of meant) {
      const target = await resolveDatabaseTarget(given);
      assert.match((target.kind === "embedded" ? target.refusal?.message : undefined) ?? "", expected);
    }
  });

  it("lets variables name the database where an ini file's url is blank", async () => {
    assert.deepEqual(
      await resolveDatabaseTarget(request({ url: "" }, { variables }, "alembic.ini")),
      server("variable", "DATABASE_URL"),
    );
  });

  it("takes the chosen database whatever the config's url is", async () => {
    const blank = { url: undefined, environments: { dev: url("dev") } };
    assert.deepEqual(
      await resolveDatabaseTarget(request(blank, { environment: "dev" })),
      server("dev", "environment dev"),
    );
    assert.deepEqual(
      await resolveDatabaseTarget(request(blank, { urlOption: url("o") })),
      server("o", "--url"),
    );
  });

  it("takes the embedded one where CI is not set", async () => {
    const target = await resolveDatabaseTarget(request({}, { variables: { CI: "false" } }));
    assert.deepEqual(target, { kind: "embedded", directory: "/p/.alembic/database" });
  });

  const failures: readonly (readonly [string, DatabaseTargetRequest, string, RegExp])[] = [
    [
      "an empty --url",
      request({ url: url("config") }, { urlOption: "" }),
      "invalid-url",
      /from --url is empty/,
    ],
    [
      "an environment whose URL is empty, though a variable names a database",
      request({ environments: { dev: { url: undefined } } }, { environment: "dev", variables }),
      "config-invalid",
      /environments\.dev\.url' is empty/,
    ],
    [
      "the only environment, whose URL is empty",
      request({ environments: { dev: "" } }, { variables }),
      "config-invalid",
      /environments\.dev\.url' is empty/,
    ],
    [
      "a variable that asks for what is not supported",
      request({}, { urlOption: "postgresql://", variables: { PGHOST: "h", PGMINPROTOCOLVERSION: "3.2" } }),
      "invalid-url",
      /asks for min_protocol_version=3\.2, which is not supported/,
    ],
    [
      "a url that is there and has no value, though a variable names a database",
      request({ url: undefined }, { variables, dataSourceOptions }),
      "config-invalid",
      /'url' is empty/,
    ],
    [
      "a url that is blank, though there is an environment",
      request({ url: " ", environments: { dev: url("dev") } }),
      "config-invalid",
      /'url' is empty/,
    ],
    [
      "an unknown environment",
      request(everything, { environment: "x" }),
      "unknown-environment",
      /no environment 'x'/,
    ],
    [
      "a choice that is not made",
      request({ environments: everything.environments }),
      "unknown-environment",
      /none of them is selected/,
    ],
    [
      "a variable that is not set",
      request(everything, { environment: "prod" }),
      "invalid-url",
      /PROD, which is not set/,
    ],
    [
      "another kind of database",
      request({ url: "mysql://u:hunter2@h/d" }),
      "invalid-url",
      /from the config's url is for mysql/,
    ],
    ["no URL at all", request({}, { urlOption: "hunter2" }), "invalid-url", /from --url is not a URL/],
  ];
  for (const [name, given, code, message] of failures) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(resolveDatabaseTarget(given), (error: Error & { code?: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      });
    });
  }
});

describe("the TLS of a server that is not named by the DataSource", () => {
  const application = {
    options: { ssl: { ca: "authority" } },
    defaults: { ssl: true },
    prefersTls: true,
  } as const;
  const { options, ...rest } = application;
  const loadApplication = () => Promise.resolve({ type: "postgres", client: options, ...rest });
  const at = (text: string): Partial<DatabaseTargetRequest> => ({ variables: { DATABASE_URL: text } });

  const asked: readonly (readonly [string, DatabaseTargetRequest])[] = [
    ["DATABASE_URL", request({}, at("postgresql://shop.example/d"))],
    ["POSTGRES_HOST", request({}, { variables: { POSTGRES_HOST: "db", POSTGRES_DB: "d" } })],
    ["PGHOST", request({}, { variables: { DATABASE_URL: "postgresql:///d", PGHOST: "db" } })],
    ["the config's url", request({ url: url("h") })],
    ["an environment", request({ environments: { a: url("h"), b: url("i") } }, { environment: "a" })],
    [
      "an environment's variable",
      request(
        { environments: { a: { urlVariable: "A" } } },
        { environment: "a", variables: { A: url("h") } },
      ),
    ],
    ["a list of hosts, one of which is here", request({}, at("postgresql://localhost,db/d"))],
    ["another address for a name of here", request({}, at("postgresql://localhost/d?hostaddr=10.0.0.1"))],
    ["another of this machine's own addresses", request({}, at("postgresql://127.0.0.2/d"))],
    [
      "parameters that do not ask for TLS",
      request({}, at("postgresql://h/d?sslcrl=a.crl&sslnegotiation=postgres")),
    ],
  ];
  for (const [name, given] of asked) {
    it(`is the application's: ${name}`, async () => {
      const target = await resolveDatabaseTarget({ ...given, loadApplication });
      assert.deepEqual(
        { ...target, url: "", source: "" },
        { kind: "server", url: "", source: "", application },
      );
    });
  }

  it("is the application's: a tenant's URL", async () => {
    const target = await resolveNamedUrl(url("h"), "a tenant", { ...request({}), loadApplication });
    assert.deepEqual(target, { ...server("h", "a tenant"), application });
  });

  const unasked: readonly (readonly [string, DatabaseTargetRequest])[] = [
    ["--url", request({}, { urlOption: url("h") })],
    ...["sslmode=disable", "sslmode=prefer", "ssl=true", "sslrootcert=a.crt", "sslnegotiation=direct"].map(
      (query): readonly [string, DatabaseTargetRequest] => [query, request({}, at(`${url("h")}?${query}`))],
    ),
    ["PGSSLMODE", request({}, { variables: { DATABASE_URL: url("h"), PGSSLMODE: "require" } })],
    ...["localhost", "LOCALHOST", "127.0.0.1", "[::1]", "", "%2Frun%2Fpostgresql", "localhost,127.0.0.1"].map(
      (host): readonly [string, DatabaseTargetRequest] => [
        `the host "${host}"`,
        request({}, at(`postgresql://${host}/d`)),
      ],
    ),
    ["a socket", request({}, at("postgresql:///d?host=/run/postgresql"))],
    ["SQLite", request({ url: "sqlite:///file.db" })],
    ["the embedded PostgreSQL", request({ url: "embedded:" })],
  ];
  for (const [name, given] of unasked) {
    it(`is what the place says, and no DataSource is loaded: ${name}`, async () => {
      const load = () => Promise.reject(new Error("loaded"));
      assert.deepEqual(
        await resolveDatabaseTarget({ ...given, loadApplication: load }),
        await resolveDatabaseTarget(given),
      );
    });
  }

  it("is none where the DataSource is not PostgreSQL's, or there is none", async () => {
    const given = request({}, at(url("h")));
    for (const found of [undefined, { type: "mysql" }]) {
      assert.deepEqual(
        await resolveDatabaseTarget({ ...given, loadApplication: () => Promise.resolve(found) }),
        server("h", "DATABASE_URL"),
      );
    }
  });

  const refused: readonly (readonly [string, DatabaseTargetRequest["loadApplication"], RegExp])[] = [
    [
      "the DataSource cannot be loaded",
      () => Promise.reject(new Error("It is broken.")),
      /^The database URL from DATABASE_URL does not say whether to use TLS, .* cannot be loaded: It is broken\.$/,
    ],
    [
      "the DataSource has its own stream",
      () => Promise.resolve({ type: "postgres", client: { stream: () => undefined } }),
      /its own stream/,
    ],
  ];
  for (const [name, loader, message] of refused) {
    it(`refuses where ${name}`, async () => {
      const given = request({}, at("postgresql://u:hunter2@h/d"));
      await assert.rejects(resolveDatabaseTarget({ ...given, loadApplication: loader }), (error: Error) => {
        assert.equal(Reflect.get(error, "code"), "tls-unknown");
        assert.match(error.message, message);
        assert.match(String(Reflect.get(error, "hint")), /sslmode=require/);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      });
    });
  }
});

describe("readDatabaseUrl", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["postgres://u:p@h/d", "postgresql://u:p@h/d"],
    ["postgresql+asyncpg://u:p@h:5432/d", "postgresql://u:p@h:5432/d"],
    [
      "postgresql+psycopg2://u@h/d?sslmode=require&application_name=a%20b",
      "postgresql://u@h/d?sslmode=require&application_name=a+b",
    ],
    ["postgresql+asyncpg://u@h/d?ssl=require", "postgresql://u@h/d?sslmode=require"],
    ["postgresql://u:a%40b%2F%25@h/d", "postgresql://u:a%40b%2F%25@h/d"],
    ["postgresql://u:a@b#c@h/d", "postgresql://u:a%40b%23c@h/d"],
    [
      "postgresql://u@/d?host=/var/run/postgresql",
      "postgresql://u@localhost/d?host=%2Fvar%2Frun%2Fpostgresql",
    ],
    ["postgresql://u@%2Fvar%2Frun/d", "postgresql://u@localhost/d?host=%2Fvar%2Frun"],
    ["postgresql://u@[::1]:5432/d", "postgresql://u@[::1]:5432/d"],
    ["postgresql://h", "postgresql://h/"],
    ["postgresql://", "postgresql://localhost/"],
    ["postgresql://h/d?host=other&port=6543&user=u", "postgresql://u@other:6543/d"],
    [
      "postgresql://a:1,b:2/d?target_session_attrs=read-write",
      "postgresql://localhost/d?host=a%2Cb&port=1%2C2&target_session_attrs=read-write",
    ],
    ["postgresql://u@h/a@b", "postgresql://u@h/a%40b"],
    [
      "postgresql://h/a+b%40c%3Ad%23e%2Ff%3Fg%26h%3Di%2Cj%3Bk%24",
      "postgresql://h/a%2Bb%40c%3Ad%23e%2Ff%3Fg%26h%3Di%2Cj%3Bk%24",
    ],
    ["postgresql://u:pa/ss@h/d", "postgresql://u:pa%2Fss@h/d"],
    ["postgresql://h/d?ssl=true", "postgresql://h/d?sslmode=verify-full"],
    ["postgresql://h/d?ssl=no-verify", "postgresql://h/d?sslmode=no-verify"],
    ["postgresql://h/d?options=-c%20search_path%3Da+b", "postgresql://h/d?options=-c+search_path%3Da%2Bb"],
    ["postgresql://h/d?options=-c+search_path%3Da", "postgresql://h/d?options=-c+search_path%3Da"],
  ];
  for (const [given, expected] of cases) {
    it(`reads ${given}`, () => {
      assert.deepEqual(readDatabaseUrl(given, "/p"), { kind: "server", url: expected });
    });
  }

  const refused: readonly (readonly [string, RegExp])[] = [
    ["postgresql://h:99999/d", /port/],
    ["postgresql://h:port/d", /host and port/],
    ["postgresql:///d?host=a,b&port=1,2,3", /more ports than hosts/],
    ["postgresql://u%00options%00-c%20role=x@h/d", /NUL character/],
    ["postgresql://u@h/d%00", /NUL character/],
    ["postgresql://h/d?sslmode=strict", /invalid sslmode/],
    ["postgresql://h/d?require_auth=scram-sha-256", /require_auth/],
    ["postgresql://h/d?sslrootcert=system&sslmode=require", /sslrootcert=system/],
    ["postgresql://h/d?service=shop", /service "shop"/],
    ["sqlite://file.db", /in place of a host/],
  ];
  for (const [given, problem] of refused) {
    it(`refuses ${given}`, () => {
      const read = readDatabaseUrl(given, "/p", { HOME: "/nowhere" });
      assert.match(read.kind === "invalid" ? read.problem : read.kind, problem);
    });
  }

  it("reads a service as libpq does: after the URL, before the variables", () => {
    const file = join(mkdtempSync(join(tmpdir(), "alembic-ts-service-")), "services");
    writeFileSync(
      file,
      "# ours\n[other]\nhost=x\n[shop]\nhost=db.local\nuser=ann\ndbname=shop\nsslmode=require\n[last]\nport=1\n",
    );
    const variables = { PGSERVICEFILE: file, PGSERVICE: "shop", PGUSER: "bob", PGPORT: "5433" };
    assert.deepEqual(readDatabaseUrl("postgresql:///mine", "/p", variables), {
      kind: "server",
      url: "postgresql://ann@db.local:5433/mine?sslmode=require",
    });
  });

  it("reads SQLite's mode=ro", () => {
    const file = { kind: "sqlite", file: "/p/a.db", isReadOnly: true };
    assert.deepEqual(readDatabaseUrl("sqlite:///a.db?mode=ro", "/p"), file);
  });

  const files: readonly (readonly [string, string])[] = [
    ["sqlite:///rel/a.db", "/p/rel/a.db"],
    ["sqlite:////abs/a.db", "/abs/a.db"],
    ["sqlite+aiosqlite:///a.db", "/p/a.db"],
    ["sqlite:///C:/a.db", "C:\\a.db"],
    ["sqlite://", ":memory:"],
  ];
  for (const [given, expected] of files) {
    it(`reads ${given}`, () => {
      assert.deepEqual(readDatabaseUrl(given, "/p"), { kind: "sqlite", file: expected });
    });
  }
});

describe("what is shown of a URL", () => {
  it("has no password", () => {
    assert.equal(
      redactSecrets("postgresql://ann:hunter2%21@h:5433/shop", []),
      "postgresql://ann:***@h:5433/shop",
    );
    assert.equal(
      redactSecrets("postgresql://ann:a@b/c@h/d?password=x&a=1", []),
      "postgresql://ann:***@h/d?password=***&a=1",
    );
  });

  it("has its secrets struck out of any text", () => {
    const text = `failed for "hunter2!": postgresql://ann:hunter2%21@h/d and postgresql://bob:other@h/d`;
    assert.equal(
      redactSecrets(text, ["hunter2!"]),
      `failed for "***": postgresql://ann:***@h/d and postgresql://bob:***@h/d`,
    );
  });
});

describe("productionEnvironment", () => {
  const live = { url: url("live"), production: true };
  const dev = { url: url("dev") };
  const cases: readonly (readonly [
    title: string,
    values: Readonly<Record<string, unknown>>,
    chosen: { readonly url?: string; readonly environment?: string },
    expected: string | undefined,
  ])[] = [
    ["is the chosen one", { environments: { live, dev } }, { environment: "live" }, "live"],
    ["is not another one", { environments: { live, dev } }, { environment: "dev" }, undefined],
    ["is none where none is chosen of several", { environments: { live, dev } }, {}, undefined],
    ["is the only one, without being chosen", { environments: { live } }, {}, "live"],
    ["is none where the only one is not marked", { environments: { dev } }, {}, undefined],
    [
      "is none where the config's url goes first",
      { url: url("config"), environments: { live } },
      {},
      undefined,
    ],
    ["is the only one where the config's url is empty", { url: "", environments: { live } }, {}, "live"],
    ["is none where a URL is given", { environments: { live } }, { url: url("option") }, undefined],
  ];
  for (const [title, values, { url: urlOption, environment }, expected] of cases) {
    it(title, () => {
      assert.equal(productionEnvironment(request(values).config, { url: urlOption, environment }), expected);
    });
  }
});
