import type { GraphRevision, RevisionGraph } from "../../revision/graph";

/** The target of a downgrade that reverts this revision and what stands on it, and leaves other branches alone. */
export function targetBefore(graph: RevisionGraph, revision: GraphRevision): string {
  const [parent] = revision.downRevisions;
  if (parent === undefined) {
    return graph.bases.length > 1 ? `${revision.revision}@base` : "base";
  }
  const isFork = (graph.get(parent)?.nextRevisions.length ?? 0) > 1;
  return isFork ? `${revision.revision}@${parent}` : parent;
}

/** The range of an offline upgrade that runs just this revision: all that it stands on is taken as applied. */
export function upgradeRange(revision: GraphRevision): string {
  return `${revision.normalizedDownRevisions.join(",") || "base"}:${revision.revision}`;
}

/** The range of an offline downgrade that reverts just this revision. */
export function downgradeRange(graph: RevisionGraph, revision: GraphRevision): string {
  return `${revision.revision}:${targetBefore(graph, revision)}`;
}
