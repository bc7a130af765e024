import type { Connection } from "../../database/connection";
import { readVersionRows } from "../../database/versionTable";
import type { RevisionGraph } from "../../revision/graph";
import { impliedRevisions } from "../../revision/lineage";
import type { CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import { versionTableOf } from "../../context/versionTableOf";

/**
 * Refuses a database that is not at every head: the difference would hold what the pending revisions do.
 * @returns the rows of its version table
 * @throws {CommandError} `not-up-to-date`, in Alembic's words
 */
export async function requireUpToDate(
  context: CommandContext,
  graph: RevisionGraph,
  connection: Connection,
): Promise<readonly string[]> {
  const rows = await readVersionRows(connection, versionTableOf(context.config));
  // A row stands for the revisions that it depends on, too.
  const reached = impliedRevisions(graph, rows);
  const pending = graph.heads.filter((head) => !reached.has(head));
  const unknown = rows.filter((row) => graph.get(row) === undefined);
  if (pending.length === 0 && unknown.length === 0) {
    return rows;
  }
  const at =
    rows.length === 0
      ? "no revision has been applied to the database"
      : `the database is at ${rows.join(", ")}`;
  throw new CommandError(
    "not-up-to-date",
    "Target database is not up to date.",
    unknown.length > 0
      ? `No file has revision ${unknown.join(", ")}, which the version table names.`
      : `The head is ${graph.heads.join(", ")}, and ${at}. Run \`alembic-ts upgrade ${graph.heads.length > 1 ? "heads" : "head"}\` first.`,
  );
}
