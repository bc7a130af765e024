import assert from "node:assert/strict";
import {
  appliedCountFrom,
  appliedRevisions,
  pendingCountUpTo,
} from "../../../src/extension/database/databaseState";
import { buildGraph } from "../../../src/revision/graph";
import type { Revision } from "../../../src/revision/revision";
import { chain, databaseAt } from "./chain";

describe("appliedRevisions", () => {
  const graph = chain("a1:", "b2: a1", "c3: b2", "d4: b2", "e5: c3 d4");

  it("knows nothing where the database was not asked", () => {
    assert.deepEqual(appliedRevisions(graph, { kind: "unknown" }), { kind: "unknown" });
    assert.deepEqual(appliedRevisions(graph, { kind: "failed", message: "no" }), { kind: "unknown" });
  });

  const cases = [
    { rows: [], applied: [], current: [], pendingCount: 5, unknownRows: [] },
    { rows: ["b2"], applied: ["a1", "b2"], current: ["b2"], pendingCount: 3, unknownRows: [] },
    {
      rows: ["c3", "d4"],
      applied: ["a1", "b2", "c3", "d4"],
      current: ["c3", "d4"],
      pendingCount: 1,
      unknownRows: [],
    },
    { rows: ["zz", "b2"], applied: ["a1", "b2"], current: ["b2"], pendingCount: 3, unknownRows: ["zz"] },
  ];
  const uncertainCases = [
    { rows: ["zz"], applied: [], uncertain: ["a1", "b2", "c3", "d4", "e5"], pendingCount: 0 },
    // What is above a row can't be below another one.
    { rows: ["zz", "c3"], applied: ["a1", "b2", "c3"], uncertain: ["d4"], pendingCount: 1 },
  ];
  for (const { rows, applied, uncertain, pendingCount } of uncertainCases) {
    it(`does not call pending what the row that no file has may stand on: [${rows.join(", ")}]`, () => {
      assert.deepEqual(appliedRevisions(graph, databaseAt(...rows)), {
        kind: "known",
        applied: new Set(applied),
        current: new Set(applied.slice(-1)),
        uncertain: new Set(uncertain),
        pendingCount,
        unknownRows: ["zz"],
      });
    });
  }

  for (const { rows, applied, current, pendingCount, unknownRows } of cases) {
    it(`reads the rows [${rows.join(", ")}]`, () => {
      assert.deepEqual(appliedRevisions(graph, databaseAt(...rows)), {
        kind: "known",
        applied: new Set(applied),
        current: new Set(current),
        uncertain: new Set(),
        pendingCount,
        unknownRows,
      });
    });
  }

  it("tells by the old files where a database has some of the revisions that were squashed", () => {
    const old = chain("a1:", "b2: a1", "c3: b2");
    const squash = { ...chain("c3:").files[0], replaces: ["a1", "b2", "c3"], path: "/versions/squash.ts" };
    const squashed = buildGraph([...old.files, squash as Revision]);
    assert.deepEqual(appliedRevisions(squashed, databaseAt("b2")), {
      kind: "known",
      applied: new Set(["a1", "b2"]),
      current: new Set(["b2"]),
      uncertain: new Set(),
      pendingCount: 1,
      unknownRows: [],
    });
  });

  it("does not call pending what a broken chain may have led to", () => {
    const broken = chain("a1:", "b2: gone", "c3: b2");
    assert.deepEqual(appliedRevisions(broken, databaseAt("b2")), {
      kind: "known",
      applied: new Set(["b2"]),
      current: new Set(["b2"]),
      uncertain: new Set(["a1"]),
      pendingCount: 1,
      unknownRows: [],
    });
  });

  it("counts what an upgrade would run and what a downgrade would revert", () => {
    const applied = new Set(["a1", "b2", "c3"]);
    assert.deepEqual(
      ["a1", "d4", "e5"].map((revision) => pendingCountUpTo(graph, revision, applied)),
      [0, 1, 2],
    );
    assert.deepEqual(
      ["a1", "c3", "e5"].map((revision) => appliedCountFrom(graph, revision, applied)),
      [3, 1, 0],
    );
  });
});
