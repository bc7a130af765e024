import type { Client, CustomTypesConfig } from "pg";
import type { ValueParsers } from "../sqlText/statement";
import { requestCancel } from "./cancelRequest";
import {
  endClient,
  gatherMessages,
  hearFailures,
  processLife,
  withinTime,
  type ConnectionFailure,
} from "./clientLife";
import { connectError, isNetworkFailure } from "./connectFailure";
import type { Connection, Row, StatementResult } from "./connection";
import { DatabaseError } from "./databaseError";
import { rememberSecret } from "../machine/knownSecrets";
import { serverAttempts, type ServerAttempt, type ServerPlace } from "./serverAttempts";
import { isServerError } from "./serverError";
import { prepareSession, sessionSettings, type Backend } from "./serverSession";
import { requireChannelBinding, requireSession } from "./wantedServer";

export interface PostgresOptions {
  readonly server: ServerPlace;
  /** How long a server has to answer, where its place does not say. */
  readonly connectTimeoutMilliseconds: number;
  /** Shown by the server in `pg_stat_activity`, and to whoever waits for our lock; the place may name another. */
  readonly applicationName: string;
  /** Counts instead of the one that the place has. */
  readonly password?: string | undefined;
  /** What the server says beside its answers (`RAISE NOTICE`). */
  readonly onNotice?: (text: string) => void;
  /** Ends a connecting that takes too long for whoever waits. */
  readonly signal?: AbortSignal;
}

/** A connection to a server, and the way that led there. */
export interface ReachedServer {
  readonly connection: Connection;
  readonly attempt: ServerAttempt;
}

/**
 * Connects to a PostgreSQL server, in the first of the ways to it that works.
 * @throws DatabaseError `unreachable`, `authentication-failed`, `no-such-database`, `connection-settings` or `cancelled`.
 */
export async function reachPostgres(options: PostgresOptions): Promise<ReachedServer> {
  const failures: DatabaseError[] = [];
  let failed: { readonly attempt: ServerAttempt; readonly kind: FailureKind } | undefined;
  for (const attempt of serverAttempts(options.server).map((way) => withPassword(way, options.password))) {
    if (failed !== undefined && !isWorthTrying(attempt, failed)) {
      continue;
    }
    const result = await attemptConnection(attempt, options);
    if (result.kind === "connected") {
      return { connection: result.connection, attempt };
    }
    failures.push(result.error);
    failed = { attempt, kind: result.failure };
  }
  const last = failures.at(-1) ?? new DatabaseError("unreachable", "No server is named.");
  const others = [...new Set(failures.slice(0, -1).map(({ message }) => message))];
  throw others.length === 0
    ? last
    : new DatabaseError(last.code, last.message, { ...last, detail: others.join("\n") });
}

function withPassword(attempt: ServerAttempt, password: string | undefined): ServerAttempt {
  return password === undefined
    ? attempt
    : { ...attempt, config: { ...attempt.config, password }, address: { ...attempt.address, password } };
}

/** `reachPostgres`, for its connection. */
export async function connectPostgres(options: PostgresOptions): Promise<Connection> {
  return (await reachPostgres(options)).connection;
}

/** A shorter one would strike out parts of other words. */
const shortestSecret = 6;

/**
 * `network`: nothing answered; `protection`: it may do so encrypted, or in the clear; `server`: another server might do;
 * `refusal`: this was the server, and it said no.
 */
type FailureKind = "network" | "protection" | "server" | "refusal";

/** As libpq goes on: to other hosts where one can't be reached, and never from one that refused the login. */
function isWorthTrying(
  next: ServerAttempt,
  { attempt, kind }: { readonly attempt: ServerAttempt; readonly kind: FailureKind },
): boolean {
  const isSameHost = next.address.host === attempt.address.host && next.address.port === attempt.address.port;
  switch (kind) {
    case "refusal":
      return false;
    case "protection":
      return true;
    case "network":
    case "server":
      return !isSameHost || next.wantedSession !== attempt.wantedSession;
  }
}

type AttemptResult =
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "failed"; readonly error: DatabaseError; readonly failure: FailureKind };

async function attemptConnection(attempt: ServerAttempt, options: PostgresOptions): Promise<AttemptResult> {
  const { address } = attempt;
  const timeout = (attempt.connectTimeout ?? options.connectTimeoutMilliseconds / 1000) * 1000;
  const { makeClient, prepare } = attempt.application;
  const client = makeClient({
    fallback_application_name: options.applicationName,
    keepAlive: true,
    ...attempt.config,
    connectionTimeoutMillis: timeout,
    pipeline: true,
  });
  const failure = hearFailures(client);
  const { password, user, database, host } = address;
  if (password !== undefined && password.length >= shortestSecret) {
    rememberSecret(password, [user, database, host, "postgres", "password"]);
  }
  if (attempt.requiresChannelBinding) {
    requireChannelBinding(client, address);
  }
  let backend: Backend;
  try {
    backend = await withinTime(client, { ...options, connectTimeoutMilliseconds: timeout }, async () => {
      await client.connect();
      await requireSession(client, attempt.wantedSession, address);
      await prepare?.(client);
      return prepareSession(client);
    });
  } catch (error) {
    await endClient(client);
    if (options.signal?.aborted === true) {
      throw new DatabaseError("cancelled", "Cancelled; nothing was run.");
    }
    const cause = failure.reason() ?? error;
    return { kind: "failed", error: connectError(cause, address, timeout), failure: failureKind(cause) };
  }
  const isPooled = Reflect.get(client, "processID") !== backend.pid;
  const connection = clientConnection(client, {
    onNotice: options.onNotice,
    cancel: () =>
      cancelStatement(
        client,
        { ...options, server: { kind: "reached", attempt } },
        isPooled ? backend.pid : undefined,
      ),
    isPooled,
    serverVersion: backend.version,
    failure,
  });
  return { kind: "connected", connection };
}

function failureKind(error: unknown): FailureKind {
  if (error instanceof DatabaseError) {
    return error.code === "unreachable" ? "server" : "refusal";
  }
  if (isNetworkFailure(error)) {
    return "network";
  }
  if (!isServerError(error)) {
    return "protection";
  }
  // Only what pg_hba.conf refuses may be let in another way; class 57 is a server that is starting or stopping.
  return error.code === "28000" ? "protection" : error.code.startsWith("57") ? "server" : "refusal";
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
  const isPooled = options.isPooled === true;
  const settings = sessionSettings(client, isPooled);
  const life = processLife(client);
  const sendTogether = gatherMessages(client);
  async function run(
    text: string,
    values: readonly unknown[] = [],
    parsers?: ValueParsers,
  ): Promise<StatementResult> {
    life.begin();
    try {
      // Without values the simple protocol is used, which takes several statements at once.
      const sent = values.length === 0 ? { text: settings.within(text) } : { text, values: [...values] };
      sendTogether();
      return readResult(
        await client.query(parsers === undefined ? sent : { ...sent, types: queryTypes(parsers) }),
      );
    } catch (error) {
      throw queryError(error, text, failure.reason());
    } finally {
      life.end();
    }
  }
  return {
    dialect: "postgresql",
    run,
    query: async (text, values) => (await run(text, values)).rows,
    cancel: options.cancel,
    isInTransaction() {
      return transactionStatus(client);
    },
    // A class of the application's own may be of a version that does not know this.
    takesSeveral: Reflect.get(client, "pipeline") === true,
    isPooled,
    async configure(name, value) {
      life.begin();
      try {
        await settings.set(name, value);
      } finally {
        life.end();
      }
    },
    serverVersion: options.serverVersion ?? 0,
    isBusy: life.isBusy,
    async close() {
      life.begin();
      await endClient(client);
    },
  };
}

/** A query's `types` are also the types of its parameters to `pg`, which are left to the server: an empty list of those. */
function queryTypes(parsers: ValueParsers): CustomTypesConfig {
  return Object.assign([], {
    getTypeParser: (oid: number, format?: string) => parsers.getTypeParser(oid, format),
  });
}

function transactionStatus(client: Client): boolean | undefined {
  const ask: unknown = Reflect.get(client, "getTransactionStatus");
  const status: unknown = typeof ask === "function" ? client.getTransactionStatus() : null;
  return status === null ? undefined : status !== "I";
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
    server: options.server,
    connectTimeoutMilliseconds: options.connectTimeoutMilliseconds,
    applicationName: options.applicationName,
  });
  try {
    await connection.query("SELECT pg_cancel_backend($1)", [processId]);
  } finally {
    await connection.close();
  }
}

/** What the driver throws before it sends anything, for a value that has no form in PostgreSQL. */
function isValueError(error: unknown): error is Error {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    (error instanceof Error && error.message.startsWith("circular reference detected"))
  );
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
  if (lostBecause === undefined && isValueError(error)) {
    return new DatabaseError(
      "statement-failed",
      `A value of the statement can't be sent: ${error.message}.`,
      {
        sql,
      },
    );
  }
  const message = lostBecause?.message ?? (error instanceof Error ? error.message : String(error));
  return new DatabaseError("connection-lost", `The connection to the database was lost: ${message}.`, {
    sql,
    hint: "The server rolls back what was not committed. `current` shows where the database is.",
  });
}
