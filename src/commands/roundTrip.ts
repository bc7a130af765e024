import type { Command, CommandContext } from "../context/commandContext";
import { readSoundGraph } from "../context/readGraph";
import type { RoundTripOptions } from "../context/commandTable";
import type { RevisionGraph } from "../revision/graph";
import { resolveRevisions } from "../revision/resolve";
import { roundTrip as tryRevisions } from "../roundTrip/roundTrip";
import { revisionsSince } from "./lintSelection";

/** Tries revisions on an empty database: those that are named, those since a revision or commit, or all. */
export const roundTrip: Command<"roundTrip"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  return tryRevisions(context, graph, {
    revisions: await wantedRevisions(context, graph, options),
    isAtOnce: options.revisions === undefined,
    database: options.database,
  });
};

async function wantedRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  { revisions, since }: RoundTripOptions,
): Promise<ReadonlySet<string>> {
  if (revisions !== undefined) {
    return new Set(
      revisions.flatMap((symbol) => resolveRevisions(graph, symbol)).map(({ revision }) => revision),
    );
  }
  return since === undefined
    ? new Set(graph.revisions.map(({ revision }) => revision))
    : revisionsSince(context, graph, since);
}
