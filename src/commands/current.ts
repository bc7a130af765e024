import { type Command, withDatabase } from "../context/commandContext";
import { requireOneDatabase } from "../context/namedDatabases";
import { CommandError } from "../context/commandError";
import type { CurrentResult } from "../context/commandTable";
import { currentRevisions } from "../revision/current";
import type { RevisionGraph } from "../revision/graph";
import { graphFor } from "../revision/oldFiles";
import { readGraph } from "../context/readGraph";
import { readVersionRows } from "../database/versionTable";
import { versionTableOf } from "../context/versionTableOf";

/**
 * Alembic's `current`. A head that another row depends on is listed as an effective head, and counts for
 * `checkHeads`: upstream's own check can never pass in that case.
 * @throws CommandError `not-at-head` with `checkHeads`.
 */
export const current: Command<"current"> = async (context, options) => {
  const whole = await readGraph(context);
  requireOneDatabase(context, "read");
  return withDatabase(context, async ({ database, description }) => {
    const rows = await readVersionRows(database.connection, versionTableOf(context.config));
    const graph = graphFor(whole, rows);
    const revisions = currentRevisions(graph, rows);
    if (options.checkHeads === true && !isAtHeads(graph, { rows, revisions })) {
      throw new CommandError("not-at-head", "Database is not on all head revisions", "Run `upgrade heads`.");
    }
    return { database: description, rows: rows.toSorted(), revisions };
  });
};

/** Whether a database that is where `current` says is at every head. */
export function isAtHeads(
  graph: RevisionGraph,
  { rows, revisions }: Pick<CurrentResult, "rows" | "revisions">,
): boolean {
  const reached = new Set([...rows, ...revisions.map((entry) => entry.revision.revision)]);
  return graph.heads.every((head) => reached.has(head));
}
