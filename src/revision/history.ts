import type { GraphRevision, RevisionGraph } from "./graph";

/** What `history -r <range>` prints, newest first; both ends are included. Without a range: everything. */
export function historyRange(
  _graph: RevisionGraph,
  _range: string | undefined,
  _databaseHeads: readonly string[],
): readonly GraphRevision[] {
  throw new Error("not written yet");
}
