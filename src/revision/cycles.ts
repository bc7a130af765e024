import { append, type Links, type RevisionNode } from "./links";
import type { ChainProblem } from "./problems";

type Neighbours = (node: RevisionNode) => readonly RevisionNode[];

/**
 * The cycles of a graph, told as Alembic tells them: revisions that cannot be reached both down from the heads and
 * up from the bases, by down_revision first, and only where that is sound with dependencies too.
 */
export function findCycles({ nodes }: Links): readonly ChainProblem[] {
  if (isAcyclic(nodes)) {
    return [];
  }
  const all = [...nodes.values()];
  const parents: Neighbours = (node) => node.parents;
  const lineage = cut(all, parents, (node) => node.children);
  if (lineage.length > 0) {
    return [{ kind: "cycle", fatal: true, revisions: idsOf(lineage), loop: findLoop(lineage, parents) }];
  }
  const below: Neighbours = (node) => [...node.parents, ...node.dependencies];
  const dependent = cut(all, below, (node) => node.childrenAndDependants);
  return dependent.length === 0
    ? []
    : [
        {
          kind: "dependency-cycle",
          fatal: true,
          revisions: idsOf(dependent),
          loop: findLoop(dependent, below),
        },
      ];
}

function idsOf(nodes: readonly RevisionNode[]): readonly string[] {
  return nodes.map(({ id }) => id);
}

/** Whether all revisions can be put in an order with what they build on first; the usual case, found in one pass. */
function isAcyclic(nodes: Links["nodes"]): boolean {
  const waitingFor = new Map<RevisionNode, number>();
  const ready: RevisionNode[] = [];
  for (const node of nodes.values()) {
    const { parents, dependencies } = node;
    // Who is parent and dependency both comes once among the children and dependants.
    const both =
      dependencies.length === 0 ? 0 : dependencies.filter((below) => parents.includes(below)).length;
    const count = parents.length + dependencies.length - both;
    if (count === 0) {
      ready.push(node);
    } else if (count > 1) {
      waitingFor.set(node, count);
    }
  }
  let ordered = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    ordered += 1;
    for (const above of node.childrenAndDependants) {
      const left = waitingFor.size === 0 ? 0 : (waitingFor.get(above) ?? 1) - 1;
      if (left === 0) {
        ready.push(above);
      } else {
        waitingFor.set(above, left);
      }
    }
  }
  return ordered === nodes.size;
}

/** What is not between the heads and the bases, sorted by id; all in load order where there is no such end. */
function cut(nodes: readonly RevisionNode[], below: Neighbours, above: Neighbours): readonly RevisionNode[] {
  const heads = nodes.filter((node) => above(node).length === 0);
  const bases = nodes.filter((node) => below(node).length === 0);
  if (heads.length === 0 || bases.length === 0) {
    return nodes;
  }
  const fromHeads = reachable(heads, below);
  const fromBases = reachable(bases, above);
  return nodes
    .filter((node) => !fromHeads.has(node) || !fromBases.has(node))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function reachable(starts: readonly RevisionNode[], neighbours: Neighbours): ReadonlySet<RevisionNode> {
  const reached = new Set(starts);
  // The set grows while it is walked.
  for (const node of reached) {
    for (const neighbour of neighbours(node)) {
      reached.add(neighbour);
    }
  }
  return reached;
}

/** The ids of one loop among these, from child to parent. */
function findLoop(nodes: readonly RevisionNode[], below: Neighbours): readonly string[] {
  const left = new Set(nodes);
  const isLooseEnd = (node: RevisionNode): boolean => !below(node).some((parent) => left.has(parent));
  const loose = nodes.filter(isLooseEnd);
  const above = new Map<RevisionNode, RevisionNode[]>();
  for (const node of nodes) {
    for (const parent of below(node)) {
      append(above, parent, node);
    }
  }
  for (let node = loose.pop(); node !== undefined; node = loose.pop()) {
    left.delete(node);
    loose.push(...(above.get(node) ?? []).filter((child) => left.has(child) && isLooseEnd(child)));
  }
  // What is left has something below it for ever, so that going down comes round.
  const [start] = left;
  const way: RevisionNode[] = [];
  for (let node = start; node !== undefined; node = below(node).find((parent) => left.has(parent))) {
    const before = way.indexOf(node);
    if (before >= 0) {
      return idsOf(way.slice(before));
    }
    way.push(node);
  }
  return idsOf(way);
}
