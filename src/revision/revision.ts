/** One revision as its file states it, before anything is resolved. */
export interface Revision {
  readonly revision: string;
  /** Parents as written; empty for a base. */
  readonly downRevisions: readonly string[];
  /** Branch labels written in this very file. */
  readonly branchLabels: readonly string[];
  /** Ids, partial ids or branch labels, as written. */
  readonly dependsOn: readonly string[];
  /** Ids of revisions that this one stands for, as written. Left out where there are none. */
  readonly replaces?: readonly string[];
  /** First line of the doc comment, "" where there is none. */
  readonly message: string;
  /** Whole doc comment, without comment marks. */
  readonly doc: string;
  /** For display and for opening; "" in graphs that exist in memory only. */
  readonly path: string;
}
