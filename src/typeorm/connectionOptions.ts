import type { TypeormDataSource } from "./typeormTypes";

/** Where a DataSource would connect to. */
export interface ConnectionOptions {
  readonly type: string;
  /** Of SQLite: its file. */
  readonly database?: string | undefined;
  /** Of PostgreSQL: what the DataSource hands to the client of `pg`. */
  readonly client?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of a pool, and of how its rows are read, that have nothing to do with the connection. */
const foreignOptions = new Set([
  "Client",
  "Promise",
  "types",
  "max",
  "min",
  "idleTimeoutMillis",
  "maxUses",
  "maxLifetimeSeconds",
  "allowExitOnIdle",
  "log",
  "onConnect",
  "query_timeout",
]);

/**
 * The connection of a DataSource: its own, or that of the server that replication writes to. A password function stays one,
 * since what it gives may not last.
 */
export function connectionOptions({ options }: TypeormDataSource): ConnectionOptions {
  const database = options["database"];
  return {
    type: options.type,
    database: typeof database === "string" ? database : undefined,
    client: /^(?:postgres|cockroachdb)$/.test(options.type) ? clientOptions(options) : undefined,
  };
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
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
