import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { targetBefore } from "../../revision/targetBefore";

/** The range of an offline upgrade that runs just this revision: all that it stands on is taken as applied. */
export function upgradeRange(revision: GraphRevision): string {
  return `${revision.normalizedDownRevisions.join(",") || "base"}:${revision.revision}`;
}

/** The newest revisions: of several branches all. */
export function newestSymbol({ heads }: RevisionGraph): "head" | "heads" {
  return heads.length > 1 ? "heads" : "head";
}

/**
 * The range of an offline upgrade of all that a database with these version rows has not; undefined where a row names no
 * revision, so that nobody can tell.
 */
export function pendingRange(graph: RevisionGraph, rows: readonly string[]): string | undefined {
  return rows.every((row) => graph.get(row) !== undefined)
    ? `${rows.join(",") || "base"}:${newestSymbol(graph)}`
    : undefined;
}

/** The range of an offline downgrade that reverts just this revision. */
export function downgradeRange(graph: RevisionGraph, revision: GraphRevision): string {
  return `${revision.revision}:${targetBefore(graph, revision)}`;
}
