import { existsSync } from "node:fs";
import { DatabaseError, type DatabaseErrorCode } from "../../database/databaseError";
import type { Connection } from "../../database/connection";
import { readVersionRows } from "../../database/versionTable";
import { quoteQualifiedName } from "../../sql/quote";
import type { TypeormDataSource } from "../../typeorm/typeormTypes";
import { withDatabase, type CommandContext } from "../commandContext";
import type { DatabaseDescription } from "../events";
import { versionTableOf } from "../versionTableOf";

/** What a database says of the migrations that ran on it. */
export type RanAnswer =
  | {
      readonly kind: "answered";
      readonly database: DatabaseDescription;
      /** Names that TypeORM's table lists. */
      readonly ran: ReadonlySet<string>;
      /** Of our version table. */
      readonly rows: readonly string[];
    }
  | { readonly kind: "not-asked"; readonly reason: string };

/** Failures after which there may well be a database tomorrow. */
const absences = new Set<DatabaseErrorCode>(["unreachable", "authentication-failed", "no-such-database"]);

/**
 * Reads TypeORM's table of migrations, which is never written, and the version table.
 * @param isRequired a database that does not answer is a failure
 * @throws DatabaseError
 */
export async function readRanMigrations(
  context: CommandContext,
  dataSource: TypeormDataSource,
  isRequired: boolean,
): Promise<RanAnswer> {
  const target = await context.chosenTarget();
  if (target.kind === "sqlite") {
    return {
      kind: "not-asked",
      reason: "the database is SQLite, where TypeORM's PostgreSQL migrations never ran",
    };
  }
  if (target.kind === "embedded" && !existsSync(target.directory)) {
    return { kind: "not-asked", reason: "no database is named, and there is no embedded one yet" };
  }
  try {
    return await withDatabase(context, async ({ database, description }) => ({
      kind: "answered",
      database: description,
      ran: await readNames(database.connection, migrationsTable(dataSource)),
      rows: await readVersionRows(database.connection, versionTableOf(context.config)),
    }));
  } catch (error) {
    if (isRequired || !(error instanceof DatabaseError) || !absences.has(error.code)) {
      throw error;
    }
    return { kind: "not-asked", reason: `the database did not answer: ${error.message}` };
  }
}

/** The table's name, quoted, as TypeORM makes it up (`MigrationExecutor`). */
function migrationsTable({ options }: TypeormDataSource): string {
  return quoteQualifiedName(options.schema, options.migrationsTableName ?? "migrations");
}

async function readNames(connection: Connection, table: string): Promise<ReadonlySet<string>> {
  // Another program's table of that name may have other columns.
  const columns = await connection.query(
    `SELECT attname FROM pg_catalog.pg_attribute
      WHERE attrelid = to_regclass($1) AND attname IN ('name', 'timestamp') AND NOT attisdropped`,
    [table],
  );
  if (columns.length < 2) {
    return new Set();
  }
  const rows = await connection.query(`SELECT name FROM ${table}`);
  return new Set(rows.map((row) => String(row["name"])));
}
