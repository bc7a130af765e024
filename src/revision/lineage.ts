import type { GraphRevision, RevisionGraph } from "./graph";
import { RevisionError } from "./errors";

/** Whether a walk follows `depends_on` beside `down_revision`. */
export type Relation = "lineage" | "lineage-and-dependencies";

function idsBelow(revision: GraphRevision, relation: Relation): readonly string[] {
  return relation === "lineage" ? revision.downRevisions : revision.normalizedDownRevisions;
}

function idsAbove(revision: GraphRevision, relation: Relation): readonly string[] {
  return relation === "lineage" ? revision.nextRevisions : revision.allNextRevisions;
}

/** The starts, and all that `next` leads to from them. */
function closure<Item>(starts: Iterable<Item>, next: (item: Item) => readonly Item[]): Set<Item> {
  const reached = new Set(starts);
  const todo = [...reached];
  for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
    for (const neighbour of next(item)) {
      if (!reached.has(neighbour)) {
        reached.add(neighbour);
        todo.push(neighbour);
      }
    }
  }
  return reached;
}

function reach(
  graph: RevisionGraph,
  starts: Iterable<GraphRevision>,
  neighbours: (revision: GraphRevision) => readonly string[],
): Set<GraphRevision> {
  return closure(starts, (revision) => neighbours(revision).flatMap((id) => graph.get(id) ?? []));
}

/** These ids and all that `next` leads to; an id that no file has is kept, and leads nowhere. */
export function reachedIds(
  graph: RevisionGraph,
  ids: Iterable<string>,
  next: (revision: GraphRevision) => readonly string[],
): ReadonlySet<string> {
  return closure(ids, (id) => {
    const revision = graph.get(id);
    return revision === undefined ? [] : next(revision);
  });
}

/** All that a revision needs, as it is written: its parents and its dependencies. */
export function needsOf({ downRevisions, resolvedDependencies }: GraphRevision): readonly string[] {
  return [...downRevisions, ...resolvedDependencies];
}

/** Rows of the version table that have files, and everything below them, parents and dependencies alike. */
export function impliedRevisions(graph: RevisionGraph, rows: Iterable<string>): ReadonlySet<string> {
  const ids = [...reachedIds(graph, rows, needsOf)];
  return new Set(ids.filter((id) => graph.get(id) !== undefined));
}

/** These revisions and all before them. */
export function ancestors(
  graph: RevisionGraph,
  starts: Iterable<GraphRevision>,
  relation: Relation,
): Set<GraphRevision> {
  return reach(graph, starts, (revision) => idsBelow(revision, relation));
}

/** These revisions and all after them. */
export function descendants(
  graph: RevisionGraph,
  starts: Iterable<GraphRevision>,
  relation: Relation,
): Set<GraphRevision> {
  return reach(graph, starts, (revision) => idsAbove(revision, relation));
}

/** Everything before, after, and among these revisions. */
export function relatives(
  graph: RevisionGraph,
  starts: readonly GraphRevision[],
  relation: Relation,
): Set<GraphRevision> {
  const related = ancestors(graph, starts, relation);
  for (const revision of descendants(graph, starts, relation)) {
    related.add(revision);
  }
  return related;
}

/** As `ancestors`; throws where one of the revisions is an ancestor of another one. */
export function distinctAncestors(
  graph: RevisionGraph,
  starts: readonly GraphRevision[],
  relation: Relation,
): Set<GraphRevision> {
  requireNoOverlap(graph, starts, (revision) => idsBelow(revision, relation));
  return ancestors(graph, starts, relation);
}

/** As `descendants`; throws where one of the revisions is a descendant of another one. */
export function distinctDescendants(
  graph: RevisionGraph,
  starts: readonly GraphRevision[],
  relation: Relation,
): Set<GraphRevision> {
  requireNoOverlap(graph, starts, (revision) => idsAbove(revision, relation));
  return descendants(graph, starts, relation);
}

/** One pass over the graph tells that all is well; only a failure is looked into, to name the revisions. */
function requireNoOverlap(
  graph: RevisionGraph,
  starts: readonly GraphRevision[],
  neighbours: (revision: GraphRevision) => readonly string[],
): void {
  if (starts.length < 2) {
    return;
  }
  const startSet = new Set(starts);
  const next = starts.flatMap((revision) => neighbours(revision).flatMap((id) => graph.get(id) ?? []));
  const beyond = reach(graph, next, neighbours);
  if (![...startSet].some((revision) => beyond.has(revision))) {
    return;
  }
  for (const start of starts) {
    const reached = reach(graph, [start], neighbours);
    const overlaps = [...startSet].filter((other) => other !== start && reached.has(other));
    if (overlaps.length > 0) {
      throw overlapError(start, overlaps);
    }
  }
}

function overlapError(revision: GraphRevision, overlaps: readonly GraphRevision[]): RevisionError {
  const others = overlaps.map((overlap) => overlap.revision).join(", ");
  return new RevisionError(
    "overlapping-revisions",
    `Requested revision ${revision.revision} overlaps with other requested revisions ${others}`,
    {
      detail: `${others} and ${revision.revision} are on the same line, so only one of them can be current.`,
      hint: "If these are rows of the version table, correct them with `alembic-ts stamp --purge <revision>`.",
    },
  );
}
