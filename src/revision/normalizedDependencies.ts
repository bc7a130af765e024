import { append, type Links, type RevisionNode } from "./links";

const none: readonly RevisionNode[] = [];

/**
 * Gives the dependencies of a revision without those that one of its ancestors has as well (Alembic's
 * `_normalize_depends_on`). Only a dependency that several revisions share needs a walk, so that one walk for each
 * of those is all it takes.
 */
export function normalizedDependencies(links: Links): (node: RevisionNode) => readonly RevisionNode[] {
  if (!links.hasDependencies) {
    return () => none;
  }
  const inheritedBy = inheritedDependencies(links);
  return (node) => node.dependencies.filter((dependency) => inheritedBy.get(dependency)?.has(node) !== true);
}

/** For each shared dependency, the revisions that have an ancestor with it. */
function inheritedDependencies({ nodes }: Links): ReadonlyMap<RevisionNode, ReadonlySet<RevisionNode>> {
  const dependants = new Map<RevisionNode, RevisionNode[]>();
  for (const node of nodes.values()) {
    for (const dependency of node.dependencies) {
      append(dependants, dependency, node);
    }
  }
  const inherited = new Map<RevisionNode, ReadonlySet<RevisionNode>>();
  for (const [dependency, users] of dependants) {
    if (users.length > 1) {
      inherited.set(dependency, strictDescendants(users));
    }
  }
  return inherited;
}

function strictDescendants(starts: readonly RevisionNode[]): ReadonlySet<RevisionNode> {
  const reached = new Set<RevisionNode>();
  const todo = [...starts];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const child of node.children) {
      if (!reached.has(child)) {
        reached.add(child);
        todo.push(child);
      }
    }
  }
  return reached;
}
