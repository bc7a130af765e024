import assert from "node:assert/strict";
import { appliedRevisions } from "../../../src/extension/database/databaseState";
import { contextValueOf, iconOf, passesFilter, revisionRows } from "../../../src/extension/tree/treeModel";
import type { RevisionFilter } from "../../../src/extension/tree/treeModel";
import { buildGraph } from "../../../src/revision/graph";
import { historyRange } from "../../../src/revision/history";
import { chain, databaseAt } from "./chain";

describe("the rows of the revisions tree", () => {
  const graph = chain("a1:", "b2: a1", "c3: b2", "d4: b2", "e5: c3 d4");

  it("come in the order of history", () => {
    const rows = revisionRows(graph, { kind: "unknown" });
    assert.deepEqual(
      rows.map(({ revision }) => revision),
      historyRange(graph, undefined, []),
    );
  });

  it("show the lanes of branches beside them, and none on a single line", () => {
    const guides = revisionRows(graph, { kind: "unknown" }).map(
      ({ revision, guide }) => `${guide}${revision.revision}`,
    );
    assert.deepEqual(guides, ["◆ e5", "● │ c3", "│ ● d4", "● b2", "● a1"]);
  });

  it("show twenty lanes, and the own one behind them, of a thousand", () => {
    const heads = Array.from({ length: 1000 }, (_, index) => `h${String(index)}`);
    const rows = revisionRows(chain("a1:", ...heads.map((id) => `${id}: a1`)), { kind: "unknown" });
    assert.equal(rows.length, 1001);
    assert.deepEqual(
      [0, 1, 999, 1000].map((index) => rows[index]?.guide),
      ["● ", "│ ● ", `${"│ ".repeat(20)}… ● `, "● "],
    );
  });

  const filters: readonly (readonly [filter: RevisionFilter, shown: readonly string[]])[] = [
    [{ kind: "all" }, ["d4", "c3", "b2", "a1"]],
    [{ kind: "heads" }, ["d4", "c3"]],
    [{ kind: "pending" }, ["d4", "c3"]],
    [{ kind: "applied" }, ["b2", "a1"]],
    [{ kind: "problems" }, []],
    [{ kind: "text", text: "D4" }, ["d4"]],
    [{ kind: "text", text: "nothing" }, []],
  ];
  for (const [filter, shown] of filters) {
    it(`pass the filter ${JSON.stringify(filter)} as it says`, () => {
      const forked = chain("a1:", "b2: a1", "c3: b2", "d4: b2");
      const rows = revisionRows(forked, appliedRevisions(forked, databaseAt("b2")));
      assert.deepEqual(
        rows
          .filter((row) => passesFilter(row, filter))
          .map(({ revision }) => revision.revision)
          .toSorted(),
        [...shown].sort(),
      );
    });
  }

  it("mark nothing as pending while the database is unknown", () => {
    const rows = revisionRows(graph, { kind: "unknown" });
    assert.deepEqual(new Set(rows.map(({ mark }) => mark)), new Set(["unknown"]));
  });

  it("say what is current, applied and pending, and where a revision stands", () => {
    const rows = revisionRows(graph, appliedRevisions(graph, databaseAt("b2")));
    assert.deepEqual(
      Object.fromEntries(rows.map((row) => [row.revision.revision, contextValueOf(row, false)])),
      {
        e5: "revision;pending;head;merge",
        d4: "revision;pending",
        c3: "revision;pending",
        b2: "revision;current;applied;branch",
        a1: "revision;applied;base",
      },
    );
  });

  it("offer runs of Python files where the project's Alembic runs them all", () => {
    const revisions = chain("a1:", "b2: a1").revisions.map((revision) => ({
      ...revision,
      path: `${revision.revision}.py`,
    }));
    const python = buildGraph(revisions);
    const rows = revisionRows(python, appliedRevisions(python, databaseAt("a1")));
    assert.deepEqual(
      [true, false].map((isPython) => rows.map((row) => contextValueOf(row, isPython))),
      [
        ["revision;alembic;pending;head", "revision;alembic;current;applied;base"],
        ["revision;python;head", "revision;python;base"],
      ],
    );
  });

  it("have an icon of their own for every state", () => {
    const rows = revisionRows(graph, appliedRevisions(graph, databaseAt("b2")));
    const icons = new Map(rows.map((row) => [row.mark, iconOf(row).icon]));
    assert.equal(new Set(icons.values()).size, 3);
  });

  it("are complete where a parent is missing, and say so", () => {
    const broken = chain("a1:", "b2: nowhere", "c3: b2");
    const rows = revisionRows(broken, { kind: "unknown" });
    assert.deepEqual(rows.map((row) => [row.revision.revision, row.hasProblem]).sort(), [
      ["a1", false],
      ["b2", true],
      ["c3", false],
    ]);
  });

  it("are complete where revisions form a cycle", () => {
    const cycle = chain("a1: c3", "b2: a1", "c3: b2", "d4: c3");
    assert.deepEqual(
      revisionRows(cycle, { kind: "unknown" })
        .map(({ revision, hasProblem }) => [revision.revision, hasProblem])
        .sort(),
      [
        ["a1", true],
        ["b2", true],
        ["c3", true],
        ["d4", false],
      ],
    );
  });

  it("cope with ids that are names of an object's members", () => {
    const odd = chain("__proto__:", "constructor: __proto__");
    assert.deepEqual(
      revisionRows(odd, { kind: "unknown" }).map(({ revision }) => revision.revision),
      ["constructor", "__proto__"],
    );
  });
});
