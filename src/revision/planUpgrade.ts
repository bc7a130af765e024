import type { RevisionGraph } from "./graph";
import type { MigrationPlan, PlanRequest } from "./plan";

/** The steps of `upgrade <target>` from these version rows. */
export function planUpgrade(_graph: RevisionGraph, _request: PlanRequest): MigrationPlan {
  throw new Error("not written yet");
}
