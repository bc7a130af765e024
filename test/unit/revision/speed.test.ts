import { ok, strictEqual } from "node:assert/strict";
import { buildGraph } from "../../../src/revision/graph";
import { historyRange } from "../../../src/revision/history";
import { layoutLanes } from "../../../src/revision/lanes";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import type { Revision } from "../../../src/revision/revision";
import { makeLadder, makeLine, makeRevision } from "./makeRevisions";

/** Processor time of the shortest of several runs, in milliseconds: the machine may be busy with other things. */
function time(action: () => void): number {
  const runs = Array.from({ length: 7 }, () => {
    const start = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

function planBothWays(revisions: readonly Revision[]): void {
  const graph = buildGraph(revisions);
  const up = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  const down = planDowngrade(graph, { databaseHeads: up.finalHeads, target: "base" });
  strictEqual(up.steps.length, revisions.length);
  strictEqual(down.steps.length, revisions.length);
  strictEqual(historyRange(graph, undefined, []).length, revisions.length);
}

/** So many branches from one base, each as long as the others. */
function makeComb(heads: number, length: number): readonly Revision[] {
  const branches = Array.from({ length: heads }, (_, branch) =>
    Array.from({ length }, (_, at) =>
      makeRevision(`b${branch}_${at}`, [at === 0 ? "base" : `b${branch}_${at - 1}`]),
    ),
  );
  return [makeRevision("base"), ...branches.flat()];
}

describe("large graphs", () => {
  it("plans a ladder of diamonds of 2,401 revisions in at most three times what a line takes", () => {
    const ladder = makeLadder(800);
    const line = makeLine(2401);
    strictEqual(ladder.length, 2401);
    const lineTime = time(() => planBothWays(line));
    const ladderTime = time(() => planBothWays(ladder));
    ok(ladderTime < 3 * lineTime, `${ladderTime.toFixed(1)} ms against ${lineTime.toFixed(1)} ms`);
  });

  it("builds and plans 10,000 revisions in a line in tens of milliseconds", () => {
    const line = makeLine(10_000);
    const took = time(() => {
      const graph = buildGraph(line);
      strictEqual(planUpgrade(graph, { databaseHeads: [], target: "head" }).steps.length, 10_000);
    });
    ok(took < 100, `${took.toFixed(1)} ms`);
  });

  it("plans 5,000 revisions with 50 heads in at most three times what a line takes", () => {
    const comb = makeComb(50, 100);
    const line = makeLine(comb.length);
    const lineTime = time(() => planBothWays(line));
    const combTime = time(() => planBothWays(comb));
    ok(combTime < 3 * lineTime, `${combTime.toFixed(1)} ms against ${lineTime.toFixed(1)} ms`);
  });

  it("lays out 5,000 revisions with 50 heads, and windows of them at no great cost", () => {
    const graph = buildGraph(makeComb(50, 100));
    const layout = layoutLanes(graph);
    strictEqual(layout.rows.length, 5001);
    strictEqual(layout.width, 50);
    const { rows, edges } = layout.window(2500, 2550);
    strictEqual(rows.length, 50);
    ok(edges.length < 150, `${edges.length} edges`);
    const layoutTime = time(() => layoutLanes(graph));
    ok(layoutTime < 200, `layout: ${layoutTime.toFixed(1)} ms`);
    const windowTime = time(() => layout.window(4000, 4050));
    ok(windowTime < 5, `window: ${windowTime.toFixed(2)} ms`);
  });
});
