import { acquireAdvisoryLock } from "./advisoryLock";
import type { Database } from "./database";
import { connectPostgres, type PostgresOptions } from "./postgresConnection";

/**
 * Opens a server's database for a command. The lock lives on a connection of its own, so that nothing that a
 * migration does to its session can lose it.
 * @throws DatabaseError as `connectPostgres` does.
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const connection = await connectPostgres(options);
  return {
    dialect: "postgresql",
    connection,
    async lock(lockOptions) {
      return acquireAdvisoryLock(await connectPostgres(options), lockOptions);
    },
    close: () => connection.close(),
  };
}
