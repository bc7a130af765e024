import { ConfigError } from "./errors";

/** What `pg` connects with, by the names of its own options. */
export type ClientOptions = Readonly<Record<string, unknown>>;

/** How the application reaches its server: the options that TypeORM would hand to `pg`, whole. */
export interface ApplicationConnection {
  readonly options: ClientOptions;
  /** What counts where the options and the PG… variables say nothing: `pg.defaults` of the application. */
  readonly defaults?: ClientOptions;
  /** It encrypts where the server does, also where nothing asks for it. */
  readonly prefersTls?: true;
}

/** Where a TypeORM `DataSource` would connect to. */
export interface DataSourceConnectionOptions {
  readonly type: string;
  /** Of SQLite: its file. */
  readonly database?: string | undefined;
  /** Of PostgreSQL. */
  readonly client?: ClientOptions | undefined;
  /** Of PostgreSQL: what the application has set in `pg.defaults`. */
  readonly defaults?: ClientOptions;
  /** Of PostgreSQL: the application encrypts where the server does, also where nothing asks for it. */
  readonly prefersTls?: true;
  /** Why it may mean a database that it does not name, as `url of the DataSource has no value`. */
  readonly doubt?: string;
}

/** Loads the project's DataSource; undefined where there is none, or it is not PostgreSQL's. Fails where it can't be loaded. */
export type LoadApplication = () => Promise<DataSourceConnectionOptions | undefined>;

/** A server that the configuration or a variable names. */
export interface NamedServer {
  /** As `readDatabaseUrl` gives it. */
  readonly url: string;
  /** Where the URL comes from, for messages. */
  readonly source: string;
}

/**
 * The connection of the application, where TLS is to be taken from it: the URL says nothing of TLS and does not stay on this
 * machine. For a server on this machine the DataSource, and TypeORM with it, is not loaded.
 * @throws {ConfigError} `tls-unknown` where the application can't be asked: in the clear may be less than it has
 */
export async function applicationOf(
  { url, source }: NamedServer,
  configPath: string,
  load: LoadApplication,
): Promise<ApplicationConnection | undefined> {
  if (!leavesTlsOpen(url)) {
    return undefined;
  }
  const unknown = (why: string, cause?: unknown): ConfigError =>
    new ConfigError(
      "tls-unknown",
      `The database URL from ${source} does not say whether to use TLS, and ${why}`,
      {
        file: configPath,
        hint: "Add `?sslmode=verify-full`, `?sslmode=require` or `?sslmode=disable` to the URL, or set PGSSLMODE.",
        cause,
      },
    );
  let application: DataSourceConnectionOptions | undefined;
  try {
    application = await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unknown(`the DataSource, which may say it, cannot be loaded: ${reason}`, error);
  }
  if (application?.client === undefined) {
    return undefined;
  }
  const { client: options, defaults, prefersTls } = application;
  if (options["stream"] !== undefined) {
    throw unknown("the DataSource connects through its own stream, which does not say it either.");
  }
  return {
    options,
    ...(defaults === undefined ? {} : { defaults }),
    ...(prefersTls === undefined ? {} : { prefersTls }),
  };
}

/** Parameters that ask for TLS or refuse it; others say only how it is to be. */
const decisive = ["sslmode", "sslrootcert", "sslcert", "sslkey"];

function leavesTlsOpen(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  if (decisive.some((name) => searchParams.has(name)) || searchParams.get("sslnegotiation") === "direct") {
    return false;
  }
  const hosts = searchParams.get("hostaddr") ?? searchParams.get("host") ?? decodeURIComponent(hostname);
  return !hosts.split(",").every(isOnThisMachine);
}

/** By the name alone: where another name leads, only a connection would tell. */
function isOnThisMachine(host: string): boolean {
  const isSocket = host.startsWith("/") || host.startsWith("@");
  return isSocket || ["", "localhost", "127.0.0.1", "::1", "[::1]"].includes(host.toLowerCase());
}
