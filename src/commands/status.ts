import { readVersionRows } from "../database/versionTable";
import { withDatabase, type Command } from "./commandContext";
import { impliedRevisions } from "./impliedRevisions";
import { versionTableOf } from "./versionTableOf";

/** Where the database stands, for marks on a picture of the revisions. */
export const status: Command<"status"> = async (context) => {
  const { graph } = await context.readScripts();
  return withDatabase(context, async ({ database, description }) => {
    const rows = (await readVersionRows(database.connection, versionTableOf(context.config))).toSorted();
    const applied = impliedRevisions(graph, rows);
    return {
      database: description,
      rows,
      applied: graph.revisions.map((entry) => entry.revision).filter((id) => applied.has(id)),
      pending: graph.revisions.map((entry) => entry.revision).filter((id) => !applied.has(id)),
      unknownRows: rows.filter((row) => graph.get(row) === undefined),
    };
  });
};
