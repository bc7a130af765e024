import type { GraphRevision, RevisionGraph } from "./graph";
import { needsOf, reachedIds } from "./lineage";

/** Whether, and how, a branch can be put on another revision. */
export type BranchMove =
  | {
      readonly kind: "move";
      /** The first revision of the branch, whose parent is to become the other revision. */
      readonly first: GraphRevision;
      /** All that comes along: the first revision and all that stand on it, in the order of the graph. */
      readonly moved: readonly string[];
      /** What the branch then stands on and did not before. */
      readonly gained: readonly string[];
    }
  /** It stands there already. */
  | { readonly kind: "in-place" }
  /** It begins with several revisions, so that there is no one parent to change. */
  | { readonly kind: "several-firsts"; readonly firsts: readonly string[] }
  /** The other revision needs a revision of the branch. */
  | { readonly kind: "needed"; readonly by: string };

const parentsOf = ({ downRevisions }: GraphRevision): readonly string[] => downRevisions;

/** How the branch that ends at `tip` is put on `onto`: the branch is what `tip` stands on and `onto` does not. */
export function moveBranch(graph: RevisionGraph, tip: string, onto: string): BranchMove {
  const below = reachedIds(graph, [onto], parentsOf);
  const own = reachedIds(graph, [tip], parentsOf);
  const branch = [...own].filter((revision) => !below.has(revision));
  const firsts = branch.flatMap((id) => {
    const revision = graph.get(id);
    const isFirst = revision?.downRevisions.every((parent) => below.has(parent) || !own.has(parent));
    return revision !== undefined && isFirst === true ? [revision] : [];
  });
  const [first] = firsts;
  if (first === undefined) {
    return { kind: "in-place" };
  }
  if (firsts.length > 1) {
    return { kind: "several-firsts", firsts: firsts.map(({ revision }) => revision) };
  }
  const needed = reachedIds(graph, [onto], needsOf);
  if (branch.some((revision) => needed.has(revision))) {
    return { kind: "needed", by: onto };
  }
  if (first.downRevisions.length === 1 && first.downRevisions[0] === onto) {
    return { kind: "in-place" };
  }
  const above = reachedIds(graph, [first.revision], ({ nextRevisions }) => nextRevisions);
  const before = reachedIds(graph, first.downRevisions, needsOf);
  return {
    kind: "move",
    first,
    moved: graph.revisions.map(({ revision }) => revision).filter((revision) => above.has(revision)),
    gained: [...needed].filter((revision) => !before.has(revision)),
  };
}
