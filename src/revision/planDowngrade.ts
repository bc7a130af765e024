import { inWordsOf, RevisionError, UnrelatedRevisionsError } from "./errors";
import { parseDowngradeTarget, type DowngradeTarget } from "./downgradeTarget";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "./graph";
import { ancestors } from "./lineage";
import type { MigrationPlan, MigrationStep, PlanRequest } from "./plan";
import { findBranch } from "./resolve";
import { appliedDescendants, appliedRevisions, endPositions, requireRevisions } from "./revisionsAbove";
import { topologicalOrder } from "./topologicalOrder";
import { versionRows } from "./versionRows";

/**
 * The steps of `downgrade <target>` from these version rows: everything that comes after the target, and everything
 * that depends on that. Throws a RevisionError where there is no such way.
 */
export function planDowngrade(graph: RevisionGraph, { databaseHeads, target }: PlanRequest): MigrationPlan {
  requireSoundGraph(graph);
  const unrelated = `Destination ${target} is not a valid downgrade target from current head(s)`;
  return inWordsOf({ argument: target, unrelated }, () => {
    const parsed = parseDowngradeTarget(graph, databaseHeads, target, false);
    const revisions = revisionsToDrop(graph, databaseHeads, parsed);
    return { ...downgradeSteps(graph, databaseHeads, revisions), warnings: parsed.warnings };
  });
}

function revisionsToDrop(
  graph: RevisionGraph,
  databaseHeads: readonly string[],
  target: DowngradeTarget,
): readonly GraphRevision[] {
  const roots = rootsOnBranch(graph, rootsAbove(graph, target.revision), target.branch);
  const heads = requireRevisions(endPositions(graph, databaseHeads), databaseHeads);
  const dropped = appliedDescendants(graph, roots, appliedRevisions(graph, databaseHeads));
  if (target.revision !== undefined && dropped.size === 0 && !heads.includes(target.revision)) {
    throw new UnrelatedRevisionsError("", "");
  }
  const order = topologicalOrder(graph, dropped, heads);
  if (order === undefined) {
    throw new UnrelatedRevisionsError("", "");
  }
  return order;
}

/** The first revisions to go: the children of the target, or every base. */
function rootsAbove(graph: RevisionGraph, target: GraphRevision | undefined): readonly GraphRevision[] {
  return (target === undefined ? graph.bases : target.nextRevisions).flatMap((id) => graph.get(id) ?? []);
}

function rootsOnBranch(
  graph: RevisionGraph,
  roots: readonly GraphRevision[],
  branch: string | undefined,
): readonly GraphRevision[] {
  // Alembic counts a base once more for each of its own labels, so that a label is looked up where a base has one.
  const isChoice = roots.length > 1 || roots.some((root) => root.isBase && root.branchLabels.length > 0);
  if (!branch || !isChoice) {
    return roots;
  }
  const line = ancestors(graph, [findBranch(graph, branch)], "lineage");
  const onLine = roots.filter((root) => line.has(root));
  if (onLine.length === 0) {
    throw new RevisionError("invalid-target", "Not a valid downgrade target from current heads", {
      detail: `Nothing that comes after the target is on branch '${branch}'.`,
      hint: "`alembic-ts history` shows which revisions are on which branch.",
    });
  }
  return onLine;
}

function downgradeSteps(
  graph: RevisionGraph,
  databaseHeads: readonly string[],
  revisions: readonly GraphRevision[],
): Omit<MigrationPlan, "warnings"> {
  const rows = versionRows(graph, databaseHeads);
  const steps = revisions.map((revision): MigrationStep => {
    const rowChanges = rows.downgrade(revision);
    return {
      kind: "downgrade",
      direction: "downgrade",
      revision,
      from: [revision.revision],
      to: revision.downRevisions,
      rowChanges,
      headsAfter: rows.current(),
    };
  });
  return { steps, finalHeads: rows.current() };
}
