import type { GraphRevision, RevisionGraph } from "./graph";
import { ancestors } from "./lineage";

/** A line being walked down from one of the starting heads, or from the second parent of a merge. */
interface Line {
  /** Grows with each line that is opened; lines keep this order. */
  readonly number: number;
  at: GraphRevision;
}

/**
 * Orders revisions so that children and dependants come before their parents: one line is followed as far as the
 * branch point where another line joins it, ties going by load order (Alembic's `_topological_sort`).
 *
 * Undefined where some of the revisions cannot be reached from the heads by way of the others.
 *
 * Alembic keeps the ancestors of each line in a set and makes it anew at every merge, which is quadratic. Here a
 * revision is looked at from below: it must wait for a line if a walk up from it over what is not yet emitted finds
 * one, and that walk nearly always ends at its first step.
 */
export function topologicalOrder(
  graph: RevisionGraph,
  revisions: ReadonlySet<GraphRevision>,
  heads: readonly GraphRevision[],
): readonly GraphRevision[] | undefined {
  const starts = startsAmong(graph, revisions, heads);
  const lines: Line[] = starts.map((at, number) => ({ number, at }));
  const lineAt = new Map(lines.map((line) => [line.at, line]));
  let unresolved: Set<GraphRevision> | undefined;
  const order: GraphRevision[] = [];
  const left = new Set(revisions);
  let nextNumber = lines.length;
  let index = 0;
  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    if (lines.length > 1) {
      unresolved ??= waitingRevisions(graph, revisions, starts, order);
      const blocking = firstLineAbove(graph, line, lines, lineAt, unresolved);
      if (blocking !== undefined) {
        index = indexOfLine(lines, blocking);
        continue;
      }
    }
    const { at } = line;
    order.push(at);
    left.delete(at);
    unresolved?.delete(at);
    lineAt.delete(at);
    const below = lines.length === 1 ? onlyParent(graph, at) : undefined;
    if (below !== undefined && left.has(below)) {
      // Alone, a line need not be found by where it is; most histories are one line for most of their length.
      line.at = below;
      continue;
    }
    const parents: GraphRevision[] = [];
    for (const id of at.normalizedDownRevisions) {
      const parent = graph.get(id);
      if (parent !== undefined && left.has(parent) && !lineAt.has(parent)) {
        parents.push(parent);
      }
    }
    const [first, ...others] = parents;
    if (first === undefined) {
      lines.splice(index, 1);
      index = Math.max(index - 1, 0);
      continue;
    }
    line.at = first;
    lineAt.set(first, line);
    for (const parent of others) {
      const opened = { number: nextNumber++, at: parent };
      lines.push(opened);
      lineAt.set(parent, opened);
    }
  }
  return left.size === 0 ? order : undefined;
}

function onlyParent(
  graph: RevisionGraph,
  { normalizedDownRevisions }: GraphRevision,
): GraphRevision | undefined {
  const [id] = normalizedDownRevisions;
  return id === undefined || normalizedDownRevisions.length > 1 ? undefined : graph.get(id);
}

/** The heads among the revisions, in load order. */
function startsAmong(
  graph: RevisionGraph,
  revisions: ReadonlySet<GraphRevision>,
  heads: readonly GraphRevision[],
): readonly GraphRevision[] {
  const starts = new Set(heads.filter((head) => revisions.has(head)));
  return starts.size < 2 ? [...starts] : graph.revisions.filter((revision) => starts.has(revision));
}

/** What a walk up may pass: what is not emitted, and what lies between without being asked for. */
function waitingRevisions(
  graph: RevisionGraph,
  revisions: ReadonlySet<GraphRevision>,
  starts: readonly GraphRevision[],
  emitted: readonly GraphRevision[],
): Set<GraphRevision> {
  const waiting = ancestors(graph, starts, "lineage-and-dependencies");
  for (const revision of revisions) {
    waiting.add(revision);
  }
  for (const revision of emitted) {
    waiting.delete(revision);
  }
  return waiting;
}

function firstLineAbove(
  graph: RevisionGraph,
  line: Line,
  lines: readonly Line[],
  lineAt: ReadonlyMap<GraphRevision, Line>,
  waiting: ReadonlySet<GraphRevision>,
): Line | undefined {
  const lowest = lines[0] === line ? lines[1] : lines[0];
  if (lowest === undefined || !hasWaitingAbove(graph, line.at, waiting)) {
    return undefined;
  }
  let found: Line | undefined;
  const seen = new Set([line.at]);
  const todo = [line.at];
  for (let revision = todo.pop(); revision !== undefined; revision = todo.pop()) {
    // Pushed backwards, so that the first child is followed first: it is the likeliest to lead to the first line.
    for (const id of revision.allNextRevisions.toReversed()) {
      const child = graph.get(id);
      if (child === undefined || seen.has(child) || !waiting.has(child)) {
        continue;
      }
      seen.add(child);
      const other = lineAt.get(child);
      if (other !== undefined && (found === undefined || other.number < found.number)) {
        found = other;
      }
      todo.push(child);
    }
    if (found === lowest) {
      return found;
    }
  }
  return found;
}

/** By far the most have nothing above them that waits: they need none of what a walk needs. */
function hasWaitingAbove(
  graph: RevisionGraph,
  { allNextRevisions }: GraphRevision,
  waiting: ReadonlySet<GraphRevision>,
): boolean {
  for (const id of allNextRevisions) {
    const child = graph.get(id);
    if (child !== undefined && waiting.has(child)) {
      return true;
    }
  }
  return false;
}

/** Lines are in the order of their numbers. */
function indexOfLine(lines: readonly Line[], wanted: Line): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.number ?? 0) < wanted.number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
