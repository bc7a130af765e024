import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { historyRange } from "../../revision/history";

/**
 * All revisions, newest first: in the order of `history` where the graph is sound, else in one that copes with cycles
 * and holes.
 */
export function newestFirst(graph: RevisionGraph): readonly GraphRevision[] {
  if (!graph.problems.some((problem) => problem.fatal)) {
    try {
      return historyRange(graph, undefined, []);
    } catch {
      return childrenFirst(graph);
    }
  }
  return childrenFirst(graph);
}

/** Every revision after all of its children; members of cycles come last, the latest file first. */
export function childrenFirst(graph: RevisionGraph): readonly GraphRevision[] {
  const openChildren = new Map(
    graph.revisions.map((revision) => [revision.revision, revision.allNextRevisions.length]),
  );
  const ready = graph.revisions.filter((revision) => revision.allNextRevisions.length === 0);
  const ordered: GraphRevision[] = [];
  const seen = new Set<string>();
  for (let revision = ready.pop(); revision !== undefined; revision = ready.pop()) {
    if (seen.has(revision.revision)) {
      continue;
    }
    seen.add(revision.revision);
    ordered.push(revision);
    for (const parent of new Set([...revision.downRevisions, ...revision.resolvedDependencies])) {
      const open = (openChildren.get(parent) ?? 0) - 1;
      openChildren.set(parent, open);
      const found = graph.get(parent);
      if (open === 0 && found !== undefined) {
        ready.push(found);
      }
    }
  }
  return [...ordered, ...graph.revisions.filter(({ revision }) => !seen.has(revision)).reverse()];
}
