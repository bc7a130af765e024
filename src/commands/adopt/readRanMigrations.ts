import { existsSync } from "node:fs";
import { DatabaseError, type DatabaseErrorCode } from "../../database/databaseError";
import { readVersionRows } from "../../database/versionTable";
import type { TypeormDataSource } from "../../typeorm/typeormTypes";
import { withDatabase, type CommandContext } from "../../context/commandContext";
import type { DatabaseDescription } from "../../context/events";
import { readRanNames } from "../../run/typeorm/ranMigrations";
import { versionTableOf } from "../../context/versionTableOf";

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
 * Reads TypeORM's table of migrations, and the version table.
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
      ran: await readRanNames(database.connection, dataSource),
      rows: await readVersionRows(database.connection, versionTableOf(context.config)),
    }));
  } catch (error) {
    if (isRequired || !(error instanceof DatabaseError) || !absences.has(error.code)) {
      throw error;
    }
    return { kind: "not-asked", reason: `the database did not answer: ${error.message}` };
  }
}
