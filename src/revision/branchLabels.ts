import type { Links, RevisionNode } from "./links";

const none: readonly string[] = [];

/**
 * Own and inherited labels of each revision, sorted; there may be no entry for one without any. A label goes to all
 * descendants; and from a revision that is on the last, unbranched stretch of its line also to those before it, down
 * to the branch or merge point where that stretch begins (Alembic's `_add_branches`).
 */
export function branchLabels({ nodes, labelOwners }: Links): ReadonlyMap<RevisionNode, readonly string[]> {
  const labels = new Map<RevisionNode, readonly string[]>();
  if (labelOwners.size === 0 && !hasLabels(nodes.values())) {
    return labels;
  }
  for (const node of parentsFirst([...nodes.values()])) {
    const inherited = node.parents.map((parent) => labels.get(parent) ?? none);
    labels.set(node, union([node.revision.branchLabels, ...inherited]));
  }
  for (const node of nodes.values()) {
    if (node.revision.branchLabels.length > 0 && isOnLastStretch(node)) {
      spreadDownwards(node, labels);
    }
  }
  return labels;
}

function hasLabels(nodes: Iterable<RevisionNode>): boolean {
  for (const { revision } of nodes) {
    if (revision.branchLabels.length > 0) {
      return true;
    }
  }
  return false;
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  const filled = lists.filter((list) => list.length > 0);
  const [first, ...others] = filled;
  if (first === undefined) {
    return none;
  }
  if (others.length === 0 && first.length === 1) {
    return first;
  }
  return [...new Set(filled.flat())].sort();
}

function isJunction({ childrenAndDependants, revision }: RevisionNode): boolean {
  return childrenAndDependants.length > 1 || revision.downRevisions.length > 1;
}

function isOnLastStretch(start: RevisionNode): boolean {
  const seen = new Set<RevisionNode>();
  for (let node: RevisionNode | undefined = start; node !== undefined; node = node.children[0]) {
    if (seen.has(node) || isJunction(node)) {
      return false;
    }
    seen.add(node);
  }
  return true;
}

function spreadDownwards(start: RevisionNode, labels: Map<RevisionNode, readonly string[]>): void {
  const spreading = labels.get(start) ?? none;
  const seen = new Set([start]);
  for (
    let below = start.parents[0];
    below !== undefined && !seen.has(below) && !isJunction(below);
    below = below.parents[0]
  ) {
    seen.add(below);
    labels.set(below, union([labels.get(below) ?? none, spreading]));
  }
}

/** Such that parents come before children; what hangs on a cycle comes last, in load order. */
function parentsFirst(nodes: readonly RevisionNode[]): readonly RevisionNode[] {
  const waitingFor = new Map(nodes.map((node) => [node, node.parents.length]));
  const order = nodes.filter((node) => node.parents.length === 0);
  // The list grows while it is walked.
  for (const node of order) {
    for (const child of node.children) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) {
        order.push(child);
      }
    }
  }
  return order.length === nodes.length ? order : [...new Set([...order, ...nodes])];
}
