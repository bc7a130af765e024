import { checkBranches as checkPairs } from "../commute/checkBranches";
import type { Command } from "../context/commandContext";
import { readSoundGraph } from "../context/readGraph";
import { resolveRevisions } from "../revision/resolve";

/** Tells of each pair of heads, or of these revisions, whether their branches can be applied in either order. */
export const checkBranches: Command<"checkBranches"> = async (context, { revisions = ["heads"] }) => {
  const graph = await readSoundGraph(context);
  const named = revisions.flatMap((symbol) => resolveRevisions(graph, symbol));
  const ids = [...new Set(named.map(({ revision }) => revision))];
  return { pairs: await checkPairs(context, graph, ids) };
};
