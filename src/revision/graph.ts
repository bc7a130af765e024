import type { ChainProblem } from "./problems";
import type { Revision } from "./revision";

/** A revision with what the graph around it says of it. */
export interface GraphRevision extends Revision {
  /** Children by down_revision, in load order. */
  readonly nextRevisions: readonly string[];
  /** Children by down_revision and revisions that depend on this one, in load order. */
  readonly allNextRevisions: readonly string[];
  /** `dependsOn` as revision ids. */
  readonly resolvedDependencies: readonly string[];
  /** Parents and dependencies, without dependencies that an ancestor has already. */
  readonly normalizedDownRevisions: readonly string[];
  /** Own and inherited branch labels. */
  readonly labels: readonly string[];
  readonly isHead: boolean;
  /** A head that nothing depends on either. */
  readonly isRealHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
}

export interface RevisionGraph {
  /** In load order: files sorted by name. */
  readonly revisions: readonly GraphRevision[];
  readonly heads: readonly string[];
  readonly realHeads: readonly string[];
  readonly bases: readonly string[];
  readonly realBases: readonly string[];
  readonly problems: readonly ChainProblem[];
  get(revision: string): GraphRevision | undefined;
}

/**
 * The graph of a set of revisions, given in load order (Alembic sorts files by name), which breaks ties everywhere.
 * Never throws: what is wrong is listed in `problems`, and the rest stays usable for display.
 */
export function buildGraph(_revisions: readonly Revision[]): RevisionGraph {
  throw new Error("not written yet");
}

/** Throws a RevisionError for the first fatal problem, for commands that act on the graph. */
export function requireSoundGraph(_graph: RevisionGraph): void {
  throw new Error("not written yet");
}
