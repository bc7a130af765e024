import { revisionJson } from "../agentTools/revisionJson";
import type { CurrentResult, StatusResult } from "../context/commandTable";
import type { CurrentOutput, StatusOutput } from "../outputs/revisionOutput";

/** What `current --json` prints for a database. */
export function currentJson({ database, rows, revisions }: CurrentResult): CurrentOutput {
  return {
    database,
    rows,
    revisions: revisions.map(({ revision, isEffective }) => ({
      ...revisionJson(revision, rows),
      is_effective_head: isEffective,
    })),
  };
}

/** What `status --json` prints for a database. */
export function statusJson({ unknownRows, ...known }: StatusResult): StatusOutput {
  return { ...known, unknown_rows: unknownRows };
}
