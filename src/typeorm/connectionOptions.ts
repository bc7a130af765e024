import type { TypeormDataSource } from "./typeormTypes";

/** Where a DataSource would connect to. */
export interface ConnectionOptions {
  readonly type: string;
  /** Of SQLite: its file. */
  readonly database?: string | undefined;
  /** Of PostgreSQL: what the DataSource hands to the client of `pg`. */
  readonly client?: Readonly<Record<string, unknown>> | undefined;
  /** Of PostgreSQL, where there are any: what the application has set in `pg.defaults`, of what a connection is made with. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Of PostgreSQL: the application encrypts where the server does, also where nothing asks for it. */
  readonly prefersTls?: true;
  /** Where it may not name a database that can be reached: why, as `url of the DataSource has no value`. */
  readonly doubt?: string;
}

/** Options of a pool, which have nothing to do with a connection of it, and of how the application reads its rows. */
const foreignOptions = new Set([
  "Promise",
  "types",
  "max",
  "min",
  "idleTimeoutMillis",
  "maxUses",
  "maxLifetimeSeconds",
  "allowExitOnIdle",
  "log",
]);

/**
 * The connection of a DataSource: its own, or that of the server that replication writes to. A password function stays one,
 * since what it gives may not last.
 */
export function connectionOptions({ options, driver }: TypeormDataSource): ConnectionOptions {
  const database = options["database"];
  const isServer = /^(?:postgres|cockroachdb)$/.test(options.type);
  return {
    type: options.type,
    database: typeof database === "string" ? database : undefined,
    client: isServer ? clientOptions(options) : undefined,
    ...(isServer ? driverDefaults(driver) : {}),
    ...(isServer && isNative(driver) ? { prefersTls: true } : {}),
    ...(isServer ? doubtOf(options) : {}),
  };
}

/** What `ConnectionParameters` of `pg` takes from its defaults; what is left out says how rows are read. */
const connectionDefaults = [
  "host",
  "port",
  "user",
  "password",
  "database",
  "ssl",
  "sslnegotiation",
  "options",
  "client_encoding",
  "application_name",
  "fallback_application_name",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "query_timeout",
];

/** The application's `pg`, its native one, and a `driver` of the options have them alike. */
function driverDefaults(driver: TypeormDataSource["driver"]): Pick<ConnectionOptions, "defaults"> {
  const set = property(property(driver, "postgres"), "defaults");
  const systemUser = process.env[process.platform === "win32" ? "USERNAME" : "USER"];
  const pristine: Readonly<Record<string, unknown>> = { host: "localhost", port: 5432, user: systemUser };
  const entries = connectionDefaults.flatMap((name) => {
    const value = property(set, name);
    return !value || value === pristine[name] ? [] : [[name, value]];
  });
  return entries.length === 0 ? {} : { defaults: Object.fromEntries(entries) as Record<string, unknown> };
}

/**
 * TypeORM takes `pg-native` where it is installed. Its client has libpq connect, which prefers TLS where no `sslmode` says
 * otherwise, and it never begins a session itself.
 */
function isNative(driver: TypeormDataSource["driver"]): boolean {
  const client = property(property(driver, "postgres"), "Client");
  return typeof client === "function" && property(client.prototype, "getStartupConf") === undefined;
}

/** An option that is there without a value comes from a variable that is not set; a driver may reach what `pg` does not. */
function doubtOf(options: TypeormDataSource["options"]): Pick<ConnectionOptions, "doubt"> {
  const given = property(options["replication"], "master") ?? options;
  const names = typeof given === "object" && given !== null ? Object.keys(given) : [];
  const blank = ["url", "host", "database"].find(
    (name) => names.includes(name) && (property(given, name) ?? "") === "",
  );
  if (blank !== undefined) {
    return { doubt: `${blank} of the DataSource has no value` };
  }
  return options["driver"] === undefined ? {} : { doubt: "the DataSource has its own driver" };
}

/** As TypeORM's `PostgresDriver.createPool` (0.3 and 1.x) puts them together. */
function clientOptions(options: TypeormDataSource["options"]): Readonly<Record<string, unknown>> {
  const master = property(options["replication"], "master") ?? options;
  const given: Record<string, unknown> = {
    connectionString: property(master, "url"),
    host: property(master, "host"),
    user: property(master, "username"),
    password: property(master, "password"),
    database: property(master, "database"),
    port: property(master, "port"),
    ssl: property(master, "ssl"),
    connectionTimeoutMillis: options["connectTimeoutMS"],
    application_name: options["applicationName"] ?? property(master, "applicationName"),
    ...(options["extra"] as Readonly<Record<string, unknown>> | undefined),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => value !== undefined && !foreignOptions.has(name)),
  );
}

function property(value: unknown, name: string): unknown {
  const isOwner = (typeof value === "object" && value !== null) || typeof value === "function";
  return isOwner ? (Reflect.get(value, name) as unknown) : undefined;
}
