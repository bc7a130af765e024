import { append, type Links } from "./links";
import type { Revision } from "./revision";

/**
 * The dependencies of each revision without those that one of its ancestors has as well (Alembic's
 * `_normalize_depends_on`). Only a dependency that several revisions share needs a walk, so that one walk for each
 * of those is all it takes.
 */
export function normalizedDependencies(
  byId: ReadonlyMap<string, Revision>,
  links: Links,
): ReadonlyMap<string, readonly string[]> {
  const normalized = new Map<string, readonly string[]>();
  if (links.dependencies.size === 0) {
    return normalized;
  }
  const inheritedBy = inheritedDependencies(links);
  for (const id of byId.keys()) {
    const own = links.dependencies.get(id) ?? [];
    if (own.length > 0) {
      normalized.set(
        id,
        own.filter((dependency) => inheritedBy.get(dependency)?.has(id) !== true),
      );
    }
  }
  return normalized;
}

/** For each shared dependency, the revisions that have an ancestor with it. */
function inheritedDependencies(links: Links): ReadonlyMap<string, ReadonlySet<string>> {
  const dependants = new Map<string, string[]>();
  for (const [id, dependencies] of links.dependencies) {
    for (const dependency of dependencies) {
      append(dependants, dependency, id);
    }
  }
  const inherited = new Map<string, ReadonlySet<string>>();
  for (const [dependency, ids] of dependants) {
    if (ids.length > 1) {
      inherited.set(dependency, strictDescendants(ids, links));
    }
  }
  return inherited;
}

function strictDescendants(ids: readonly string[], links: Links): ReadonlySet<string> {
  const reached = new Set<string>();
  const todo = [...ids];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const child of links.children.get(id) ?? []) {
      if (!reached.has(child)) {
        reached.add(child);
        todo.push(child);
      }
    }
  }
  return reached;
}
