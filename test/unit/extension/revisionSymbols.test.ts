import assert from "node:assert/strict";
import { downgradeRange, targetBefore, upgradeRange } from "../../../src/extension/actions/revisionSymbols";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { chain } from "./chain";

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
    const ranges = graph.revisions.map((revision) => [upgradeRange(revision), downgradeRange(revision)]);
    assert.deepEqual(ranges, [
      ["base:a1", "a1:base"],
      ["a1:b2", "b2:a1"],
    ]);
  });
});
