import { createVersionTableSql, locateVersionTable, versionTableExists } from "../database/versionTable";
import { withDatabase, type Command } from "../context/commandContext";
import { requireOneDatabase } from "../context/namedDatabases";
import { takeLock } from "./migrate";
import { requirePersonInProduction } from "./plan/approval";
import { versionTableOf } from "../context/versionTableOf";

/** Alembic's `ensure_version`: makes the version table where it is missing, or gives the SQL that does. */
export const ensureVersion: Command<"ensureVersion"> = async (context, options) => {
  const table = versionTableOf(context.config);
  if (options.sql === true) {
    return { sql: `BEGIN;\n\n${createVersionTableSql(table)};\n\nCOMMIT;\n` };
  }
  requireOneDatabase(context);
  await requirePersonInProduction(context);
  await withDatabase(context, async (opened) => {
    const { connection } = opened.database;
    const lock = await takeLock(context, opened, await locateVersionTable(connection, table));
    try {
      if (!(await versionTableExists(connection, table))) {
        await connection.run(createVersionTableSql(table));
      }
    } finally {
      await lock.release();
    }
  });
  return { sql: undefined };
};
