import { inWordsOf, RevisionError, walkedTooFar } from "./errors";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "./graph";
import { ancestors, descendants } from "./lineage";
import type { MigrationPlan, MigrationStep, VersionRowChange } from "./plan";
import { findPositions, findRevision, onBranch } from "./resolve";
import { versionRows, type VersionRows } from "./versionRows";

export interface StampRequest {
  /** Rows of the version table. */
  readonly databaseHeads: readonly string[];
  /** Symbols; none means base. */
  readonly targets: readonly string[];
  /** Forget all rows first, whatever they name. */
  readonly purge?: boolean;
}

/**
 * The version row changes of `stamp <targets>`, as Alembic makes them: also where one target is an ancestor of
 * another, which `requireStampable` refuses.
 */
export function planStamp(graph: RevisionGraph, request: StampRequest): MigrationPlan {
  requireSoundGraph(graph);
  const { databaseHeads, purge = false } = request;
  const targets = request.targets.length === 0 ? ["base"] : request.targets;
  const rows = versionRows(graph, databaseHeads);
  const purged = purge ? purgeSteps(rows, databaseHeads) : [];
  const multipleHeads = "Multiple heads are present; please specify a single target revision";
  const steps = inWordsOf({ multipleHeads }, () =>
    stampSteps(graph, rows, purge ? [] : databaseHeads, targets),
  );
  return { steps: withPurge(purged, steps), finalHeads: rows.current(), warnings: [] };
}

/** Alembic purges without a word: the first step that it names takes the old rows away, too. */
function withPurge(
  purged: readonly MigrationStep[],
  [first, ...others]: readonly MigrationStep[],
): readonly MigrationStep[] {
  if (first === undefined) {
    return purged;
  }
  const deletions = purged.flatMap((step) => step.rowChanges);
  return [{ ...first, rowChanges: [...deletions, ...first.rowChanges] }, ...others];
}

function purgeSteps(rows: VersionRows, databaseHeads: readonly string[]): readonly MigrationStep[] {
  return databaseHeads.length === 0 ? [] : [stampStep(rows, "downgrade", databaseHeads, undefined)];
}

function stampSteps(
  graph: RevisionGraph,
  rows: VersionRows,
  databaseHeads: readonly string[],
  targets: readonly string[],
): readonly MigrationStep[] {
  const heads = databaseHeads.map((row) => findRevision(graph, row, undefined));
  const moved = new Set(
    targets.flatMap((target) => onBranch(graph, heads, target, "lineage-and-dependencies")),
  );
  const destinations = targets.flatMap((target) => stampedRevisions(graph, target));
  const from = [...moved].map((revision) => revision.revision);
  if (destinations.length === 0) {
    return from.map((row) => stampStep(rows, "downgrade", [row], undefined));
  }
  return destinations
    .filter((destination) => !moved.has(destination))
    .map((destination) => moveRows(graph, rows, moved, from, destination));
}

function stampedRevisions(graph: RevisionGraph, target: string): readonly GraphRevision[] {
  return findPositions(graph, target).map((position) => {
    if (typeof position !== "object") {
      throw walkedTooFar(target);
    }
    return position;
  });
}

/**
 * Refuses targets of which one is an ancestor of another. Alembic stores both rows, and every later upgrade
 * refuses them, or drops one without a word.
 * @throws RevisionError `conflicting-stamp`
 */
export function requireStampable(graph: RevisionGraph, targets: readonly string[]): void {
  requireSoundGraph(graph);
  const destinations = targets.flatMap((target) => stampedRevisions(graph, target));
  for (const destination of destinations) {
    const before = ancestors(graph, [destination], "lineage-and-dependencies");
    const overlap = destinations.find((other) => other !== destination && before.has(other));
    if (overlap !== undefined) {
      throw new RevisionError(
        "conflicting-stamp",
        `Requested revision ${destination.revision} overlaps with other requested revisions ${overlap.revision}`,
        {
          detail: `${overlap.revision} comes before ${destination.revision}, which implies it.`,
          hint: `Stamp ${destination.revision} alone.`,
        },
      );
    }
  }
}

function moveRows(
  graph: RevisionGraph,
  rows: VersionRows,
  moved: ReadonlySet<GraphRevision>,
  from: readonly string[],
  destination: GraphRevision,
): MigrationStep {
  const isAnyMoved = (revisions: ReadonlySet<GraphRevision>): boolean =>
    [...moved].some((revision) => revisions.has(revision));
  const isBefore = isAnyMoved(descendants(graph, [destination], "lineage-and-dependencies"));
  const isAfter = isAnyMoved(ancestors(graph, [destination], "lineage-and-dependencies"));
  if (isBefore && isAfter) {
    throw new RevisionError(
      "conflicting-stamp",
      `Revision ${destination.revision} is both before and after current revisions`,
      { hint: "Replace all rows of the version table with `alembic-ts stamp --purge <revision>`." },
    );
  }
  if (isBefore) {
    return stampStep(rows, "downgrade", from, destination);
  }
  return stampStep(rows, "upgrade", isAfter ? from : [], destination);
}

function stampStep(
  rows: VersionRows,
  direction: "upgrade" | "downgrade",
  from: readonly string[],
  destination: GraphRevision | undefined,
): MigrationStep {
  const rowChanges = stampChanges(rows.current(), direction, from, destination?.revision);
  rows.apply(rowChanges);
  return {
    kind: "stamp",
    direction,
    revision: destination,
    from,
    to: destination === undefined ? [] : [destination.revision],
    rowChanges,
    headsAfter: rows.current(),
  };
}

function stampChanges(
  rows: readonly string[],
  direction: "upgrade" | "downgrade",
  from: readonly string[],
  to: string | undefined,
): readonly VersionRowChange[] {
  const deletions = (revisions: readonly string[]): readonly VersionRowChange[] =>
    revisions.map((revision) => ({ kind: "delete", revision }));
  if (to === undefined) {
    return deletions(from);
  }
  const last = from.at(-1);
  const isNewRow = last === undefined || (direction === "upgrade" && from.some((row) => !rows.includes(row)));
  return isNewRow
    ? [{ kind: "insert", revision: to }]
    : [...deletions(from.slice(0, -1)), { kind: "update", from: last, to }];
}
