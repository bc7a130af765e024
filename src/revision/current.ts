import type { GraphRevision, RevisionGraph } from "./graph";
import { ancestors } from "./lineage";
import { findRevision } from "./resolve";
import { fromRows } from "./unknownRow";

export interface CurrentRevision {
  readonly revision: GraphRevision;
  /** It has no row of its own: a revision with a row depends on it. */
  readonly isEffective: boolean;
}

/**
 * What `current` lists for these version rows: the newest applied revision of each line, sorted by id. Throws a
 * RevisionError where a row names no revision.
 */
export function currentRevisions(
  graph: RevisionGraph,
  databaseHeads: readonly string[],
): readonly CurrentRevision[] {
  const rows = new Set(
    fromRows(graph, databaseHeads, () => databaseHeads.map((row) => findRevision(graph, row, undefined))),
  );
  const applied = ancestors(graph, rows, "lineage-and-dependencies");
  return [...applied]
    .filter((revision) => !revision.nextRevisions.some((id) => isIn(graph, applied, id)))
    .sort((left, right) => (left.revision < right.revision ? -1 : 1))
    .map((revision) => ({ revision, isEffective: !rows.has(revision) }));
}

function isIn(graph: RevisionGraph, revisions: ReadonlySet<GraphRevision>, id: string): boolean {
  const revision = graph.get(id);
  return revision !== undefined && revisions.has(revision);
}
