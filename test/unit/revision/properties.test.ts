import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import * as fc from "fast-check";
import { displayOrder } from "../../../src/revision/displayOrder";
import { RevisionError } from "../../../src/revision/errors";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "../../../src/revision/graph";
import { renderHistoryGraph } from "../../../src/revision/graphHistory";
import { layoutLanes } from "../../../src/revision/lanes";
import type { MigrationPlan, VersionRowChange } from "../../../src/revision/plan";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { planStamp } from "../../../src/revision/planStamp";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import { ancestorsOf, graphAndRows, newest } from "./arbitraryGraphs";

function appliedBy(graph: RevisionGraph, rows: readonly string[]): ReadonlySet<GraphRevision> {
  return ancestorsOf(
    graph,
    rows.flatMap((row) => graph.get(row) ?? []),
  );
}

/** Makes the row changes one by one on rows of its own, and holds the plan's word against them. */
function requireTrueRows(rows: readonly string[], { steps, finalHeads }: MigrationPlan): void {
  const table = new Set(rows);
  for (const { rowChanges, headsAfter } of steps) {
    for (const change of rowChanges) {
      applyTo(table, change);
    }
    deepStrictEqual([...table].sort(), headsAfter);
  }
  deepStrictEqual([...table].sort(), finalHeads);
}

function applyTo(table: Set<string>, change: VersionRowChange): void {
  if (change.kind !== "insert") {
    ok(
      table.delete(change.kind === "update" ? change.from : change.revision),
      "one row is deleted or updated",
    );
  }
  if (change.kind !== "delete") {
    const added = change.kind === "update" ? change.to : change.revision;
    ok(!table.has(added), "a row is written once");
    table.add(added);
  }
}

/** Alembic refuses a target that has no row and nothing after it: only another branch depends on it. */
function isPossibleTarget(
  target: GraphRevision,
  rows: readonly string[],
  applied: ReadonlySet<GraphRevision>,
  graph: RevisionGraph,
): boolean {
  const children = target.nextRevisions.flatMap((id) => graph.get(id) ?? []);
  return rows.includes(target.revision) || children.some((child) => applied.has(child));
}

function idsOf({ steps }: MigrationPlan): readonly string[] {
  return steps.flatMap(({ revision }) => revision?.revision ?? []);
}

describe("plans on any graph", () => {
  it("upgrade passes every needed revision once, parents and dependencies first", () => {
    fc.assert(
      fc.property(graphAndRows, ({ graph, rows }) => {
        requireSoundGraph(graph);
        const plan = planUpgrade(graph, { databaseHeads: rows, target: "heads" });
        const done = new Set([...appliedBy(graph, rows)].map(({ revision }) => revision));
        strictEqual(idsOf(plan).length, graph.revisions.length - done.size);
        for (const { revision } of plan.steps) {
          ok(revision !== undefined && !done.has(revision.revision));
          ok([...revision.downRevisions, ...revision.resolvedDependencies].every((id) => done.has(id)));
          done.add(revision.revision);
        }
        requireTrueRows(rows, plan);
        deepStrictEqual(plan.finalHeads, graph.realHeads.toSorted());
      }),
      { numRuns: 400 },
    );
  });

  it("after every step the rows are the newest applied revisions", () => {
    fc.assert(
      fc.property(graphAndRows, ({ graph, rows }) => {
        const upgrade = planUpgrade(graph, { databaseHeads: rows, target: "heads" });
        const applied = new Set(appliedBy(graph, rows));
        for (const { revision, headsAfter } of upgrade.steps) {
          ok(revision !== undefined);
          applied.add(revision);
          deepStrictEqual(headsAfter, newest(applied));
        }
        const downgrade = planDowngrade(graph, { databaseHeads: upgrade.finalHeads, target: "base" });
        for (const { revision, headsAfter } of downgrade.steps) {
          ok(revision !== undefined);
          applied.delete(revision);
          deepStrictEqual(headsAfter, newest(applied));
        }
        deepStrictEqual(downgrade.finalHeads, []);
      }),
      { numRuns: 300 },
    );
  });

  it("upgrade, then downgrade, returns the same version rows", () => {
    fc.assert(
      fc.property(graphAndRows, fc.nat(59), ({ graph }, pick) => {
        const target = graph.revisions[pick % graph.revisions.length];
        ok(target !== undefined);
        if (!isPossibleTarget(target, graph.realHeads, new Set(graph.revisions), graph)) {
          return;
        }
        const down = planDowngrade(graph, { databaseHeads: graph.realHeads, target: target.revision });
        const up = planUpgrade(graph, { databaseHeads: down.finalHeads, target: "heads" });
        const downAgain = planDowngrade(graph, { databaseHeads: up.finalHeads, target: target.revision });
        requireTrueRows(down.finalHeads, up);
        requireTrueRows(up.finalHeads, downAgain);
        deepStrictEqual(downAgain.finalHeads, down.finalHeads);
        deepStrictEqual(idsOf(up).toSorted(), idsOf(down).toSorted());
      }),
      { numRuns: 400 },
    );
  });

  it("downgrade to a revision takes down what builds on it, and nothing else", () => {
    fc.assert(
      fc.property(graphAndRows, fc.nat(59), ({ graph, rows }, pick) => {
        const applied = appliedBy(graph, rows);
        const target = [...applied][pick % Math.max(1, applied.size)];
        if (target === undefined) {
          return;
        }
        if (!isPossibleTarget(target, rows, applied, graph)) {
          throws(() => planDowngrade(graph, { databaseHeads: rows, target: target.revision }), RevisionError);
          return;
        }
        const plan = planDowngrade(graph, { databaseHeads: rows, target: target.revision });
        requireTrueRows(rows, plan);
        const left = new Set(applied);
        for (const { revision } of plan.steps) {
          ok(revision !== undefined && left.has(revision));
          ok(
            revision.allNextRevisions.every((id) => !left.has(graph.get(id) ?? revision)),
            "children go first",
          );
          left.delete(revision);
        }
        ok(left.has(target));
        ok(target.nextRevisions.every((id) => !left.has(graph.get(id) ?? target)));
        deepStrictEqual(plan.finalHeads, newest(left));
        const again = planUpgrade(graph, { databaseHeads: plan.finalHeads, target: "heads" });
        deepStrictEqual(again.finalHeads, graph.realHeads.toSorted());
      }),
      { numRuns: 400 },
    );
  });

  it("stamping the heads leaves their rows alone", () => {
    fc.assert(
      fc.property(graphAndRows, ({ graph, rows }) => {
        const plan = planStamp(graph, { databaseHeads: rows, targets: ["heads"], purge: true });
        requireTrueRows(rows, plan);
        deepStrictEqual(plan.finalHeads, graph.realHeads.toSorted());
      }),
      { numRuns: 200 },
    );
  });

  it("lays out every revision once, with edges that keep out of each other's way", () => {
    fc.assert(
      fc.property(graphAndRows, ({ graph }) => {
        const layout = layoutLanes(graph);
        deepStrictEqual(
          layout.rows.map(({ revision }) => revision),
          displayOrder(graph),
        );
        for (const { row, lane, revision } of layout.rows) {
          const { edges } = layout.window(row, row + 1);
          const passing = edges.filter((edge) => edge.fromRow < row && edge.toRow > row);
          ok(passing.every((edge) => edge.lane !== lane));
          const ends = new Map(passing.map((edge) => [edge.lane, edge.parent]));
          ok(
            passing.every((edge) => ends.get(edge.lane) === edge.parent),
            "one lane leads to one revision",
          );
          const down = new Set([...revision.downRevisions, ...revision.resolvedDependencies]);
          strictEqual(layout.rows[row]?.edgesOut.length, down.size);
        }
        strictEqual(
          renderHistoryGraph(graph, displayOrder(graph)).filter((line) => /[●◉]/.test(line)).length,
          graph.revisions.length,
        );
      }),
      { numRuns: 200 },
    );
  });
});
