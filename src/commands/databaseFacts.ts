import type { Connection } from "../database/connection";
import type { RelationSize } from "../lint/effects";

/** What lint asks of the database that the revisions are for. */
export interface DatabaseFacts {
  /** Major version of PostgreSQL. */
  readonly serverVersion: number;
  /** With which its sessions begin. */
  readonly timeZone: string;
  /** Of tables and the like, by schema and name as `sizeKey` joins them; empty where they were not asked for. */
  readonly sizes: ReadonlyMap<string, RelationSize>;
}

export function sizeKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}

/** Asks a PostgreSQL; undefined of another database. */
export async function readDatabaseFacts(
  connection: Connection,
  { sizes }: { readonly sizes: boolean },
): Promise<DatabaseFacts | undefined> {
  if (connection.dialect !== "postgresql") {
    return undefined;
  }
  const [row] = await connection.query(
    "SELECT current_setting('server_version_num') AS version, current_setting('TimeZone') AS zone",
  );
  return {
    serverVersion: Math.floor(Number(row?.["version"]) / 10_000),
    timeZone: String(row?.["zone"]),
    sizes: sizes ? await readSizes(connection) : new Map(),
  };
}

async function readSizes(connection: Connection): Promise<ReadonlyMap<string, RelationSize>> {
  const rows = await connection.query(`
    SELECT n.nspname AS schema, c.relname AS name, pg_catalog.pg_table_size(c.oid)::text AS bytes, c.reltuples::float8 AS rows
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`);
  return new Map(
    rows.map((row) => {
      const estimate = Number(row["rows"]);
      // -1, and 0 before PostgreSQL 14, where the table was never analyzed.
      const size = { bytes: Number(row["bytes"]), rows: estimate > 0 ? estimate : undefined };
      return [sizeKey(String(row["schema"]), String(row["name"])), size];
    }),
  );
}
