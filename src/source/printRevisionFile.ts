/** What a new revision file says. */
export interface RevisionFileContent {
  /** Several lines are allowed; the first is the message of the revision. */
  readonly message: string;
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** As it is to stand in the comment, e.g. `2025-10-01 21:15:00`. */
  readonly createDate: string;
  /**
   * Statements, not indented. The names `op`, `sql`, `connection` and `context` in it become the parameter.
   * Left out: a function to be filled in. "": a function that has nothing to do.
   */
  readonly upgradeBody?: string | undefined;
  readonly downgradeBody?: string | undefined;
}

/** Prints a TypeScript revision file, laid out as prettier does by default. */
export function printRevisionFile(_content: RevisionFileContent): string {
  throw new Error("not written yet");
}
