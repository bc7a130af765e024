import { RevisionError, UnrelatedRevisionsError, walkedTooFar } from "./errors";
import type { GraphRevision, RevisionGraph } from "./graph";
import { ancestors, descendants, distinctAncestors, distinctDescendants } from "./lineage";
import { parseDowngradeTarget, relativeError } from "./downgradeTarget";
import { findOne, findPositions, findRevision, onBranch, walk, type Position } from "./resolve";
import { parseRelative, type RelativeSymbol } from "./symbols";
import { topologicalOrder } from "./topologicalOrder";

/** An end of a walk: a symbol, or rows of the version table. */
export type RangeEnd = string | readonly string[];

export interface WalkRequest {
  readonly upper: RangeEnd;
  readonly lower: RangeEnd;
  /** Also give the lower revisions themselves. */
  readonly includeLower: boolean;
  /** Give everything that the upper ones need, whether or not it comes after the lower ones. */
  readonly includeOtherBases: boolean;
  /** A relative symbol may ask for more steps than there are. */
  readonly stopAtEnd: boolean;
}

/**
 * The revisions that the upper end needs and the lower end has not, newest first (Alembic's
 * `_collect_upgrade_revisions`).
 */
export function revisionsAbove(graph: RevisionGraph, request: WalkRequest): readonly GraphRevision[] {
  const targets = onLowerBranch(graph, upperRevisions(graph, request), request.lower);
  const required = distinctAncestors(graph, targets, "lineage-and-dependencies");
  const { current, included } = lowerRevisions(graph, request, required);
  const present = distinctAncestors(graph, current, "lineage-and-dependencies");
  const needed =
    present.size === 0 ? required : new Set([...required].filter((revision) => !present.has(revision)));
  for (const revision of included) {
    needed.add(revision);
  }
  const wanted =
    current.length > 0 && !request.includeOtherBases
      ? intersection(needed, distinctDescendants(graph, current, "lineage"))
      : needed;
  const order = topologicalOrder(graph, wanted, targets);
  if (order === undefined) {
    throw new UnrelatedRevisionsError(describeEnd(request.lower), describeEnd(request.upper));
  }
  return order;
}

function intersection(
  revisions: ReadonlySet<GraphRevision>,
  others: ReadonlySet<GraphRevision>,
): ReadonlySet<GraphRevision> {
  return new Set([...revisions].filter((revision) => others.has(revision)));
}

function describeEnd(end: RangeEnd): string {
  return typeof end === "string" ? end : end.join(", ") || "base";
}

/** The positions that an end names. */
export function endPositions(graph: RevisionGraph, end: RangeEnd): readonly Position[] {
  return (typeof end === "string" ? [end] : end).flatMap((text) => findPositions(graph, text));
}

/** The positions as revisions; throws for the base and for what is past an end. */
export function requireRevisions(positions: readonly Position[], end: RangeEnd): readonly GraphRevision[] {
  return positions.map((position) => {
    if (typeof position !== "object") {
      throw walkedTooFar(describeEnd(end));
    }
    return position;
  });
}

function lowerRevisions(
  graph: RevisionGraph,
  request: WalkRequest,
  required: ReadonlySet<GraphRevision>,
): { readonly current: readonly GraphRevision[]; readonly included: readonly GraphRevision[] } {
  const { upper, lower, includeLower, includeOtherBases, stopAtEnd } = request;
  const positions = endPositions(graph, lower);
  if (
    !includeOtherBases &&
    positions.some((position) => position === "base" || (position && !required.has(position)))
  ) {
    throw new UnrelatedRevisionsError(describeEnd(lower), describeEnd(upper));
  }
  if (positions.length > 0 && positions[0] === undefined && typeof lower === "string") {
    // Steps down from the heads that went past the base: count them from the upper end instead.
    const upperEnd = typeof upper === "string" ? [upper] : upper;
    const { revision } = parseDowngradeTarget(graph, upperEnd, lower, stopAtEnd);
    const start = revision === undefined ? [] : [revision];
    return { current: start, included: includeLower ? start : [] };
  }
  const current = requireRevisions(positions, lower);
  return { current, included: includeLower ? current : [] };
}

/** With `label@…` as the lower end, only what has that label is a target. */
function onLowerBranch(
  graph: RevisionGraph,
  targets: readonly GraphRevision[],
  lower: RangeEnd,
): readonly GraphRevision[] {
  if (typeof lower !== "string" || !lower.includes("@")) {
    return targets;
  }
  const branch = lower.slice(0, lower.indexOf("@"));
  const revision = findOne(graph, branch);
  if (revision?.revision !== branch) {
    return targets.filter((target) => target.labels.includes(branch));
  }
  const [label, ...others] = revision.labels;
  if (label === undefined || others.length > 0) {
    throw new RevisionError("invalid-range", `Revision ${branch} does not name one branch`, {
      detail: `It has ${others.length === 0 ? "no label" : `the labels ${revision.labels.join(", ")}`}.`,
      hint: "Use the label of the branch in front of '@'.",
    });
  }
  return targets.filter((target) => target.labels.includes(label));
}

/** The revisions to go up to (Alembic's `_parse_upgrade_target`). */
function upperRevisions(
  graph: RevisionGraph,
  { upper, lower, stopAtEnd }: WalkRequest,
): readonly GraphRevision[] {
  const relative =
    typeof upper === "string"
      ? parseRelative(upper, (name) => graph.get(name) !== undefined || graph.labelOwners.has(name))
      : undefined;
  if (relative === undefined) {
    return requireRevisions(endPositions(graph, upper), upper);
  }
  const { branch, symbol, steps } = relative;
  if (symbol !== undefined) {
    const start = findOne(graph, steps > 0 || branch === undefined ? symbol : `${branch}@${symbol}`);
    const end = walk(graph, start, steps, { branch: steps > 0 ? branch : undefined, stopAtEnd });
    return requireRevisions([end], upper);
  }
  if (steps <= 0) {
    // Alembic prints the number here, and the text as typed everywhere else: `+0` differs.
    throw relativeError({ ...relative, stepsText: String(steps) });
  }
  const end = walk(graph, startOfSteps(graph, relative, lower), steps, { branch, stopAtEnd });
  if (end === undefined) {
    throw relativeError(relative);
  }
  return requireRevisions([end], upper);
}

/** The one revision of the database that `+N` or `label@+N` counts from; undefined for base. */
function startOfSteps(
  graph: RevisionGraph,
  { branch }: RelativeSymbol,
  lower: RangeEnd,
): GraphRevision | undefined {
  const rows = typeof lower === "string" ? [lower] : lower;
  if (branch === undefined) {
    requireSingleStart(rows);
    const [row] = rows;
    return row === undefined ? undefined : findOne(graph, row);
  }
  // Alembic looks the base up by name here, and says that there is no such revision.
  const positions = endPositions(graph, rows).map((position) =>
    position === "base" ? findRevision(graph, position, undefined) : position,
  );
  const current = requireRevisions(positions, lower);
  const onTheBranch = onBranch(graph, current, branch, "lineage");
  const starts = onTheBranch.length > 0 ? onTheBranch : tipsOnBranch(graph, current, branch);
  requireSingleStart(starts);
  return starts[0];
}

/** The newest applied revisions of a branch that no row names, as others depend on it. */
function tipsOnBranch(
  graph: RevisionGraph,
  current: readonly GraphRevision[],
  branch: string,
): readonly GraphRevision[] {
  const applied = [...ancestors(graph, current, "lineage-and-dependencies")];
  const active = onBranch(graph, applied, branch, "lineage");
  const below = new Set(active.flatMap((revision) => revision.normalizedDownRevisions));
  return active.filter((revision) => !below.has(revision.revision));
}

function requireSingleStart(starts: readonly unknown[]): void {
  if (starts.length > 1) {
    throw new RevisionError("ambiguous-upgrade", "Ambiguous upgrade from multiple current revisions", {
      hint: "Name the branch: '<branchname>@+1'.",
    });
  }
}

/** What is applied when the version table has these rows; unknown rows are an error. */
export function appliedRevisions(
  graph: RevisionGraph,
  databaseHeads: readonly string[],
): ReadonlySet<GraphRevision> {
  const current = requireRevisions(endPositions(graph, databaseHeads), databaseHeads);
  return ancestors(graph, current, "lineage-and-dependencies");
}

/** What must be downgraded before these can be: they and all that builds on them, as far as it is applied. */
export function appliedDescendants(
  graph: RevisionGraph,
  roots: readonly GraphRevision[],
  applied: ReadonlySet<GraphRevision>,
): ReadonlySet<GraphRevision> {
  return intersection(descendants(graph, roots, "lineage-and-dependencies"), applied);
}
