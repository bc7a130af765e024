import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { needsOf, reachedIds } from "../../revision/lineage";
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

/**
 * The range of an offline upgrade from the lowest of these revisions through the highest, with all between them;
 * undefined where no one of them is above, or below, all others.
 */
export function rangeOfSelected(graph: RevisionGraph, ids: readonly string[]): string | undefined {
  const below = new Map(ids.map((id) => [id, reachedIds(graph, [id], needsOf)]));
  const highest = ids.find((id) => ids.every((other) => below.get(id)?.has(other)));
  const lowest = ids.find((id) => ids.every((other) => below.get(other)?.has(id)));
  const first = lowest === undefined ? undefined : graph.get(lowest);
  return highest === undefined || first === undefined
    ? undefined
    : `${first.normalizedDownRevisions.join(",") || "base"}:${highest}`;
}
