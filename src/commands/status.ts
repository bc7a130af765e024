import { readVersionRows } from "../database/versionTable";
import { withDatabase, type Command } from "../context/commandContext";
import { requireOneDatabase } from "../context/namedDatabases";
import { impliedRevisions } from "../revision/lineage";
import { graphFor } from "../revision/oldFiles";
import { uncertainRevisions } from "../revision/uncertainRevisions";
import { versionTableOf } from "../context/versionTableOf";

/** Where the database stands, for marks on a picture of the revisions. */
export const status: Command<"status"> = async (context) => {
  const { graph: whole } = await context.readScripts();
  requireOneDatabase(context, "read");
  return withDatabase(context, async ({ database, description }) => {
    const rows = (await readVersionRows(database.connection, versionTableOf(context.config))).toSorted();
    const graph = graphFor(whole, rows);
    const applied = impliedRevisions(graph, rows);
    const uncertain = uncertainRevisions(graph, rows, applied);
    const ids = graph.revisions.map((entry) => entry.revision);
    return {
      database: description,
      rows,
      applied: ids.filter((id) => applied.has(id)),
      pending: ids.filter((id) => !applied.has(id) && !uncertain.has(id)),
      uncertain: ids.filter((id) => uncertain.has(id)),
      unknownRows: rows.filter((row) => graph.get(row) === undefined),
    };
  });
};
