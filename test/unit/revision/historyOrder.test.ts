import { deepStrictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { displayOrder } from "../../../src/revision/displayOrder";
import { buildGraph } from "../../../src/revision/graph";
import { historyRange, walkRevisions } from "../../../src/revision/history";
import type { Revision } from "../../../src/revision/revision";
import { someRevisions } from "./arbitraryGraphs";
import { makeRevision } from "./makeRevisions";
import { walkBranchPoints, walkEverything } from "./walkModel";

function ids(revisions: readonly { readonly revision: string }[]): readonly string[] {
  return revisions.map(({ revision }) => revision);
}

/** `label3` is the label of `r3`: the model knows ids only. */
function withIds(revision: Revision): Revision {
  return {
    ...revision,
    dependsOn: [...new Set(revision.dependsOn.map((name) => name.replace("label", "r")))],
  };
}

interface RecordedWalk {
  readonly revisions: readonly Revision[];
  readonly walk: readonly string[];
  readonly branches: readonly string[];
  readonly heads: readonly string[];
  readonly realHeads: readonly string[];
}

/** See test/oracle/README.md. */
function recordedWalks(): readonly RecordedWalk[] {
  const file = join(__dirname, "../../oracle/walks.json");
  const { graphs } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly graphs: readonly (Omit<RecordedWalk, "revisions"> & {
      readonly revisions: readonly (readonly [string, readonly string[], readonly string[]])[];
    })[];
  };
  return graphs.map((recorded) => ({
    ...recorded,
    revisions: recorded.revisions.map(([id, parents, dependsOn]) => makeRevision(id, parents, { dependsOn })),
  }));
}

describe("the order of history", () => {
  it("is that of 120 recorded walks of Alembic", () => {
    for (const { revisions, walk, branches, heads, realHeads } of recordedWalks()) {
      const graph = buildGraph(revisions);
      const whole = historyRange(graph, undefined, []);
      deepStrictEqual(
        {
          walk: ids(whole),
          branches: ids(whole.filter(({ isBranchPoint }) => isBranchPoint)),
          heads: graph.heads,
          realHeads: graph.realHeads,
        },
        { walk, branches, heads, realHeads },
      );
      deepStrictEqual(walkEverything(revisions), walk);
    }
  });

  it("is Alembic's on 20,000 random graphs, with and without a range, for every command that lists all", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(someRevisions(12), (revisions) => {
        const graph = buildGraph(revisions);
        const named = revisions.map(withIds);
        const expected = walkEverything(named);
        const whole = historyRange(graph, undefined, []);
        deepStrictEqual(ids(whole), expected);
        deepStrictEqual(ids(historyRange(graph, "base:heads", [])), expected);
        deepStrictEqual(ids(walkRevisions(graph, "base", "heads")), expected);
        deepStrictEqual(ids(displayOrder(graph)), expected);
        deepStrictEqual(ids(whole.filter(({ isBranchPoint }) => isBranchPoint)), walkBranchPoints(named));
      }),
      { numRuns: 20_000 },
    );
  });
});
