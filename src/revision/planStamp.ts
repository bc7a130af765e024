import type { RevisionGraph } from "./graph";
import type { MigrationPlan } from "./plan";

export interface StampRequest {
  /** Rows of the version table. */
  readonly databaseHeads: readonly string[];
  readonly targets: readonly string[];
  /** Forget all rows first, whatever they name. */
  readonly purge?: boolean;
}

/** The version row changes of `stamp <targets>`. */
export function planStamp(_graph: RevisionGraph, _request: StampRequest): MigrationPlan {
  throw new Error("not written yet");
}
