import type { GraphRevision } from "../revision/graph";

/** A revision in `--json` output; its keys are Alembic's own. */
export interface RevisionJson {
  readonly revision: string;
  readonly down_revision: readonly string[];
  readonly branch_labels: readonly string[];
  readonly depends_on: readonly string[];
  /** Only of squashed revisions. */
  readonly replaces?: readonly string[];
  readonly message: string;
  readonly path: string;
  readonly is_head: boolean;
  readonly is_branch_point: boolean;
  readonly is_merge_point: boolean;
  /** Absent where the database was not asked. */
  readonly is_current?: boolean;
}

/** A revision as `--json` gives it. */
export function revisionJson(
  revision: GraphRevision,
  currentRows: readonly string[] | undefined,
): RevisionJson {
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
