import { buildGraph, type RevisionGraph } from "./graph";
import { replacementOf, squashedIdOf } from "./squash";

/**
 * The graph for a database with these version rows, and a target. Where one of them names a revision that was squashed, and
 * the old files are still there, those count instead of the squashed revision.
 * @param target any symbol: `a1b2+1`, `label@a1b2`
 */
export function graphFor(graph: RevisionGraph, rows: readonly string[], target = ""): RevisionGraph {
  let present = graph;
  for (;;) {
    const names = [...rows, ...namesIn(present, target)];
    const replaced = names.flatMap((id) => replacementOf(present.squashes, id) ?? []);
    const paths = new Set(replaced.filter(({ isComplete }) => isComplete).map(({ path }) => path));
    if (paths.size === 0) {
      return present;
    }
    present = buildGraph(present.files.filter(({ path }) => !paths.has(path)));
  }
}

/** The squashed ids that the parts of a symbol mean, each whole or its unambiguous beginning. */
function namesIn(graph: RevisionGraph, target: string): readonly string[] {
  return graph.squashes.size === 0
    ? []
    : target.split(/[@:,+-]/).flatMap((name) => squashedIdOf(graph, name) ?? []);
}
