import type { RevisionGraph } from "./graph";

export interface NewRevisionRequest {
  readonly revision: string;
  /** Symbols of the parents; `["head"]` where not given. */
  readonly head?: string | readonly string[];
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  /** Ids, partial ids or labels. */
  readonly dependsOn?: readonly string[];
}

export interface NewRevision {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
}

/** What the header of a new revision file must say. Throws a RevisionError before anything is written. */
export function planNewRevision(_graph: RevisionGraph, _request: NewRevisionRequest): NewRevision {
  throw new Error("not written yet");
}
