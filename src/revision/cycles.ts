import { append, type Links } from "./links";
import type { ChainProblem } from "./problems";
import type { Revision } from "./revision";

type Neighbours = (id: string) => readonly string[];

/**
 * The cycles of a graph, told as Alembic tells them: revisions that cannot be reached both down from the heads and
 * up from the bases, by down_revision first, and only where that is sound with dependencies too.
 */
export function findCycles(byId: ReadonlyMap<string, Revision>, links: Links): readonly ChainProblem[] {
  if (isAcyclic(byId, links)) {
    return [];
  }
  const parents: Neighbours = (id) => links.parents.get(id) ?? [];
  const children: Neighbours = (id) => links.children.get(id) ?? [];
  const lineage = cut(byId, parents, children);
  if (lineage.length > 0) {
    return [{ kind: "cycle", fatal: true, revisions: lineage, loop: findLoop(lineage, parents) }];
  }
  const below: Neighbours = (id) => [...parents(id), ...(links.dependencies.get(id) ?? [])];
  const above: Neighbours = (id) => links.childrenAndDependants.get(id) ?? [];
  const dependent = cut(byId, below, above);
  return dependent.length === 0
    ? []
    : [{ kind: "dependency-cycle", fatal: true, revisions: dependent, loop: findLoop(dependent, below) }];
}

/** Whether all revisions can be put in an order with what they build on first; the usual case, found in one pass. */
function isAcyclic(byId: ReadonlyMap<string, Revision>, links: Links): boolean {
  const waitingFor = new Map<string, number>();
  const ready: string[] = [];
  for (const id of byId.keys()) {
    const parents = links.parents.get(id) ?? [];
    const dependencies = links.dependencies.get(id) ?? [];
    // Who is parent and dependency both comes once among the children and dependants.
    const both =
      dependencies.length === 0 ? 0 : dependencies.filter((below) => parents.includes(below)).length;
    const count = parents.length + dependencies.length - both;
    if (count === 0) {
      ready.push(id);
    } else if (count > 1) {
      waitingFor.set(id, count);
    }
  }
  let ordered = 0;
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    ordered += 1;
    for (const above of links.childrenAndDependants.get(id) ?? []) {
      const left = (waitingFor.get(above) ?? 1) - 1;
      if (left === 0) {
        ready.push(above);
      } else {
        waitingFor.set(above, left);
      }
    }
  }
  return ordered === byId.size;
}

/** The ids that are not between the heads and the bases, sorted; all in load order where there is no such end. */
function cut(byId: ReadonlyMap<string, Revision>, below: Neighbours, above: Neighbours): readonly string[] {
  const ids = [...byId.keys()];
  const heads = ids.filter((id) => above(id).length === 0);
  const bases = ids.filter((id) => below(id).length === 0);
  if (heads.length === 0 || bases.length === 0) {
    return ids;
  }
  const fromHeads = reachable(heads, below);
  const fromBases = reachable(bases, above);
  return ids.filter((id) => !fromHeads.has(id) || !fromBases.has(id)).sort();
}

function reachable(starts: readonly string[], neighbours: Neighbours): ReadonlySet<string> {
  const reached = new Set(starts);
  // The set grows while it is walked.
  for (const id of reached) {
    for (const neighbour of neighbours(id)) {
      reached.add(neighbour);
    }
  }
  return reached;
}

/** One loop among these ids, from child to parent. */
function findLoop(ids: readonly string[], below: Neighbours): readonly string[] {
  const left = new Set(ids);
  const isLooseEnd = (id: string): boolean => !below(id).some((parent) => left.has(parent));
  const loose = ids.filter(isLooseEnd);
  const above = new Map<string, string[]>();
  for (const id of ids) {
    for (const parent of below(id)) {
      append(above, parent, id);
    }
  }
  for (let id = loose.pop(); id !== undefined; id = loose.pop()) {
    left.delete(id);
    loose.push(...(above.get(id) ?? []).filter((child) => left.has(child) && isLooseEnd(child)));
  }
  // What is left has something below it for ever, so that going down comes round.
  const [start] = left;
  const way: string[] = [];
  for (let id = start; id !== undefined; id = below(id).find((parent) => left.has(parent))) {
    const before = way.indexOf(id);
    if (before >= 0) {
      return way.slice(before);
    }
    way.push(id);
  }
  return way;
}
