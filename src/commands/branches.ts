import { type Command } from "../context/commandContext";
import { historyRange } from "../revision/history";
import { readGraph } from "../context/readGraph";

/** Alembic's `branches`: revisions with more than one child, newest first. */
export const branches: Command<"branches"> = async (context) => {
  const graph = await readGraph(context);
  const revisions = historyRange(graph, undefined, []).filter((revision) => revision.isBranchPoint);
  return { revisions, currentRows: undefined };
};
