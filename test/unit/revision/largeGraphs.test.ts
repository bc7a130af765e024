import { ok, strictEqual } from "node:assert/strict";
import { buildGraph } from "../../../src/revision/graph";
import { historyRange } from "../../../src/revision/history";
import { layoutLanes } from "../../../src/revision/lanes";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import type { Revision } from "../../../src/revision/revision";
import { makeLadder, makeLine, makeRevision } from "./makeRevisions";

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

/** One revision on top of so many, which it names from the last to the first, and all of them on one. */
function makeFan(parents: number): readonly Revision[] {
  const ids = Array.from({ length: parents }, (_, index) => `p${String(index)}`);
  return [
    makeRevision("base"),
    ...ids.map((id) => makeRevision(id, ["base"])),
    makeRevision("merge", ids.toReversed()),
  ];
}

describe("large graphs", () => {
  // What is not linear here would take minutes, not milliseconds; `npm run bench` says how long it does take.
  for (const [title, revisions] of [
    ["a ladder of diamonds of 24,001 revisions", makeLadder(8000)],
    ["100,000 revisions in a line", makeLine(100_000)],
    ["20,001 revisions with 50 heads", makeComb(50, 400)],
  ] as const) {
    it(`plans ${title} both ways`, () => planBothWays(revisions));
  }

  for (const [title, revisions] of [
    ["20,000 heads", makeComb(20_000, 1)],
    ["a merge of 10,000 parents in an order of its own", makeFan(10_000)],
  ] as const) {
    it(`shows ${title}`, () => strictEqual(layoutLanes(buildGraph(revisions)).rows.length, revisions.length));
  }

  it("lays out 5,000 revisions with 50 heads, and a window of them with no more than its edges", () => {
    const graph = buildGraph(makeComb(50, 100));
    const layout = layoutLanes(graph);
    strictEqual(layout.rows.length, 5001);
    strictEqual(layout.width, 50);
    const { rows, edges } = layout.window(2500, 2550);
    strictEqual(rows.length, 50);
    ok(edges.length < 150, `${edges.length} edges`);
  });
});
