import { acquireRunLock } from "./advisoryLock";
import type { Connection } from "./connection";
import type { Database } from "./database";
import { DatabaseError } from "./databaseError";
import type { ServerAttempt } from "./serverAttempts";
import { connectPostgres, reachPostgres, type PostgresOptions } from "./postgresConnection";

/**
 * Opens a server's database for a command.
 * @throws DatabaseError as `connectPostgres` does.
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const { connection, attempt } = await reachPostgres(options);
  await limitStatements(connection, attempt);
  return {
    dialect: "postgresql",
    connection,
    server: attempt,
    async lock(lockOptions) {
      if (connection.isPooled === true) {
        options.onNotice?.(
          "The connection goes through a pooler. Unless the pooler keeps one server connection for each client (PgBouncer: pool_mode = session), the migration lock ends with this process, even if the server is still running its last statement. Connect to the server directly for migrations.",
        );
      }
      // Of several hosts the same one: a lock on another server would keep nobody out.
      const lockConnection = await connectPostgres({ ...options, server: { kind: "reached", attempt } });
      if (connection.isPooled === true) {
        await refuseSharedBackend(connection, lockConnection);
      }
      return acquireRunLock(lockConnection, connection, lockOptions);
    },
    close: () => connection.close(),
  };
}

/**
 * The time that the application gives a statement, where the connection names no shorter one. `pg` would leave the server at
 * work; the server itself stops.
 */
async function limitStatements(
  connection: Connection,
  { application: { queryTimeout: limit } }: ServerAttempt,
): Promise<void> {
  if (limit !== undefined) {
    await connection.configure?.("statement_timeout", String(limit));
  }
}

/**
 * Two open connections that the same server process serves are a pool of transactions: it would mix their settings, and a
 * lock of one session would keep nobody out and might never be given back.
 */
async function refuseSharedBackend(connection: Connection, lockConnection: Connection): Promise<void> {
  const [migrating] = await connection.query("SELECT pg_backend_pid() AS pid");
  const [locking] = await lockConnection.query("SELECT pg_backend_pid() AS pid");
  if (migrating?.["pid"] !== locking?.["pid"]) {
    return;
  }
  await lockConnection.close();
  throw new DatabaseError(
    "pooled-transactions",
    "The connection goes through a pooler that shares one server connection among clients, so the migration lock does not work.",
    {
      hint: "For migrations, connect to the server directly, or through a pool that keeps sessions (PgBouncer: pool_mode = session).",
    },
  );
}
