import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { currentRevisions } from "../../../src/revision/current";
import {
  currentLine,
  describeBranches,
  describeRevision,
  describeRevisionVerbose,
  describeStep,
  headsLine,
  historyLine,
} from "../../../src/revision/describe";
import { buildGraph, type RevisionGraph } from "../../../src/revision/graph";
import { renderHistoryGraph } from "../../../src/revision/graphHistory";
import { historyRange } from "../../../src/revision/history";
import { planStamp } from "../../../src/revision/planStamp";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import { resolveRevisions } from "../../../src/revision/resolve";
import { makeRevision } from "./makeRevisions";

/** Expected texts are what Alembic printed for this graph, with `.ts` files and with sets sorted. */
const branched = buildGraph([
  makeRevision("a"),
  makeRevision("b", ["a"], { doc: "add b\n\nRevision ID: b\nRevises: a" }),
  makeRevision("c1", ["b"], { branchLabels: ["c1branch"] }),
  makeRevision("c2", ["b"], { branchLabels: ["c2branch"] }),
  makeRevision("d1", ["c1"]),
  makeRevision("d2", ["c2"]),
]);

const merged = buildGraph([
  makeRevision("a"),
  makeRevision("b1", ["a"]),
  makeRevision("b2", ["a"]),
  makeRevision("c", ["b1", "b2"]),
  makeRevision("x", [], { dependsOn: ["c"], branchLabels: ["extra"] }),
]);

function history(graph: RevisionGraph, range?: string): readonly string[] {
  return historyRange(graph, range, []).map((revision) => describeRevision(graph, revision, historyLine));
}

describe("lines about revisions", () => {
  it("history", () => {
    deepStrictEqual(history(branched), [
      "c1 -> d1 (c1branch) (head), add d1",
      "b -> c1 (c1branch), add c1",
      "c2 -> d2 (c2branch) (head), add d2",
      "b -> c2 (c2branch), add c2",
      "a -> b (branchpoint), add b",
      "<base> -> a, add a",
    ]);
    deepStrictEqual(history(branched, "b:c1branch@head"), [
      "c1 -> d1 (c1branch) (head), add d1",
      "b -> c1 (c1branch), add c1",
      "a -> b (branchpoint), add b",
    ]);
  });

  it("history with dependencies, merges and current revisions", () => {
    const currentRevisions = new Set(["c"]);
    deepStrictEqual(
      historyRange(merged, undefined, []).map((revision) =>
        describeRevision(merged, revision, { ...historyLine, currentRevisions }),
      ),
      [
        "<base> (c) -> x (extra) (head), add x",
        "b1, b2 -> c (effective head) (current) (mergepoint), add c",
        "a -> b1, add b1",
        "a -> b2, add b2",
        "<base> -> a (branchpoint), add a",
      ],
    );
  });

  it("heads, also those that another revision depends on", () => {
    deepStrictEqual(
      merged.heads.map((id) =>
        resolveRevisions(merged, id).map((one) => describeRevision(merged, one, headsLine)),
      ),
      [["c (effective head)"], ["x (extra) (head)"]],
    );
  });

  it("current, with branches that a dependency implies, sorted", () => {
    const current = currentRevisions(merged, ["x"]);
    deepStrictEqual(
      current.map(({ revision, isEffective }) => [
        describeRevision(merged, revision, currentLine),
        isEffective,
      ]),
      [
        ["c (effective head) (mergepoint)", true],
        ["x (head)", false],
      ],
    );
  });

  it("branches, short and in full", () => {
    const [b] = resolveRevisions(branched, "b");
    strictEqual(
      b && describeBranches(branched, b),
      "b (branchpoint)\n  -> c1 (c1branch)\n  -> c2 (c2branch)\n",
    );
    strictEqual(
      b && describeBranches(branched, b, true),
      [
        "Rev: b (branchpoint)",
        "Parent: a",
        "Branches into: c1, c2",
        "Path: versions/b.ts",
        "",
        "    add b",
        "    ",
        "    Revision ID: b",
        "    Revises: a",
        "",
        "  -> c1 (c1branch), add c1",
        "  -> c2 (c2branch), add c2",
        "",
      ].join("\n"),
    );
  });

  it("show", () => {
    const shown = (graph: RevisionGraph, symbol: string): string =>
      resolveRevisions(graph, symbol)
        .map((revision) => describeRevisionVerbose(graph, revision))
        .join("\n");
    strictEqual(
      shown(branched, "c1branch@head"),
      "Rev: d1 (head)\nParent: c1\nBranch names: c1branch\nPath: versions/d1.ts\n\n    add d1\n",
    );
    strictEqual(
      shown(merged, "c"),
      "Rev: c (head) (mergepoint)\nMerges: b1, b2\nPath: versions/c.ts\n\n    add c\n",
    );
    strictEqual(
      shown(merged, "x"),
      "Rev: x (head)\nParent: <base>\nAlso depends on: c\nBranch names: extra\nPath: versions/x.ts\n\n    add x\n",
    );
  });

  it("the steps of a run", () => {
    const upgrade = planUpgrade(merged, { databaseHeads: ["b1", "b2"], target: "heads" });
    const stamp = planStamp(merged, { databaseHeads: ["b1", "b2"], targets: ["a"] });
    const clear = planStamp(merged, { databaseHeads: ["b1"], targets: ["base"] });
    const lines = [
      ...upgrade.steps.map((step) => describeStep({ ...step, message: step.revision?.message ?? "" })),
      ...[...stamp.steps, ...clear.steps].map((step) => describeStep({ ...step, message: "" })),
    ];
    deepStrictEqual(lines, [
      "Running upgrade b1, b2 -> c, add c",
      "Running upgrade  -> x, add x",
      "Running stamp_revision b1, b2 -> a",
      "Running stamp_revision b1 -> ",
    ]);
  });

  it("a drawing of branches and merges", () => {
    const lines = renderHistoryGraph(merged, historyRange(merged, undefined, []), { withMessage: true });
    deepStrictEqual(lines, [
      "◉ x (extra) (head), add x",
      "◉ c (effective head) (mergepoint), add c",
      "├─╮",
      "● │ b1, add b1",
      "│ ● b2, add b2",
      "├─╯",
      "● a (branchpoint), add a",
    ]);
  });
});
