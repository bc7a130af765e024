import type { RevisionGraph } from "./graph";
import { descendants } from "./lineage";

/**
 * Revisions of which the version rows do not tell whether they are applied. A row that names no revision may stand on
 * any that is not above a row that does; where a parent of an applied revision is missing, the chain may have led
 * anywhere that is not above what is applied.
 *
 * @param applied what the rows imply, as far as files tell
 */
export function uncertainRevisions(
  graph: RevisionGraph,
  rows: readonly string[],
  applied: ReadonlySet<string>,
): ReadonlySet<string> {
  const hasUnknownRow = rows.some((row) => graph.get(row) === undefined);
  const isBroken = [...applied].some((id) =>
    graph.get(id)?.downRevisions.some((parent) => graph.get(parent) === undefined),
  );
  if (!hasUnknownRow && !isBroken) {
    return new Set();
  }
  const starts = (hasUnknownRow ? rows : [...applied]).flatMap((id) => graph.get(id) ?? []);
  const above = descendants(graph, starts, "lineage-and-dependencies");
  return new Set(
    graph.revisions
      .filter((revision) => !above.has(revision) && !applied.has(revision.revision))
      .map(({ revision }) => revision),
  );
}
