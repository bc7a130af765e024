import { createVersionTableSql, versionTableExists } from "../database/versionTable";
import { withDatabase, type Command } from "./commandContext";
import { versionTableOf } from "./versionTableOf";

/** Alembic's `ensure_version`: makes the version table where it is missing, or gives the SQL that does. */
export const ensureVersion: Command<"ensureVersion"> = async (context, options) => {
  const table = versionTableOf(context.config);
  if (options.sql === true) {
    return { sql: `BEGIN;\n\n${createVersionTableSql(table)};\n\nCOMMIT;\n` };
  }
  await withDatabase(context, async ({ database }) => {
    if (!(await versionTableExists(database.connection, table))) {
      await database.connection.run(createVersionTableSql(table));
    }
  });
  return { sql: undefined };
};
