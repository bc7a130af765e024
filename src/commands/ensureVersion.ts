import {
  createVersionTableSql,
  locateVersionTable,
  makeVersionTable,
  versionTableExists,
} from "../database/versionTable";
import { withDatabase, type Command } from "../context/commandContext";
import { requireOneDatabase } from "../context/namedDatabases";
import { takeLock } from "./migrate";
import { requirePersonInProduction } from "./plan/approval";
import { versionTableOf } from "../context/versionTableOf";

/** Alembic's `ensure_version`: makes the version table where it is missing, or gives the SQL that does. */
export const ensureVersion: Command<"ensureVersion"> = async (context, options) => {
  const table = versionTableOf(context.config);
  if (options.sql === true) {
    return { kind: "sql", text: `BEGIN;\n\n${createVersionTableSql(table)};\n\nCOMMIT;\n` };
  }
  requireOneDatabase(context, "change");
  await requirePersonInProduction(context);
  return withDatabase(context, async (opened) => {
    const { connection } = opened.database;
    const lock = await takeLock(context, opened, await locateVersionTable(connection, table));
    try {
      const isCreated = !(await versionTableExists(connection, table));
      if (isCreated) {
        await makeVersionTable((text) => connection.run(text), table);
      }
      const { schema, name } = await locateVersionTable(connection, table);
      return {
        kind: "ensured",
        database: opened.description,
        versionTable: [schema ?? [], name].flat().join("."),
        isCreated,
      };
    } finally {
      await lock.release();
    }
  });
};
