import type { GraphRevision, RevisionGraph } from "./graph";

/** The target of a downgrade that reverts this revision and what stands on it, and leaves other branches alone. */
export function targetBefore(graph: RevisionGraph, revision: GraphRevision): string {
  const [parent] = revision.downRevisions;
  if (parent === undefined) {
    return graph.bases.length > 1 ? `${revision.revision}@base` : "base";
  }
  const isFork = (graph.get(parent)?.nextRevisions.length ?? 0) > 1;
  return isFork ? `${revision.revision}@${parent}` : parent;
}
