import type { GraphRevision, RevisionGraph } from "./graph";

export interface CurrentRevision {
  readonly revision: GraphRevision;
  /** A branch head that has no row of its own: another row depends on it. */
  readonly isEffective: boolean;
}

/** What `current` lists for these version rows, sorted by id. */
export function currentRevisions(
  _graph: RevisionGraph,
  _databaseHeads: readonly string[],
): readonly CurrentRevision[] {
  throw new Error("not written yet");
}
