import { acquireRunLock } from "./advisoryLock";
import type { Database } from "./database";
import { connectPostgres, type PostgresOptions } from "./postgresConnection";

/**
 * Opens a server's database for a command.
 * @throws DatabaseError as `connectPostgres` does.
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const connection = await connectPostgres(options);
  return {
    dialect: "postgresql",
    connection,
    async lock(lockOptions) {
      if (connection.isPooled === true) {
        options.onNotice?.(
          "The server is reached through a connection pooler. Unless that keeps one server connection for each client (PgBouncer: pool_mode = session), the lock against other runs does not hold: name the server itself for migrations.",
        );
      }
      return acquireRunLock(await connectPostgres(options), connection, lockOptions);
    },
    close: () => connection.close(),
  };
}
