import type { GraphRevision, RevisionGraph } from "./graph";
import { topologicalOrder } from "./topologicalOrder";

/** For each revision. Graphs of people need two or three; one that is made to take long is shown in another order. */
const stepsPerRevision = 50;

/**
 * All revisions, newest first: as `history` prints them, and for a broken graph as near to that as it allows. What
 * hangs on a cycle comes last.
 */
export function displayOrder(graph: RevisionGraph): readonly GraphRevision[] {
  const hasCycle = graph.problems.some(({ kind }) => kind === "cycle" || kind === "dependency-cycle");
  const heads = graph.realHeads.flatMap((id) => graph.get(id) ?? []);
  const order = hasCycle
    ? undefined
    : topologicalOrder(graph, new Set(graph.revisions), heads, mostSteps(graph));
  return order ?? childrenFirst(graph);
}

function mostSteps({ revisions }: RevisionGraph): number {
  return 10_000 + stepsPerRevision * revisions.length;
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
