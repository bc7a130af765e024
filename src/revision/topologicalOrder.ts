import type { GraphRevision, RevisionGraph } from "./graph";
import { ancestors } from "./lineage";

/** A line being walked down from one of the starting heads, or from the second parent of a merge. */
interface Line {
  /** Grows with each line that is opened; lines keep this order. */
  readonly number: number;
  at: GraphRevision;
  before: Line | undefined;
  behind: Line | undefined;
}

/** Lines in the order of their numbers, linked: there may be as many as revisions, and each is taken out once. */
class Lines {
  first: Line | undefined;
  #last: Line | undefined;
  #nextNumber = 0;

  get isOne(): boolean {
    return this.first !== undefined && this.first === this.#last;
  }

  open(at: GraphRevision): Line {
    const line: Line = { number: this.#nextNumber, at, before: this.#last, behind: undefined };
    this.#nextNumber += 1;
    if (this.#last === undefined) {
      this.first = line;
    } else {
      this.#last.behind = line;
    }
    this.#last = line;
    return line;
  }

  /** Takes a line out; gives the one before it, or else the first that is left. */
  close({ before, behind }: Line): Line | undefined {
    if (before === undefined) {
      this.first = behind;
    } else {
      before.behind = behind;
    }
    if (behind === undefined) {
      this.#last = before;
    } else {
      behind.before = before;
    }
    return before ?? this.first;
  }
}

/**
 * Orders revisions so that children and dependants come before their parents: one line is followed as far as the
 * branch point where another line joins it, ties going by load order (Alembic's `_topological_sort`).
 *
 * Undefined where some of the revisions cannot be reached from the heads by way of the others, or where looking up takes
 * more than `mostSteps` steps.
 *
 * Alembic keeps the ancestors of each line in a set and makes it anew at every merge, which is quadratic. Here a
 * revision is looked at from below: it must wait for a line if a walk up from it over what is not yet emitted finds
 * one, and that walk nearly always ends at its first step.
 */
export function topologicalOrder(
  graph: RevisionGraph,
  revisions: ReadonlySet<GraphRevision>,
  heads: readonly GraphRevision[],
  mostSteps = Number.POSITIVE_INFINITY,
): readonly GraphRevision[] | undefined {
  const starts = startsAmong(graph, revisions, heads);
  const lines = new Lines();
  const lineAt = new Map(starts.map((at) => [at, lines.open(at)]));
  let walk: Walk | undefined;
  const order: GraphRevision[] = [];
  const left = new Set(revisions);
  let line = lines.first;
  while (line !== undefined) {
    if (!lines.isOne) {
      walk ??= {
        waiting: waitingRevisions(graph, revisions, starts, order),
        emittedChildren: new Map(),
        stepsLeft: mostSteps,
      };
      const blocking: Line | undefined = firstLineAbove(graph, line, lines.first, lineAt, walk);
      if (walk.stepsLeft < 0) {
        return undefined;
      }
      if (blocking !== undefined) {
        line = blocking;
        continue;
      }
    }
    const { at }: Line = line;
    order.push(at);
    left.delete(at);
    walk?.waiting.delete(at);
    lineAt.delete(at);
    const below = lines.isOne ? onlyParent(graph, at) : undefined;
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
      line = lines.close(line);
      continue;
    }
    line.at = first;
    lineAt.set(first, line);
    for (const parent of others) {
      lineAt.set(parent, lines.open(parent));
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
  first: Line | undefined,
  lineAt: ReadonlyMap<GraphRevision, Line>,
  walk: Walk,
): Line | undefined {
  const lowest = first === line ? line.behind : first;
  // By far the most have nothing above them that waits: they need none of what a walk needs.
  if (lowest === undefined || waitingAbove(graph, line.at, walk).next().done === true) {
    return undefined;
  }
  let found: Line | undefined;
  const seen = new Set([line.at]);
  // Children one by one: a revision may have as many as there are lines, and the first often settles it.
  const todo = [waitingAbove(graph, line.at, walk)];
  for (let children = todo.at(-1); children !== undefined; children = todo.at(-1)) {
    const { done, value: child } = children.next();
    if (done === true) {
      todo.pop();
      continue;
    }
    walk.stepsLeft -= 1;
    if (seen.has(child)) {
      continue;
    }
    seen.add(child);
    const other = lineAt.get(child);
    if (other !== undefined && (found === undefined || other.number < found.number)) {
      found = other;
    }
    if (found === lowest || walk.stepsLeft < 0) {
      return found;
    }
    todo.push(waitingAbove(graph, child, walk));
  }
  return found;
}

/** What the walks up share. */
interface Walk {
  /** What is not emitted yet. */
  readonly waiting: Set<GraphRevision>;
  /** How many of a revision's children, from the first, are known to wait no longer. */
  readonly emittedChildren: Map<GraphRevision, number>;
  stepsLeft: number;
}

function* waitingAbove(
  graph: RevisionGraph,
  revision: GraphRevision,
  { waiting, emittedChildren }: Walk,
): Generator<GraphRevision, undefined> {
  const { allNextRevisions } = revision;
  let isFirst = true;
  for (let index = emittedChildren.get(revision) ?? 0; index < allNextRevisions.length; index += 1) {
    const child = graph.get(allNextRevisions[index] ?? "");
    if (child === undefined || !waiting.has(child)) {
      continue;
    }
    if (isFirst) {
      // What has been emitted never waits again.
      emittedChildren.set(revision, index);
      isFirst = false;
    }
    yield child;
  }
  if (isFirst) {
    emittedChildren.set(revision, allNextRevisions.length);
  }
  return undefined;
}
