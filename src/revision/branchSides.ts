import type { RevisionGraph } from "./graph";

/** Which heads are new, and which others have already. */
export interface BranchSides {
  /** Heads that only this work has. */
  readonly own: readonly string[];
  /** Heads of the main branch. */
  readonly main: readonly string[];
}

/** @param isNew whether the main branch does not have a revision's file */
export function branchSides(graph: RevisionGraph, isNew: (path: string) => boolean): BranchSides {
  const isOwn = (head: string): boolean => isNew(graph.get(head)?.path ?? "");
  return {
    own: graph.heads.filter(isOwn),
    main: graph.heads.filter((head) => !isOwn(head)),
  };
}
