import type { Connection } from "../../database/connection";
import type { ServerFacts } from "../../typeorm/adopt/runScope";

/** What a script assumes of the database that it is for. */
export const factsOfScript: ServerFacts = { database: "postgres", schema: "public", version: "18.0" };

/** Asks a server for what TypeORM asks when it connects. */
export async function askServer(connection: Connection): Promise<ServerFacts> {
  const [row] = await connection.query(
    `SELECT current_database() AS database, coalesce(current_schema(), 'public') AS schema,
            current_setting('server_version') AS version`,
  );
  return {
    database: String(row?.["database"]),
    schema: String(row?.["schema"]),
    version: String(row?.["version"]),
  };
}
