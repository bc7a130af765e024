import type { GraphRevision, RevisionGraph } from "./graph";
import { topologicalOrder } from "./topologicalOrder";

/**
 * All revisions, newest first: as `history` prints them, and for a broken graph as near to that as it allows. What
 * hangs on a cycle comes last.
 */
export function displayOrder(graph: RevisionGraph): readonly GraphRevision[] {
  const hasCycle = graph.problems.some(({ kind }) => kind === "cycle" || kind === "dependency-cycle");
  const heads = graph.realHeads.flatMap((id) => graph.get(id) ?? []);
  const order = hasCycle ? undefined : topologicalOrder(graph, new Set(graph.revisions), heads);
  return order ?? childrenFirst(graph);
}

function childrenFirst(graph: RevisionGraph): readonly GraphRevision[] {
  const waitingFor = new Map(graph.revisions.map((revision) => [revision, revision.allNextRevisions.length]));
  const order = graph.revisions.filter((revision) => waitingFor.get(revision) === 0).toReversed();
  // The list grows while it is walked.
  for (const revision of order) {
    for (const id of new Set([...revision.downRevisions, ...revision.resolvedDependencies])) {
      const below = graph.get(id);
      const left = (below === undefined ? undefined : waitingFor.get(below)) ?? 0;
      if (below !== undefined && below !== revision) {
        waitingFor.set(below, left - 1);
        if (left === 1) {
          order.push(below);
        }
      }
    }
  }
  return [...new Set([...order, ...graph.revisions.toReversed()])];
}
