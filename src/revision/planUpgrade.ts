import { inWordsOf } from "./errors";
import { requireSoundGraph, type RevisionGraph } from "./graph";
import type { MigrationPlan, MigrationStep, PlanRequest } from "./plan";
import { revisionsAbove } from "./revisionsAbove";
import { versionRows } from "./versionRows";

/** The steps of `upgrade <target>` from these version rows. Throws a RevisionError where there is no such way. */
export function planUpgrade(graph: RevisionGraph, { databaseHeads, target }: PlanRequest): MigrationPlan {
  requireSoundGraph(graph);
  const unrelated = `Destination ${target} is not a valid upgrade target from current head(s)`;
  const revisions = inWordsOf({ argument: target, unrelated }, () =>
    revisionsAbove(graph, {
      upper: target,
      lower: databaseHeads,
      includeLower: false,
      includeOtherBases: true,
      stopAtEnd: false,
    }),
  );
  const rows = versionRows(graph, databaseHeads);
  const steps = revisions.toReversed().map((revision): MigrationStep => {
    const rowChanges = rows.upgrade(revision);
    return {
      kind: "upgrade",
      direction: "upgrade",
      revision,
      from: revision.downRevisions,
      to: [revision.revision],
      rowChanges,
      headsAfter: rows.current(),
    };
  });
  return { steps, finalHeads: rows.current(), warnings: [] };
}
