import assert from "node:assert/strict";
import { findMatch, graphWindow, layoutGraph } from "../../../src/extension/graph/graphModel";
import { chain } from "./chain";

const texts = {
  badges: () => [],
  spoken: () => "",
  tooltip: () => "",
  author: () => "",
  missing: (revision: string) => `no ${revision}`,
};

describe("a search in the graph", () => {
  // Newest first: e5, d4, c3, b2, a1.
  const model = layoutGraph(chain("a1:", "b2: a1", "c3: b2", "d4: c3", "e5: d4"), false);
  const found = (text: string, from: number, isBackward = false): unknown =>
    findMatch(model, { text, from, isBackward });

  it("finds the row itself, the next one below, and goes round, with the place among all", () => {
    const all = layoutGraph(chain("x1:", "y2: x1", "x3: y2", "x4: x3"), false);
    const place = (from: number, isBackward: boolean): unknown =>
      findMatch(all, { text: "X", from, isBackward });
    assert.deepEqual(place(0, false), { row: 0, place: 1, count: 3 });
    assert.deepEqual(place(2, false), { row: 3, place: 3, count: 3 });
    assert.deepEqual(place(4, false), { row: 0, place: 1, count: 3 });
    assert.deepEqual(place(3, true), { row: 1, place: 2, count: 3 });
    assert.deepEqual(place(0, true), { row: 3, place: 3, count: 3 });
  });

  it("finds nothing for no text, or for one that no revision has", () => {
    assert.deepEqual([found("  ", 0), found("zzz", 0)], [undefined, undefined]);
  });

  it("finds by the middle of an id", () => {
    assert.deepEqual(found("3", 0), { row: 2, place: 1, count: 1 });
  });
});

describe("the rows of the graph", () => {
  it("can be merged where they are heads beside others", () => {
    const mergeable = (lines: readonly string[]): readonly string[] => {
      const model = layoutGraph(chain(...lines), false);
      const { rows } = graphWindow(model, { kind: "unknown" }, texts, 0, 10);
      return rows.filter(({ menuWords }) => menuWords.includes("mergeable")).map(({ id }) => id);
    };
    assert.deepEqual(mergeable(["a1:", "b2: a1", "c3: a1"]).toSorted(), ["b2", "c3"]);
    assert.deepEqual(mergeable(["a1:", "b2: a1"]), []);
  });
});
