import { type Command } from "../context/commandContext";
import { historyRange } from "../revision/history";
import { graphFor } from "../revision/oldFiles";
import { readGraph, readRows } from "../context/readGraph";

/** Alembic's `history`: newest first. The database is asked only where the range or the marks need it. */
export const history: Command<"history"> = async (context, options) => {
  const graph = await readGraph(context);
  const isDatabaseNeeded = options.indicateCurrent === true || rangeNeedsDatabase(options.range);
  const rows = isDatabaseNeeded ? await readRows(context) : undefined;
  return {
    revisions: historyRange(graphFor(graph, rows ?? [], options.range), options.range, rows ?? []),
    currentRows: options.indicateCurrent === true ? rows : undefined,
  };
};

/** Steps are counted from the other end, as Alembic counts them, and not from where the database is. */
function rangeNeedsDatabase(range: string | undefined): boolean {
  return range !== undefined && range.trim().split(":").includes("current");
}
