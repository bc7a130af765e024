import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Client, defaults as ownDefaults } from "pg";
import { withDriverDefaults } from "../../../src/database/driverDefaults";
import { serverAttempts } from "../../../src/database/serverAttempts";
import { connectionOptions } from "../../../src/typeorm/connectionOptions";
import type { TypeormDataSource } from "../../../src/typeorm/typeormTypes";
import { useTypeorm } from "../../autogenerate/support/typeorm";

type Options = Readonly<Record<string, unknown>>;

/** What is used of TypeORM's driver to see what it hands to a pool; protected in its own types. */
interface PoolMaker {
  postgres: unknown;
  createPool(options: Options, credentials: Options): Promise<unknown>;
}

/** The options that TypeORM's own driver hands to the pool of `pg`. */
async function handedByTypeorm(version: "0.3" | "1.x", options: Options): Promise<Options> {
  const { typeorm } = useTypeorm(version);
  const source = new typeorm.DataSource({ type: "postgres", ...options } as never);
  const handed: Options[] = [];
  class Pool {
    constructor(given: Options) {
      handed.push(given);
    }
    on(): void {
      // Nothing happens to this one.
    }
    connect(done: (error: undefined, client: unknown, release: () => void) => void): void {
      done(undefined, { on: () => undefined }, () => undefined);
    }
  }
  const driver = source.driver as unknown as PoolMaker;
  driver.postgres = { Pool, defaults: {} };
  const master = (options["replication"] as { readonly master: Options } | undefined)?.master;
  await driver.createPool(
    source.options as unknown as Options,
    master ?? (source.options as unknown as Options),
  );
  return handed[0] ?? {};
}

/** What of `pg` counts for the application: its own copy, whose defaults it may have set. */
function copyOfPg(defaults: Options): Options {
  return { defaults: { ...ownDefaults, ...defaults }, Pool: class {} };
}

interface Handed {
  readonly config: Options;
  readonly makeClient: (config: Options) => Client;
}

function handedByUs(version: "0.3" | "1.x", options: Options, set: Options = {}): Handed {
  const { typeorm } = useTypeorm(version);
  const source = new typeorm.DataSource({ type: "postgres", ...options } as never);
  (source.driver as unknown as PoolMaker).postgres = copyOfPg(set);
  const { client, defaults } = connectionOptions(source as unknown as TypeormDataSource);
  const [attempt, ...others] = serverAttempts({ kind: "client", options: client ?? {}, defaults });
  assert.ok(attempt !== undefined);
  assert.deepEqual(others, []);
  return { config: attempt.config as Options, makeClient: attempt.application.makeClient };
}

/** The client that a copy of `pg` with such defaults makes. */
function clientOfApplication(config: Options, set: Options): Client {
  return withDriverDefaults(set, () => new Client(config));
}

const startParameters = [
  "options",
  "application_name",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "client_encoding",
  "sslnegotiation",
];

/** All that a client of `pg` makes of its options where it connects, logs in and begins its session. */
async function effective(client: Client, options: Options): Promise<unknown> {
  const parameters: unknown = Reflect.get(client, "connectionParameters");
  const password: unknown = Reflect.get(client, "password");
  return {
    host: client.host,
    port: client.port,
    user: client.user,
    database: client.database,
    // Where none is given, `pg` looks into the password file, and so do we.
    password:
      typeof password === "function" && options["password"] !== password ? "file" : await given(password),
    ssl: Reflect.get(client, "ssl") as unknown,
    stream: options["stream"],
    timeout: Reflect.get(client, "_connectionTimeoutMillis") as unknown,
    isBound: Reflect.get(client, "enableChannelBinding") as unknown,
    session: startParameters.map((name) => Reflect.get(Object(parameters), name) as unknown),
  };
}

/** A file that has no password is as good as none. */
async function given(password: unknown): Promise<unknown> {
  try {
    return typeof password === "function" ? await (password as () => unknown)() : password;
  } catch {
    return null;
  }
}

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const secret = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== "");
const certificate = fc.constantFrom("-----BEGIN CERTIFICATE-----", Buffer.from("pem"));
const checkServerIdentity = (): undefined => undefined;
const ssl = fc.oneof(
  fc.boolean(),
  fc.record(
    {
      rejectUnauthorized: fc.boolean(),
      ca: fc.oneof(certificate, fc.array(certificate, { maxLength: 2 })),
      cert: certificate,
      servername: word,
      checkServerIdentity: fc.constant(checkServerIdentity),
    },
    { requiredKeys: [] },
  ),
);
const query = fc.constantFrom(
  "",
  "?sslmode=require",
  "?sslmode=prefer",
  "?sslmode=verify-ca",
  "?sslmode=verify-full",
  "?sslmode=disable",
  "?sslmode=no-verify",
  "?sslmode=require&uselibpqcompat=true",
  "?application_name=shop",
  "?options=-c%20search_path%3Dapp",
  "?host=/var/run/postgresql",
  "?ssl=true",
);
const url = fc
  .tuple(word, secret, word, fc.integer({ min: 1, max: 65_535 }), word, query)
  .map(
    ([user, password, host, port, database, more]) =>
      `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}${more}`,
  );
const host = fc.oneof(word, fc.constantFrom("127.0.0.1", "::1", "/var/run/postgresql"));
const passwordFunction = secret.map((text) => () => Promise.resolve(text));
const credentials = fc.record(
  {
    url,
    host,
    port: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }).map(String)),
    username: word,
    password: fc.oneof(secret, passwordFunction),
    database: fc.oneof(word, fc.constant("a+b@c:d#e/f?g")),
    ssl,
    applicationName: word,
  },
  { requiredKeys: [] },
);
const extra = fc.record(
  {
    ssl,
    options: fc.constant("-c search_path=app,public"),
    application_name: word,
    host,
    max: fc.integer({ min: 1, max: 9 }),
    idleTimeoutMillis: fc.integer({ min: 1, max: 9 }),
    connectionTimeoutMillis: fc.integer({ min: 1, max: 9_000 }),
    statement_timeout: fc.integer({ min: 1, max: 9_000 }),
    lock_timeout: fc.integer({ min: 1, max: 9_000 }),
    idle_in_transaction_session_timeout: fc.integer({ min: 1, max: 9_000 }),
    enableChannelBinding: fc.boolean(),
    stream: fc.constant(() => undefined),
  },
  { requiredKeys: [] },
);
const more = fc.record(
  {
    schema: word,
    extra,
    connectTimeoutMS: fc.integer({ min: 1, max: 9_000 }),
    applicationName: word,
    poolSize: fc.integer({ min: 1, max: 9 }),
    useUTC: fc.constant(false),
  },
  { requiredKeys: [] },
);
const defaults = fc.record(
  {
    host,
    port: fc.oneof(fc.constant(5432), fc.integer({ min: 1, max: 65_535 })),
    user: word,
    password: secret,
    database: word,
    ssl,
    options: fc.constant("-c search_path=of_defaults"),
    application_name: word,
    client_encoding: fc.constant("LATIN1"),
    statement_timeout: fc.integer({ min: 1, max: 9_000 }),
    lock_timeout: fc.integer({ min: 1, max: 9_000 }),
    idle_in_transaction_session_timeout: fc.integer({ min: 1, max: 9_000 }),
  },
  { requiredKeys: [] },
);
const dataSourceOptions = fc
  .tuple(credentials, more, fc.option(credentials, { nil: undefined }))
  .map(([own, rest, master]) => ({
    ...own,
    ...rest,
    ...(master === undefined ? {} : { replication: { master, slaves: [] } }),
  }));

describe("the connection of a DataSource", function () {
  this.timeout(60_000);
  // The driver of these tests would print `pg`'s own warning of what sslmode will mean.
  const emitWarning = process.emitWarning.bind(process);
  const warnings: unknown[] = [];
  before(() => {
    process.emitWarning = (warning: string | Error) => void warnings.push(warning);
  });
  after(() => {
    process.emitWarning = emitWarning;
  });

  // First: the driver says it once in a process.
  it("makes no driver warn on stderr of an sslmode", () => {
    warnings.length = 0;
    handedByUs("1.x", { url: "postgres://u:p@h/d?sslmode=require" });
    assert.deepEqual(warnings, []);
  });

  for (const version of ["0.3", "1.x"] as const) {
    it(`gives pg what TypeORM ${version} gives it`, async () => {
      const property = fc.asyncProperty(dataSourceOptions, defaults, async (options, set) => {
        const [ours, theirs] = [handedByUs(version, options, set), await handedByTypeorm(version, options)];
        const found = await effective(ours.makeClient(ours.config), ours.config);
        assert.deepEqual(found, await effective(clientOfApplication(theirs, set), theirs));
      });
      await fc.assert(property, { numRuns: 300 });
    });
  }

  const pristine = { ...ownDefaults };
  const variables: readonly (readonly [string, Options, Options, NodeJS.ProcessEnv, unknown])[] = [
    ["encrypts", {}, { ssl: true }, {}, true],
    ["encrypts by a URL that does not say", { url: "postgres://u@h/d" }, { ssl: true }, {}, true],
    ["does as an option says", { ssl: false }, { ssl: true }, {}, false],
    ["does as a URL says", { url: "postgres://u@h/d?sslmode=disable" }, { ssl: true }, {}, false],
    ["does as PGSSLMODE says", {}, { ssl: true }, { PGSSLMODE: "disable" }, false],
    ["does not verify", {}, { ssl: { rejectUnauthorized: false } }, {}, { rejectUnauthorized: false }],
  ];
  for (const [title, options, set, environment, expected] of variables) {
    it(`${title} where pg.defaults of the application ask for encryption`, () => {
      const before = { ...process.env };
      Object.assign(process.env, environment);
      try {
        const { config, makeClient } = handedByUs("1.x", options, set);
        assert.deepEqual(Reflect.get(makeClient(config), "ssl"), expected);
      } finally {
        process.env = before;
      }
      assert.deepEqual({ ...ownDefaults }, pristine);
    });
  }

  it("has no defaults but those that the application has set", () => {
    const defaultsOf = (options: Options, set: unknown): unknown =>
      connectionOptions({
        options: { type: "postgres", ...options },
        driver: { postgres: { defaults: set } },
      } as unknown as TypeormDataSource).defaults;
    assert.deepEqual(
      [
        defaultsOf({}, { ...ownDefaults }),
        defaultsOf({}, undefined),
        defaultsOf({}, { ...ownDefaults, parseInputDatesAsUTC: true, binary: true, max: 3 }),
        defaultsOf({ driver: {} }, { ...ownDefaults, host: "h", user: "u" }),
      ],
      [undefined, undefined, undefined, { host: "h", user: "u" }],
    );
  });

  it("prefers encryption where the application has the native client", () => {
    function NativeClient(): void {
      // That of `pg-native` has libpq begin the session.
    }
    const prefers = (type: string, postgres: unknown): unknown =>
      connectionOptions({ options: { type }, driver: { postgres } } as unknown as TypeormDataSource)
        .prefersTls;
    assert.deepEqual(
      [
        prefers("postgres", { Client: NativeClient }),
        prefers("postgres", { Client }),
        prefers("postgres", { Client: class extends Client {} }),
        prefers("postgres", {}),
        prefers("better-sqlite3", { Client: NativeClient }),
      ],
      [true, undefined, undefined, undefined, undefined],
    );
  });

  it("is in doubt where an option that would name a database has no value", () => {
    const doubt = (options: Options): string | undefined =>
      connectionOptions({ options: { type: "postgres", ...options } } as unknown as TypeormDataSource).doubt;
    assert.deepEqual(
      [
        doubt({}),
        doubt({ url: "postgres://h/d" }),
        doubt({ url: undefined }),
        doubt({ host: "" }),
        doubt({ replication: { master: { database: undefined }, slaves: [] } }),
        doubt({ driver: {} }),
      ],
      [
        undefined,
        undefined,
        "url of the DataSource has no value",
        "host of the DataSource has no value",
        "database of the DataSource has no value",
        "the DataSource has its own driver",
      ],
    );
  });

  it("has the file of SQLite, and nothing for what pg can't reach", () => {
    const source = (type: string): TypeormDataSource =>
      ({ options: { type, database: "app.db" } }) as unknown as TypeormDataSource;
    assert.deepEqual(connectionOptions(source("better-sqlite3")), {
      type: "better-sqlite3",
      database: "app.db",
      client: undefined,
    });
    assert.equal(connectionOptions(source("aurora-postgres")).client, undefined);
  });
});
