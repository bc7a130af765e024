import type { Revision } from "./revision";

/** Who refers to whom, by id; `dependencies` has no entry for a revision without any. References to itself and to what is not there are left out. */
export interface Links {
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** In load order; no entry for a revision without any, here and below. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly childrenAndDependants: ReadonlyMap<string, readonly string[]>;
  /** The first revision in load order that has each label; labels that are ids are left out. */
  readonly labelOwners: ReadonlyMap<string, string>;
}

/** What one entry of `depends_on` stands for. */
export type ResolvedDependency =
  | { readonly kind: "found"; readonly revision: string }
  | { readonly kind: "missing"; readonly candidates: readonly string[] };

/** Connects revisions, which are given by id in load order. */
export function linkRevisions(byId: ReadonlyMap<string, Revision>): Links {
  const labelOwners = ownersOfLabels(byId);
  const parents = new Map<string, readonly string[]>();
  const dependencies = new Map<string, readonly string[]>();
  const children = new Map<string, string[]>();
  const hasDependencies = [...byId.values()].some((revision) => revision.dependsOn.length > 0);
  // One map for both where they are the same: large graphs are mostly without dependencies.
  const childrenAndDependants = hasDependencies ? new Map<string, string[]>() : children;
  for (const [id, revision] of byId) {
    const ownParents = parentIds(byId, revision);
    parents.set(id, ownParents);
    for (const parent of ownParents) {
      append(children, parent, id);
    }
    if (hasDependencies) {
      const ownDependencies = dependencyIds(byId, labelOwners, revision);
      if (ownDependencies.length > 0) {
        dependencies.set(id, ownDependencies);
      }
      for (const below of unique([...ownParents, ...ownDependencies])) {
        append(childrenAndDependants, below, id);
      }
    }
  }
  return { parents, dependencies, children, childrenAndDependants, labelOwners };
}

/** The list itself where there is nothing to leave out, as nearly always. */
function parentIds(byId: ReadonlyMap<string, Revision>, revision: Revision): readonly string[] {
  const { downRevisions } = revision;
  for (const parent of downRevisions) {
    if (parent === revision.revision || !byId.has(parent)) {
      return unique(downRevisions.filter((other) => other !== revision.revision && byId.has(other)));
    }
  }
  return unique(downRevisions);
}

function ownersOfLabels(byId: ReadonlyMap<string, Revision>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [id, revision] of byId) {
    for (const label of revision.branchLabels) {
      if (!byId.has(label) && !owners.has(label)) {
        owners.set(label, id);
      }
    }
  }
  return owners;
}

/**
 * What an entry of `depends_on` names. A partial id is a problem, as files of Alembic must name ids in full, but
 * the revisions that it could mean are given.
 */
export function resolveDependency(
  byId: ReadonlyMap<string, Revision>,
  labelOwners: ReadonlyMap<string, string>,
  dependency: string,
): ResolvedDependency {
  const revision = byId.has(dependency) ? dependency : labelOwners.get(dependency);
  if (revision !== undefined) {
    return { kind: "found", revision };
  }
  const candidates = dependency === "" ? [] : [...byId.keys()].filter((id) => id.startsWith(dependency));
  return { kind: "missing", candidates };
}

function dependencyIds(
  byId: ReadonlyMap<string, Revision>,
  labelOwners: ReadonlyMap<string, string>,
  revision: Revision,
): readonly string[] {
  const ids = revision.dependsOn.flatMap((dependency) => {
    const resolved = resolveDependency(byId, labelOwners, dependency);
    if (resolved.kind === "found") {
      return [resolved.revision];
    }
    return resolved.candidates.length === 1 ? resolved.candidates : [];
  });
  return unique(ids.filter((id) => id !== revision.revision));
}

/** Adds to the list of a key, which is made where there is none. */
export function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

function unique(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)];
}
