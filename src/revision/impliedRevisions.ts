import type { RevisionGraph } from "./graph";

/** The rows and everything below them, parents and dependencies alike; broken links are passed over. */
export function impliedRevisions(graph: RevisionGraph, rows: readonly string[]): ReadonlySet<string> {
  const implied = new Set<string>();
  const waiting = [...rows];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const revision = graph.get(id);
    if (revision === undefined || implied.has(id)) {
      continue;
    }
    implied.add(id);
    waiting.push(...revision.downRevisions, ...revision.resolvedDependencies);
  }
  return implied;
}
