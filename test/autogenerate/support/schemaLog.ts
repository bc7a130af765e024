import type { DataSource } from "typeorm";
import { withClient } from "../../support/withClient";

/** What TypeORM keeps of views and generated columns, for itself alone: no revision makes it. */
export interface Bookkeeping {
  readonly createTable: string;
  readonly rows: readonly (readonly unknown[])[];
}

const columns = ["type", "database", "schema", "table", "name", "value"] as const;
const quotedColumns = columns.map((name) => `"${name}"`).join(", ");

/** The book-keeping of a database that `synchronize()` has made, for `takeBookkeeping`; undefined where it has none. */
export function readBookkeeping(url: string, table = "typeorm_metadata"): Promise<Bookkeeping | undefined> {
  return withClient(url, async (client) => {
    const found = await client.query<{ readonly path: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS path FROM pg_tables WHERE tablename = $1",
      [table],
    );
    const path = found.rows[0]?.path;
    if (path === undefined) {
      return undefined;
    }
    const { rows } = await client.query<Readonly<Record<(typeof columns)[number], unknown>>>(
      `SELECT ${quotedColumns} FROM ${path}`,
    );
    return {
      createTable: `CREATE TABLE IF NOT EXISTS ${path} ("type" varchar NOT NULL, "database" varchar, "schema" varchar, "table" varchar, "name" varchar, "value" text); DELETE FROM ${path}; INSERT INTO ${path} (${quotedColumns})`,
      rows: rows.map((row) => columns.map((name) => row[name])),
    };
  });
}

/** Gives another database the book-keeping that TypeORM would have there. */
export async function takeBookkeeping(url: string, bookkeeping: Bookkeeping | undefined): Promise<void> {
  if (bookkeeping === undefined) {
    return;
  }
  const [create = "", empty = "", insert = ""] = bookkeeping.createTable.split("; ");
  await withClient(url, async (client) => {
    await client.query(`${create}; ${empty}`);
    const database = decodeURIComponent(new URL(url).pathname.slice(1));
    for (const row of bookkeeping.rows) {
      const values = row.map((value, at) =>
        columns[at] === "database" && value !== null ? database : value,
      );
      await client.query(`${insert} VALUES ($1, $2, $3, $4, $5, $6)`, values);
    }
  });
}

/**
 * What TypeORM's `schema:log` would do to the DataSource's database: after `synchronize()` this is what it says for ever of
 * some entities, else nothing.
 */
export async function schemaLog(dataSource: DataSource): Promise<readonly string[]> {
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const database = String(dataSource.driver.database);
    // In the order of the catalog's rows, which nobody chooses.
    const queries = upQueries.map(({ query, parameters }) =>
      `${query}${parameters === undefined ? "" : ` ${JSON.stringify(parameters)}`}`.replaceAll(
        database,
        "<database>",
      ),
    );
    return queries.sort();
  } finally {
    await dataSource.destroy();
  }
}
