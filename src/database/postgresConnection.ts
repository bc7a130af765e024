import { Client, DatabaseError as ServerError } from "pg";
import { requestCancel } from "./cancelRequest";
import { endClient, hearFailures, withinTime, type ConnectionFailure } from "./clientLife";
import type { Connection, Row, StatementResult } from "./connection";
import { DatabaseError } from "./databaseError";
import { isServerError } from "./serverError";
import { describeServer, readServerAddress, type ServerAddress } from "./serverAddress";

export interface PostgresOptions {
  readonly url: string;
  readonly connectTimeoutMilliseconds: number;
  /** Shown by the server in `pg_stat_activity`, and to whoever waits for our lock. */
  readonly applicationName: string;
  /** What the server says beside its answers (`RAISE NOTICE`). */
  readonly onNotice?: (text: string) => void;
  /** Ends a connecting that takes too long for whoever waits. */
  readonly signal?: AbortSignal;
}

/**
 * Connects to a PostgreSQL server.
 * @throws DatabaseError `unreachable`, `authentication-failed`, `no-such-database` or `cancelled`.
 */
export async function connectPostgres(options: PostgresOptions): Promise<Connection> {
  const address = readServerAddress(options.url);
  const client = new Client({
    connectionString: options.url,
    connectionTimeoutMillis: options.connectTimeoutMilliseconds,
    application_name: options.applicationName,
    keepAlive: true,
    pipeline: true,
  });
  const failure = hearFailures(client);
  let backend: Backend;
  try {
    backend = await withinTime(client, options, async () => {
      await client.connect();
      return prepareSession(client);
    });
  } catch (error) {
    await endClient(client);
    if (options.signal?.aborted === true) {
      throw new DatabaseError("cancelled", "Cancelled; nothing was run.");
    }
    throw connectError(failure.reason() ?? error, address, options.connectTimeoutMilliseconds);
  }
  const isPooled = Reflect.get(client, "processID") !== backend.pid;
  return clientConnection(client, {
    onNotice: options.onNotice,
    cancel: () => cancelStatement(client, options, isPooled ? backend.pid : undefined),
    isPooled,
    serverVersion: backend.version,
    failure,
  });
}

/** How soon a busy backend notices that its client is gone. */
const checkInterval = "2s";

interface Backend {
  /** Behind a pooler another one than the connection says. */
  readonly pid: number;
  readonly version: number;
}

/**
 * Has the server watch whether we are still there while it is busy for us (PostgreSQL 14 and later,
 * `client_connection_check_interval`), so that the statement of a killed run does not go on for hours.
 * @returns who serves us
 */
async function prepareSession(client: Client): Promise<Backend> {
  const setting = "'client_connection_check_interval'";
  const backend = "SELECT pg_backend_pid() AS pid, current_setting('server_version_num')::integer AS version";
  const watched = `${backend}, CASE WHEN current_setting(${setting}, true) = '0'
    THEN set_config(${setting}, '${checkInterval}', false) END`;
  // Servers on some systems have the setting and refuse to change it.
  const { rows } = await client.query<Backend>(watched).catch((error: unknown) => {
    // Class 57 ends the session, and says why.
    if (isServerError(error) && !error.code.startsWith("57")) {
      return client.query<Backend>(backend);
    }
    throw error;
  });
  return rows[0] ?? { pid: 0, version: 0 };
}

interface ClientConnectionOptions {
  readonly onNotice: ((text: string) => void) | undefined;
  readonly cancel: () => Promise<void>;
  readonly isPooled?: boolean;
  readonly serverVersion?: number;
  /** Given where the client was listened to before it was connected. */
  readonly failure?: ConnectionFailure;
}

/** A `Connection` over a connected client of the `pg` package; closing it ends the client. */
export function clientConnection(client: Client, options: ClientConnectionOptions): Connection {
  const failure = options.failure ?? hearFailures(client);
  client.on("notice", (notice) => {
    if (notice.message !== undefined) {
      options.onNotice?.(notice.message);
    }
  });
  async function run(text: string, values: readonly unknown[] = []): Promise<StatementResult> {
    try {
      // Without values the simple protocol is used, which takes several statements at once.
      return readResult(await (values.length === 0 ? client.query(text) : client.query(text, [...values])));
    } catch (error) {
      throw queryError(error, text, failure.reason());
    }
  }
  return {
    dialect: "postgresql",
    run,
    query: async (text, values) => (await run(text, values)).rows,
    cancel: options.cancel,
    isInTransaction() {
      const status = client.getTransactionStatus();
      return status === null ? undefined : status !== "I";
    },
    takesSeveral: client.pipeline,
    isPooled: options.isPooled === true,
    serverVersion: options.serverVersion ?? 0,
    close: () => endClient(client),
  };
}

/** A text of several statements answers with a list of results; the last one counts, as in psql. */
function readResult(result: unknown): StatementResult {
  const last: unknown = Array.isArray(result) ? result[result.length - 1] : result;
  if (typeof last !== "object" || last === null) {
    return { rows: [], rowCount: 0 };
  }
  const rows: unknown = Reflect.get(last, "rows");
  const rowCount: unknown = Reflect.get(last, "rowCount");
  return {
    rows: Array.isArray(rows) ? (rows as readonly Row[]) : [],
    rowCount: typeof rowCount === "number" ? rowCount : 0,
  };
}

/**
 * Cancels what a client's session is doing. A pooler need not pass a request on, so that behind one another session
 * asks as well.
 * @param pooledBackend the process that serves a client behind a pooler
 */
async function cancelStatement(
  client: Client,
  options: PostgresOptions,
  pooledBackend: number | undefined,
): Promise<void> {
  const requests = [requestCancel(client)];
  if (pooledBackend !== undefined) {
    requests.push(cancelBackend(options, pooledBackend));
  }
  await Promise.any(requests);
}

async function cancelBackend(options: PostgresOptions, processId: number): Promise<void> {
  const connection = await connectPostgres({
    url: options.url,
    connectTimeoutMilliseconds: options.connectTimeoutMilliseconds,
    applicationName: options.applicationName,
  });
  try {
    await connection.query("SELECT pg_cancel_backend($1)", [processId]);
  } finally {
    await connection.close();
  }
}

function connectError(error: unknown, address: ServerAddress, timeout: number): DatabaseError {
  const where = describeServer(address);
  const sqlState = error instanceof ServerError ? error.code : undefined;
  if (sqlState === "28P01" || sqlState === "28000") {
    return new DatabaseError(
      "authentication-failed",
      `The server refused user '${address.user}' for ${where}.`,
      {
        sqlState,
        hint: "Check the user name and the password in the URL, DATABASE_URL or POSTGRES_PASSWORD.",
      },
    );
  }
  if (sqlState === "3D000") {
    return new DatabaseError(
      "no-such-database",
      `There is no database '${address.database}' on ${address.host}:${address.port}.`,
      {
        sqlState,
        hint: `Create it (createdb ${address.database}), or name another database.`,
      },
    );
  }
  return new DatabaseError("unreachable", `Can't connect to ${where}: ${reason(error, address, timeout)}.`, {
    sqlState,
    hint: "Is the server running, and are host and port right? `--url` names another database.",
  });
}

function reason(error: unknown, address: ServerAddress, timeout: number): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  switch (code) {
    case "ECONNREFUSED":
      return "connection refused";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `host '${address.host}' is not known`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "no route to the host";
    default:
      break;
  }
  const message = firstMessage(error);
  if (/timeout expired/i.test(message)) {
    return `no answer within ${String(timeout / 1000)} seconds`;
  }
  if (/^Connection terminated unexpectedly$/.test(message)) {
    return "something answers there and hangs up; it may not be a PostgreSQL server";
  }
  return message.replaceAll(address.password ?? "\u0000", "***");
}

/** Node reports a host with several addresses as one error that holds one for each. */
function firstMessage(error: unknown): string {
  if (error instanceof AggregateError) {
    return firstMessage(error.errors[0]);
  }
  return error instanceof Error ? error.message : String(error);
}

function queryError(error: unknown, sql: string, lostBecause: Error | undefined): DatabaseError {
  if (isServerError(error)) {
    const position = Number(error.position);
    return new DatabaseError("statement-failed", error.message, {
      sqlState: error.code,
      detail: error.detail,
      hint: error.hint,
      sql,
      position: Number.isInteger(position) && position > 0 ? position : undefined,
    });
  }
  const message = lostBecause?.message ?? (error instanceof Error ? error.message : String(error));
  return new DatabaseError("connection-lost", `The connection to the database was lost: ${message}.`, {
    sql,
    hint: "What was not committed is undone by the server. `current` shows where the database stands.",
  });
}
