import { Client, type ClientConfig } from "pg";
import { DatabaseError } from "./databaseError";
import { withDriverDefaults } from "./driverDefaults";
import { passwordFromFile } from "./passwordFile";
import { describeServer, readServerUrl, type ServerAddress, type ServerUrl } from "./serverAddress";
import { tlsAttempts, type TlsOptions } from "./tlsOptions";

/** A server: by a URL with libpq's parameters, or by the options with which an application's client connects. */
export type ServerPlace =
  | {
      readonly kind: "url";
      readonly url: string;
      /** Whose TLS counts where the URL says nothing of it. */
      readonly application?: ApplicationPlace | undefined;
    }
  | ({ readonly kind: "client" } & ApplicationPlace)
  /** The very server that another connection has reached, in the same way. */
  | { readonly kind: "reached"; readonly attempt: ServerAttempt };

/** The options with which an application's client connects. */
export interface ApplicationPlace {
  readonly options: Readonly<Record<string, unknown>>;
  /** Those of the application's copy of `pg`, which count where the options and the environment say nothing. */
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  /** Where nothing asks for encryption, it is tried first. */
  readonly prefersTls?: true | undefined;
}

/** One way to reach a server. */
export interface ServerAttempt {
  readonly config: ClientConfig;
  /** What the application's pool does with a new connection, and with what class it makes one. */
  readonly application: ApplicationClient;
  readonly address: ServerAddress;
  /** A server of several that does not have these is passed over (libpq, `target_session_attrs`). */
  readonly wantedSession: string;
  /** Refuse a server that does not bind the login to the encrypted channel. */
  readonly requiresChannelBinding: boolean;
  /** Seconds that the place itself gives a server to answer. */
  readonly connectTimeout: number | undefined;
}

/**
 * The ways to reach a server, in the order in which to try them: each host of a URL, encrypted or not as its `sslmode` says.
 * @throws DatabaseError `connection-settings`
 */
export function serverAttempts(place: ServerPlace): readonly ServerAttempt[] {
  if (place.kind !== "url") {
    return place.kind === "client" ? applicationAttempts(place) : [place.attempt];
  }
  const server = readServerUrl(place.url);
  const usual = place.application === undefined ? undefined : applicationTls(place.application);
  const isShuffled = server.parameters.get("load_balance_hosts") === "random";
  const order = server.hosts.map((host, at) => ({ host, at, key: isShuffled ? Math.random() : at }));
  const wanted = server.parameters.get("target_session_attrs") ?? "any";
  // A server that would do all the same is tried when there is no better one.
  const wantedInTurn = wanted === "prefer-standby" ? ["standby", "any"] : [wanted];
  return wantedInTurn.flatMap((wantedSession) =>
    order
      .toSorted((left, right) => left.key - right.key)
      .flatMap(({ host, at }) =>
        tlsAttempts({ parameters: server.parameters, host: host.host, usual: usual?.ways }).map((ssl) =>
          urlAttempt(server, at, { ...usual, ssl }, wantedSession),
        ),
      ),
  );
}

/** What is not an option of a client: the pool of `pg` takes it. */
export interface ApplicationClient {
  readonly makeClient: (config: ClientConfig) => Client;
  /**
   * `onConnect`: settings of a session, or its role, say.
   * @throws DatabaseError `connection-settings`
   */
  readonly prepare: ((client: Client) => Promise<void>) | undefined;
  /** `query_timeout`, in milliseconds, where the session begins with no shorter `statement_timeout`. */
  readonly queryTimeout: number | undefined;
}

const plainClient: ApplicationClient = {
  makeClient: (config) => new Client(config),
  prepare: undefined,
  queryTimeout: undefined,
};

function urlAttempt(
  { hosts, database, user, password, parameters }: ServerUrl,
  at: number,
  { ssl, isDirect = false, bindsChannel = false }: Partial<ApplicationTls> & { readonly ssl: TlsOptions },
  wantedSession: string,
): ServerAttempt {
  const { host, port } = hosts[at] ?? { host: "localhost", port: "5432" };
  const address = { host, port, database, user, password };
  const connectTimeout = Number(parameters.get("connect_timeout"));
  return {
    address,
    application: plainClient,
    wantedSession,
    requiresChannelBinding: parameters.get("channel_binding") === "require",
    connectTimeout: connectTimeout > 0 ? connectTimeout : undefined,
    config: {
      host: parameters.get("hostaddr")?.split(",")[at] ?? host,
      port: Number(port),
      database,
      user,
      ssl,
      // Asked only where the server wants one.
      password: password ?? (() => filedPassword(address, parameters.get("passfile"))),
      ...(ssl !== false && (parameters.get("sslnegotiation") ?? (isDirect ? "direct" : "")) === "direct"
        ? { sslnegotiation: "direct" }
        : {}),
      ...(["prefer", "require"].includes(parameters.get("channel_binding") ?? (bindsChannel ? "prefer" : ""))
        ? { enableChannelBinding: true }
        : {}),
      ...sessionParameters(parameters),
    },
  };
}

/** What `pg` sends at the start of a session. */
function sessionParameters(parameters: ReadonlyMap<string, string>): ClientConfig {
  const names = [
    "options",
    "application_name",
    "fallback_application_name",
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters.get(name);
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/** How an application protects its connections, wherever they lead. */
interface ApplicationTls {
  /** In the order in which it tries them. */
  readonly ways: readonly TlsOptions[];
  readonly isDirect: boolean;
  readonly bindsChannel: boolean;
}

/** As its own client understands its options: those of its URL and of `pg.defaults` too. */
function applicationTls(place: ApplicationPlace): ApplicationTls {
  const { application, config } = applicationAttempt(place);
  const client = application.makeClient(config);
  const ssl: unknown = Reflect.get(client, "ssl");
  return {
    ways: ssl ? [ssl === true ? {} : ssl] : place.prefersTls === true ? [unverifiedTls, false] : [false],
    isDirect: Reflect.get(client, "sslNegotiation") === "direct",
    bindsChannel: Reflect.get(client, "enableChannelBinding") === true,
  };
}

/** libpq verifies nothing where it only prefers TLS. */
const unverifiedTls: TlsOptions = { rejectUnauthorized: false };

function applicationAttempts(place: ApplicationPlace): readonly ServerAttempt[] {
  const attempt = applicationAttempt(place);
  const isClear = !Reflect.get(attempt.application.makeClient(attempt.config), "ssl");
  if (place.prefersTls !== true || !isClear || attempt.address.host.startsWith("/")) {
    return [attempt];
  }
  return [{ ...attempt, config: { ...attempt.config, ssl: unverifiedTls } }, attempt];
}

function applicationAttempt(place: ApplicationPlace): ServerAttempt {
  const { Client: ownClass, onConnect, query_timeout: givenTimeout, ...options } = place.options;
  // The server shall stop a statement, and not the driver leave it at work.
  const { query_timeout: usualTimeout, ...defaults } = place.defaults ?? {};
  const { connectionTimeoutMillis: timeout, connectionString } = options;
  const makeClient: ApplicationClient["makeClient"] = (wanted) =>
    withDriverDefaults(defaults, () => (isClientClass(ownClass) ? new ownClass(wanted) : new Client(wanted)));
  const config: ClientConfig = {
    ...options,
    ...(typeof connectionString === "string" ? { connectionString: withoutAliases(connectionString) } : {}),
  };
  const client = applicationClient(config, makeClient);
  const password: unknown = Reflect.get(client, "password");
  const address = {
    host: client.host === "" ? "localhost" : client.host,
    port: String(client.port),
    database: client.database ?? client.user ?? "",
    user: client.user ?? "",
    password: typeof password === "string" ? password : undefined,
  };
  return {
    address,
    application: {
      makeClient,
      prepare: typeof onConnect === "function" ? (made) => runHook(onConnect as ClientHook, made) : undefined,
      queryTimeout: queryTimeout(client, givenTimeout || usualTimeout),
    },
    wantedSession: "any",
    requiresChannelBinding: false,
    connectTimeout: typeof timeout === "number" && timeout > 0 ? timeout / 1000 : undefined,
    config: password === null ? { ...config, password: () => filedPassword(address, undefined) } : config,
  };
}

function queryTimeout(client: Client, given: unknown): number | undefined {
  const parameters: unknown = Reflect.get(client, "connectionParameters");
  const named = Number(Reflect.get(Object(parameters), "statement_timeout"));
  const limit = Number(given);
  return limit > 0 && !(named > 0 && named <= limit) ? limit : undefined;
}

type ClientHook = (client: Client) => unknown;

async function runHook(hook: ClientHook, client: Client): Promise<void> {
  try {
    await hook(client);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DatabaseError("connection-settings", `extra.onConnect of the DataSource failed: ${message}.`, {
      hint: "Correct them. The application can't connect with these options either.",
    });
  }
}

function isClientClass(given: unknown): given is new (config: ClientConfig) => Client {
  return typeof given === "function";
}

function applicationClient(config: ClientConfig, makeClient: ApplicationClient["makeClient"]): Client {
  try {
    const client = makeClient(config);
    if (typeof Reflect.get(client, "connection") !== "object") {
      throw new Error("extra.Client is not a client of the pg package");
    }
    return client;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      "connection-settings",
      `The connection options of the DataSource cannot be used: ${message}.`,
      { hint: "Correct them. The application can't connect with these options either." },
    );
  }
}

/** Called where the server wants a password and nothing named one. */
function filedPassword(address: ServerAddress, file: string | undefined): string {
  const password = passwordFromFile(address, file);
  if (password === undefined) {
    throw new DatabaseError(
      "authentication-failed",
      `The server requires a password for user '${address.user}' for ${describeServer(address)}, and none is given.`,
      {
        hint: "Add the password to the URL, to PGPASSWORD or POSTGRES_PASSWORD, or to a password file (~/.pgpass).",
      },
    );
  }
  return password;
}

/** What `pg` takes for `verify-full` is written so: it does the same, without a warning on stderr. */
function withoutAliases(connectionString: string): string {
  return /[?&]uselibpqcompat=true\b/.test(connectionString)
    ? connectionString
    : connectionString.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|#|$)/g, "$1verify-full");
}

/** Where a place leads, as it may be shown; of several hosts all of them. */
export function placeAddress(place: ServerPlace): ServerAddress {
  if (place.kind !== "url") {
    return place.kind === "client" ? applicationAttempt(place).address : place.attempt.address;
  }
  const { hosts, ...rest } = readServerUrl(place.url);
  const ports = [...new Set(hosts.map(({ port }) => port))];
  return { ...rest, host: hosts.map(({ host }) => host).join(","), port: ports.join(",") };
}
