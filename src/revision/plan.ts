import type { GraphRevision } from "./graph";

/** One statement on the version table; each must touch exactly one row. */
export type VersionRowChange =
  | { readonly kind: "insert"; readonly revision: string }
  | { readonly kind: "update"; readonly from: string; readonly to: string }
  | { readonly kind: "delete"; readonly revision: string };

export interface MigrationStep {
  readonly kind: "upgrade" | "downgrade" | "stamp";
  /** The revision whose function runs, or that is stamped; undefined for a stamp to base. */
  readonly revision: GraphRevision | undefined;
  /** Which way the database moves; of a stamp too. */
  readonly direction: "upgrade" | "downgrade";
  /** Revisions before and after this step, without dependencies, as the log prints them; empty is base. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** In the order in which they must be made. */
  readonly rowChanges: readonly VersionRowChange[];
  /** Rows of the version table after this step, sorted. */
  readonly headsAfter: readonly string[];
}

export interface MigrationPlan {
  readonly steps: readonly MigrationStep[];
  /** Rows of the version table after the last step, sorted. */
  readonly finalHeads: readonly string[];
  /** What a user should be told though the plan stands. */
  readonly warnings: readonly string[];
}

export interface PlanRequest {
  /** Rows of the version table. */
  readonly databaseHeads: readonly string[];
  readonly target: string;
}
