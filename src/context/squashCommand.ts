export interface SquashOptions {
  /** `A:B`, both included. */
  readonly range: string;
  readonly message?: string;
  /** Go on where revisions of the range change rows, which the proof does not cover. */
  readonly acceptDataSteps?: boolean;
  /** Give the file's text and write nothing. */
  readonly dryRun?: boolean;
}

/** A statement of a squashed revision that may change rows. */
export interface DataStep {
  readonly revision: string;
  readonly message: string;
  readonly direction: "upgrade" | "downgrade";
  readonly statement: string;
  /** False: the revision's own code sends it through `connection`, so that it is not part of the squashed revision. */
  readonly isKept: boolean;
}

export interface SquashResult {
  readonly revision: string;
  readonly path: string;
  readonly text: string;
  readonly isWritten: boolean;
  /** The ids that the file stands for, its own among them. */
  readonly replaces: readonly string[];
  /** What it is made of: the difference of the schema before and after, or all operations of the revisions. */
  readonly form: "difference" | "operations";
  readonly dataSteps: readonly DataStep[];
  /** The revision of the range that can't be reverted, so that the squashed one can't be either. */
  readonly irreversible: string | undefined;
}

export interface PruneOptions {
  /** Ids of squashed revisions whose old files go; all if left out. */
  readonly revisions?: readonly string[];
  /** List the files, and remove none. */
  readonly dryRun?: boolean;
}

export interface PruneResult {
  /** The old files, absolute. */
  readonly files: readonly string[];
  readonly isRemoved: boolean;
  /** The databases that were asked, by the names of their environments. */
  readonly databases: readonly string[];
}
