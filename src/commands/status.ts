import { readVersionRows } from "../database/versionTable";
import type { RevisionGraph } from "../revision/graph";
import { withDatabase, type Command } from "./commandContext";
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

/** The rows and everything below them, parents and dependencies alike; broken links are passed over. */
function impliedRevisions(graph: RevisionGraph, rows: readonly string[]): ReadonlySet<string> {
  const implied = new Set<string>();
  const waiting = [...rows];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const revision = graph.get(id);
    if (revision === undefined || implied.has(id)) {
      continue;
    }
    implied.add(id);
    waiting.push(...revision.downRevisions, ...revision.resolvedDependencies);
  }
  return implied;
}
