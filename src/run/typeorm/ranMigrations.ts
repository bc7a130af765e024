import type { Connection } from "../../database/connection";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import {
  migrationsTable,
  migrationsTableColumns,
  type MigrationsTable,
} from "../../typeorm/adopt/migrationsTable";
import type { TypeormDataSource } from "../../typeorm/typeormTypes";

/** What identifies a migration in TypeORM's table. */
export type ListedMigration = Pick<TypeormMigration, "name" | "timestamp">;

/** TypeORM's list of the migrations that ran, kept in the transaction of a run. */
export interface RanMigrations {
  readonly table: MigrationsTable;
  /**
   * Makes the table where it is missing and can be made, as TypeORM does before its first migration, and reads it.
   * Nothing where that was done.
   */
  open(isToBeMade: boolean): Promise<void>;
  /** Whether it has that name; undefined where there is no such table, or none that can be asked. */
  lists(name: string): boolean | undefined;
  add(migration: ListedMigration): Promise<void>;
  remove(migration: ListedMigration): Promise<void>;
}

export interface RanMigrationsOptions {
  readonly dataSource: TypeormDataSource;
  /** Undefined where a script is written: then nothing is asked, and the statements are printed. */
  readonly connection: Connection | undefined;
  /** Runs a statement inside the transaction; may resolve as soon as it is on its way. */
  readonly run: (text: string, values?: readonly unknown[]) => Promise<unknown>;
}

/** Keeps the list of one run on one database. */
export function keepRanMigrations({ dataSource, connection, run }: RanMigrationsOptions): RanMigrations {
  const table = migrationsTable(dataSource);
  let names: Set<string> | undefined;

  async function open(isToBeMade: boolean): Promise<void> {
    if (names !== undefined) {
      return;
    }
    if (connection === undefined) {
      if (isToBeMade) {
        await run(table.createSql);
      }
      names = new Set();
      return;
    }
    const state = await tableState(connection, table);
    if (state === "ready") {
      names = new Set(await readNames(connection, table));
    } else if (state === "missing" && isToBeMade) {
      await run(table.createSql);
      names = new Set();
    }
  }

  return {
    table,
    open,
    lists: (name) => (connection === undefined ? undefined : names?.has(name)),
    async add({ name, timestamp }) {
      // Its schema may be what the migration has made.
      await open(true);
      if (names !== undefined) {
        names.add(name);
        await run(`INSERT INTO ${table.quotedName} ("timestamp", "name") VALUES ($1, $2)`, [timestamp, name]);
      }
    },
    async remove({ name }) {
      if (names !== undefined) {
        names.delete(name);
        await run(`DELETE FROM ${table.quotedName} WHERE "name" = $1`, [name]);
      }
    },
  };
}

/** Names that TypeORM's table lists; none where there is no table of its own. */
export async function readRanNames(
  connection: Connection,
  dataSource: TypeormDataSource,
): Promise<ReadonlySet<string>> {
  const table = migrationsTable(dataSource);
  const isReady = (await tableState(connection, table)) === "ready";
  return new Set(isReady ? await readNames(connection, table) : []);
}

/** `unusable`: the schema is missing, or the table is another program's. */
async function tableState(
  connection: Connection,
  { schema, quotedName }: MigrationsTable,
): Promise<"ready" | "missing" | "unusable"> {
  const [row] = await connection.query(
    `SELECT to_regclass($1) IS NOT NULL AS is_there,
            ($2::text IS NULL OR EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = $2)) AS has_place,
            (SELECT count(*)::int FROM pg_catalog.pg_attribute
              WHERE attrelid = to_regclass($1) AND attname = ANY ($3::text[]) AND NOT attisdropped) AS columns`,
    [quotedName, schema ?? null, migrationsTableColumns],
  );
  if (row?.["is_there"] !== true) {
    return row?.["has_place"] === true ? "missing" : "unusable";
  }
  return row["columns"] === migrationsTableColumns.length ? "ready" : "unusable";
}

async function readNames(
  connection: Connection,
  { quotedName }: MigrationsTable,
): Promise<readonly string[]> {
  const rows = await connection.query(`SELECT "name" FROM ${quotedName}`);
  return rows.map((row) => String(row["name"]));
}
