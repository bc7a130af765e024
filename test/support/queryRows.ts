import { withClient } from "./withClient";

/** Runs one statement on a connection of its own and gives its rows. */
export async function queryRows(url: string, statement: string): Promise<readonly unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);
}

/** The same, with the first column alone. */
export async function queryValues(url: string, statement: string): Promise<readonly unknown[]> {
  const rows = (await queryRows(url, statement)) as readonly object[];
  return rows.map((row) => Object.values(row)[0] as unknown);
}

/** The version table's rows, sorted; undefined where there is no table. */
export async function versionRows(
  url: string,
  table = "alembic_version",
): Promise<readonly string[] | undefined> {
  const [found] = await queryRows(url, `SELECT 1 AS found WHERE to_regclass('${table}') IS NOT NULL`);
  if (found === undefined) {
    return undefined;
  }
  const rows = (await queryRows(url, `SELECT version_num FROM ${table}`)) as readonly {
    readonly version_num: string;
  }[];
  return rows.map((row) => row.version_num).sort();
}
