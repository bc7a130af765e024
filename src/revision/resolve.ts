import type { GraphRevision, RevisionGraph } from "./graph";

/** The revisions that a symbol names (`ae10`, `head`, `heads`, `label@head`, `-1`, `current`); none for `base`. */
export function resolveRevisions(
  _graph: RevisionGraph,
  _symbol: string,
  _databaseHeads?: readonly string[],
): readonly GraphRevision[] {
  throw new Error("not written yet");
}

/** The one revision that a symbol names; undefined for `base`. */
export function resolveRevision(
  _graph: RevisionGraph,
  _symbol: string,
  _databaseHeads?: readonly string[],
): GraphRevision | undefined {
  throw new Error("not written yet");
}
