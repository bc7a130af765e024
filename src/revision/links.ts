import type { Revision } from "./revision";

/**
 * A revision among those around it. References to itself and to what is not there are left out. Walks go from node to
 * node: looking up an id at every step would take most of the time of building a large graph.
 */
export interface RevisionNode {
  readonly id: string;
  readonly revision: Revision;
  readonly parents: readonly RevisionNode[];
  readonly dependencies: readonly RevisionNode[];
  /** In load order, as are all below. */
  readonly children: readonly RevisionNode[];
  /** The same list as `children` where nothing depends on anything. */
  readonly childrenAndDependants: readonly RevisionNode[];
}

/** Revisions by id, in load order. */
export type NodesById = ReadonlyMap<string, RevisionNode>;

/** Who refers to whom. */
export interface Links {
  readonly nodes: NodesById;
  readonly hasDependencies: boolean;
  /** The first revision that has each label; labels that are ids are left out. */
  readonly labelOwners: ReadonlyMap<string, RevisionNode>;
}

/** What one entry of `depends_on` stands for. */
export type ResolvedDependency =
  | { readonly kind: "found"; readonly node: RevisionNode }
  | { readonly kind: "missing"; readonly candidates: readonly RevisionNode[] };

interface GrowingNode extends RevisionNode {
  revision: Revision;
  parents: readonly GrowingNode[];
  dependencies: readonly RevisionNode[];
  children: RevisionNode[];
  childrenAndDependants: readonly RevisionNode[];
}

const none: GrowingNode[] = [];

/** Connects revisions, given in load order. Of several with one id the last counts, at the place of the first. */
export function linkRevisions(revisions: readonly Revision[]): Links {
  const nodes = new Map<string, GrowingNode>();
  for (const revision of revisions) {
    const id = revision.revision;
    const before = nodes.get(id);
    if (before === undefined) {
      nodes.set(id, {
        id,
        revision,
        parents: none,
        dependencies: none,
        children: none,
        childrenAndDependants: none,
      });
    } else {
      before.revision = revision;
    }
  }
  let hasDependencies = false;
  for (const node of nodes.values()) {
    node.parents = parentsOf(node, nodes);
    for (const parent of node.parents) {
      if (parent.children === none) {
        // A list that begins with one is as long as that; an empty one that grows takes room for many.
        parent.children = [node];
        parent.childrenAndDependants = parent.children;
      } else {
        parent.children.push(node);
      }
    }
    hasDependencies ||= node.revision.dependsOn.length > 0;
  }
  const labelOwners = ownersOfLabels(nodes);
  if (hasDependencies) {
    linkDependencies(nodes, labelOwners);
  }
  return { nodes, hasDependencies, labelOwners };
}

function parentsOf(node: GrowingNode, nodes: ReadonlyMap<string, GrowingNode>): readonly GrowingNode[] {
  const { downRevisions } = node.revision;
  // Asked for by its place, as below: taking lists apart by pattern is half the time of linking thousands.
  const first = downRevisions[0];
  if (first === undefined) {
    return none;
  }
  if (downRevisions.length === 1) {
    const parent = nodes.get(first);
    return parent === undefined || parent === node ? none : [parent];
  }
  const parents = downRevisions.flatMap((id) => nodes.get(id) ?? []);
  return [...new Set(parents.filter((parent) => parent !== node))];
}

function ownersOfLabels(nodes: NodesById): ReadonlyMap<string, RevisionNode> {
  const owners = new Map<string, RevisionNode>();
  for (const node of nodes.values()) {
    for (const label of node.revision.branchLabels) {
      if (!nodes.has(label) && !owners.has(label)) {
        owners.set(label, node);
      }
    }
  }
  return owners;
}

function linkDependencies(
  nodes: ReadonlyMap<string, GrowingNode>,
  labelOwners: ReadonlyMap<string, RevisionNode>,
): void {
  const dependants = new Map<RevisionNode, Set<RevisionNode>>();
  for (const node of nodes.values()) {
    node.dependencies = dependenciesOf(node, nodes, labelOwners);
    for (const below of [...node.parents, ...node.dependencies]) {
      const above = dependants.get(below);
      if (above === undefined) {
        dependants.set(below, new Set([node]));
      } else {
        above.add(node);
      }
    }
  }
  for (const node of nodes.values()) {
    node.childrenAndDependants = [...(dependants.get(node) ?? [])];
  }
}

/**
 * What an entry of `depends_on` names. A partial id is a problem, as files of Alembic must name ids in full, but
 * the revisions that it could mean are given.
 */
export function resolveDependency(
  nodes: NodesById,
  labelOwners: ReadonlyMap<string, RevisionNode>,
  dependency: string,
): ResolvedDependency {
  const node = nodes.get(dependency) ?? labelOwners.get(dependency);
  if (node !== undefined) {
    return { kind: "found", node };
  }
  const candidates =
    dependency === "" ? [] : [...nodes.values()].filter(({ id }) => id.startsWith(dependency));
  return { kind: "missing", candidates };
}

function dependenciesOf(
  node: RevisionNode,
  nodes: NodesById,
  labelOwners: ReadonlyMap<string, RevisionNode>,
): readonly RevisionNode[] {
  const dependencies = node.revision.dependsOn.flatMap((dependency) => {
    const resolved = resolveDependency(nodes, labelOwners, dependency);
    if (resolved.kind === "found") {
      return [resolved.node];
    }
    return resolved.candidates.length === 1 ? resolved.candidates : [];
  });
  return [...new Set(dependencies.filter((other) => other !== node))];
}

/** Adds to the list of a key, which is made where there is none. */
export function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}
