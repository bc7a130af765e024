import type { Links } from "./links";
import type { Revision } from "./revision";

const none: readonly string[] = [];

/**
 * Own and inherited labels of each revision, sorted; there may be no entry for one without any. A label goes to all descendants; and from a revision that is
 * on the last, unbranched stretch of its line also to those before it, down to the branch or merge point where
 * that stretch begins (Alembic's `_add_branches`).
 */
export function branchLabels(
  byId: ReadonlyMap<string, Revision>,
  links: Links,
): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, readonly string[]>();
  if (links.labelOwners.size === 0 && ![...byId.values()].some(({ branchLabels: own }) => own.length > 0)) {
    return labels;
  }
  for (const id of parentsFirst(byId, links)) {
    const own = byId.get(id)?.branchLabels ?? none;
    labels.set(
      id,
      union([own, ...(links.parents.get(id) ?? []).map((parent) => labels.get(parent) ?? none)]),
    );
  }
  for (const [id, revision] of byId) {
    if (revision.branchLabels.length > 0 && isOnLastStretch(id, byId, links)) {
      spreadDownwards(id, byId, links, labels);
    }
  }
  return labels;
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

function isJunction(id: string, byId: ReadonlyMap<string, Revision>, links: Links): boolean {
  return (
    (links.childrenAndDependants.get(id)?.length ?? 0) > 1 || (byId.get(id)?.downRevisions.length ?? 0) > 1
  );
}

function isOnLastStretch(id: string, byId: ReadonlyMap<string, Revision>, links: Links): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = links.children.get(at)?.[0]) {
    if (seen.has(at) || isJunction(at, byId, links)) {
      return false;
    }
    seen.add(at);
  }
  return true;
}

function spreadDownwards(
  id: string,
  byId: ReadonlyMap<string, Revision>,
  links: Links,
  labels: Map<string, readonly string[]>,
): void {
  const spreading = labels.get(id) ?? none;
  const seen = new Set([id]);
  for (
    let below = links.parents.get(id)?.[0];
    below !== undefined && !seen.has(below) && !isJunction(below, byId, links);
    below = links.parents.get(below)?.[0]
  ) {
    seen.add(below);
    labels.set(below, union([labels.get(below) ?? none, spreading]));
  }
}

/** Ids such that parents come before children; what hangs on a cycle comes last, in load order. */
function parentsFirst(byId: ReadonlyMap<string, Revision>, links: Links): readonly string[] {
  const waitingFor = new Map([...byId.keys()].map((id) => [id, links.parents.get(id)?.length ?? 0]));
  const order = [...byId.keys()].filter((id) => waitingFor.get(id) === 0);
  // The list grows while it is walked.
  for (const id of order) {
    for (const child of links.children.get(id) ?? []) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) {
        order.push(child);
      }
    }
  }
  return order.length === byId.size ? order : [...new Set([...order, ...byId.keys()])];
}
