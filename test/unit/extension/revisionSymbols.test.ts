import assert from "node:assert/strict";
import {
  downgradeRange,
  pendingRange,
  rangeOfSelected,
  upgradeRange,
} from "../../../src/extension/actions/revisionSymbols";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import { targetBefore } from "../../../src/revision/targetBefore";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { chain } from "./chain";

describe("the range of selected revisions", () => {
  const graph = chain("a1:", "b2: a1", "c3: b2", "d4: c3", "x9: a1", "m5: d4 x9");
  for (const { ids, range } of [
    { ids: ["c3"], range: "b2:c3" },
    { ids: ["d4", "b2"], range: "a1:d4" },
    { ids: ["a1", "c3", "b2"], range: "base:c3" },
    { ids: ["c3", "m5"], range: "b2:m5" },
    { ids: ["m5"], range: "d4,x9:m5" },
    { ids: ["c3", "x9"], range: undefined },
    { ids: ["c3", "x9", "a1"], range: undefined },
  ]) {
    it(`is ${range ?? "none"} for ${ids.join(", ")}`, () => {
      assert.equal(rangeOfSelected(graph, ids), range);
    });
  }
});

describe("the target of a downgrade to before a revision", () => {
  const cases = [
    {
      title: "a plain chain",
      lines: ["a1:", "b2: a1", "c3: b2"],
      rows: ["c3"],
      revision: "b2",
      reverted: ["c3", "b2"],
    },
    {
      title: "the only base",
      lines: ["a1:", "b2: a1"],
      rows: ["b2"],
      revision: "a1",
      reverted: ["b2", "a1"],
    },
    {
      title: "one of two bases",
      lines: ["a1:", "z9:"],
      rows: ["a1", "z9"],
      revision: "a1",
      reverted: ["a1"],
    },
    {
      title: "one of two branches",
      lines: ["a1:", "b2: a1", "c3: a1"],
      rows: ["b2", "c3"],
      revision: "b2",
      reverted: ["b2"],
    },
    {
      title: "a merge point",
      lines: ["a1:", "b2: a1", "c3: a1", "d4: b2 c3"],
      rows: ["d4"],
      revision: "d4",
      reverted: ["d4"],
    },
  ];
  for (const { title, lines, rows, revision, reverted } of cases) {
    it(`reverts that one and what stands on it: ${title}`, () => {
      const graph = chain(...lines);
      const found = graph.get(revision);
      assert.ok(found);
      const plan = planDowngrade(graph, { databaseHeads: rows, target: targetBefore(graph, found) });
      assert.deepEqual(
        plan.steps.map((step) => step.revision?.revision),
        reverted,
      );
    });
  }

  it("is the range of a preview, from and to the parent", () => {
    const graph = chain("a1:", "b2: a1");
    const ranges = graph.revisions.map((revision) => [
      upgradeRange(revision),
      downgradeRange(graph, revision),
    ]);
    assert.deepEqual(ranges, [
      ["base:a1", "a1:base"],
      ["a1:b2", "b2:a1"],
    ]);
  });

  const forked = ["a1:", "b2: a1", "c3: a1", "d4: c3"];
  const pending = [
    { lines: ["a1:", "b2: a1"], rows: ["a1"], range: "a1:head", steps: ["b2"] },
    { lines: ["a1:", "b2: a1"], rows: [], range: "base:head", steps: ["a1", "b2"] },
    { lines: ["a1:", "b2: a1"], rows: ["b2"], range: "b2:head", steps: [] },
    { lines: forked, rows: ["b2", "c3"], range: "b2,c3:heads", steps: ["d4"] },
    { lines: forked, rows: ["c3", "b2"], range: "c3,b2:heads", steps: ["d4"] },
    { lines: forked, rows: ["b2"], range: "b2:heads", steps: ["c3", "d4"] },
  ];
  for (const { lines, rows, range, steps } of pending) {
    it(`has all that is pending after ${rows.join(" and ") || "nothing"}: ${range}`, () => {
      const graph = chain(...lines);
      assert.equal(pendingRange(graph, rows), range);
      const [start = "", target = ""] = range.split(":");
      const databaseHeads = start === "base" ? [] : start.split(",");
      const plan = planUpgrade(graph, { databaseHeads, target });
      assert.deepEqual(
        plan.steps.map((step) => step.revision?.revision),
        steps,
      );
    });
  }

  it("has no range of what is pending after a revision that no file has", () => {
    assert.equal(pendingRange(chain("a1:", "b2: a1"), ["a1", "zzz999"]), undefined);
  });

  const chains = [
    { title: "a chain", lines: ["a1:", "b2: a1"] },
    { title: "a merge", lines: ["a1:", "b2: a1", "c3: a1", "d4: b2 c3"] },
    { title: "a merge of three", lines: ["a1:", "b2: a1", "c3: a1", "d4: a1", "e5: b2 c3 d4"] },
    { title: "two bases", lines: ["a1:", "z9:", "b2: a1"] },
  ];
  for (const { title, lines } of chains) {
    it(`runs just that revision, up and down, in ${title}`, () => {
      const graph = chain(...lines);
      for (const revision of graph.revisions) {
        const [start = "", target = ""] = upgradeRange(revision).split(":");
        const rows = start === "base" ? [] : start.split(",");
        const up = planUpgrade(graph, { databaseHeads: rows, target });
        const [from = "", to = ""] = downgradeRange(graph, revision).split(":");
        const down = planDowngrade(graph, { databaseHeads: [from], target: to });
        const ids = [up, down].map(({ steps }) => steps.map((step) => step.revision?.revision));
        assert.deepEqual(ids, [[revision.revision], [revision.revision]]);
      }
    });
  }
});
