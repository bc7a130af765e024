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
      return acquireRunLock(await connectPostgres(options), connection, lockOptions);
    },
    close: () => connection.close(),
  };
}
