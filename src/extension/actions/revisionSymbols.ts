import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { targetBefore } from "../../revision/targetBefore";

/** The range of an offline upgrade that runs just this revision: all that it stands on is taken as applied. */
export function upgradeRange(revision: GraphRevision): string {
  return `${revision.normalizedDownRevisions.join(",") || "base"}:${revision.revision}`;
}

/** The range of an offline downgrade that reverts just this revision. */
export function downgradeRange(graph: RevisionGraph, revision: GraphRevision): string {
  return `${revision.revision}:${targetBefore(graph, revision)}`;
}
