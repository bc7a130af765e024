import type { RevisionOutput } from "../outputs/revisionOutput";
import type { GraphRevision } from "../revision/graph";

/** A revision as `--json` gives it. */
export function revisionJson(
  revision: GraphRevision,
  currentRows: readonly string[] | undefined,
): RevisionOutput {
  return {
    revision: revision.revision,
    down_revision: revision.downRevisions,
    branch_labels: revision.labels,
    depends_on: revision.dependsOn,
    ...(revision.replaces === undefined ? {} : { replaces: revision.replaces }),
    message: revision.message,
    path: revision.path,
    is_head: revision.isHead,
    is_branch_point: revision.isBranchPoint,
    is_merge_point: revision.isMergePoint,
    ...(currentRows === undefined ? {} : { is_current: currentRows.includes(revision.revision) }),
  };
}
