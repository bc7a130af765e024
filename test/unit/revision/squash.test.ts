import assert from "node:assert/strict";
import { buildGraph, type RevisionGraph } from "../../../src/revision/graph";
import { graphFor } from "../../../src/revision/oldFiles";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import { resolveRevisions } from "../../../src/revision/resolve";
import { describeProblem } from "../../../src/revision/problems";
import { squashRange } from "../../../src/revision/squashRange";
import { fromRows } from "../../../src/revision/unknownRow";
import { toRevision } from "../../../src/source/header";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { printRevisionFile } from "../../../src/source/printRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { scanWrittenRevision } from "../../../src/source/scanWrittenRevision";
import { makeRevision } from "./makeRevisions";

/** aaaa to cccc, and dddd on top of them. */
const line = [
  makeRevision("aaaa"),
  makeRevision("bbbb", ["aaaa"]),
  makeRevision("cccc", ["bbbb"]),
  makeRevision("dddd", ["cccc"]),
];
const squash = makeRevision("cccc", [], { replaces: ["aaaa", "bbbb", "cccc"], path: "versions/squash.ts" });

function ids(graph: RevisionGraph): readonly string[] {
  return graph.revisions.map(({ revision, replaces }) =>
    replaces === undefined ? revision : `[${revision}]`,
  );
}

function steps(graph: RevisionGraph, rows: readonly string[], target: string): readonly string[] {
  const known = graphFor(graph, rows, target);
  return planUpgrade(known, { databaseHeads: rows, target }).steps.flatMap(({ revision }) =>
    revision === undefined ? [] : [revision.path.replace(/^versions\/|\.ts$/g, "")],
  );
}

describe("a squashed revision in the graph", () => {
  it("hides the files that it replaces", () => {
    const graph = buildGraph([...line, squash]);
    assert.deepEqual(
      { ids: ids(graph), heads: graph.heads, bases: graph.bases, problems: graph.problems },
      { ids: ["dddd", "[cccc]"], heads: ["dddd"], bases: ["cccc"], problems: [] },
    );
  });

  it("hides one that it replaces in turn", () => {
    const second = makeRevision("dddd", [], {
      replaces: ["aaaa", "bbbb", "cccc", "dddd"],
      path: "versions/second.ts",
    });
    const graph = buildGraph([...line, squash, second]);
    assert.deepEqual(ids(graph), ["[dddd]"]);
    assert.deepEqual(steps(graph, ["aaaa"], "head"), ["bbbb", "cccc", "dddd"]);
  });

  it("leaves to a database in the middle one that it replaces in turn, whose old files are gone", () => {
    const second = makeRevision("dddd", [], {
      replaces: ["aaaa", "bbbb", "cccc", "dddd"],
      path: "versions/second.ts",
    });
    const graph = buildGraph([line[3] ?? squash, squash, second]);
    assert.deepEqual(
      [["cccc"], [], ["dddd"]].map((rows) => steps(graph, rows, "head")),
      [["dddd"], ["second"], []],
    );
    const known = graphFor(graph, ["bbbb"]);
    assert.throws(
      () => fromRows(known, ["bbbb"], () => planUpgrade(known, { databaseHeads: ["bbbb"], target: "head" })),
      {
        code: "unknown-revision",
        hint: "Check out a commit that has the old files, run `alembic-ts upgrade cccc` there, then continue here.",
      },
    );
  });

  const plans: readonly {
    readonly title: string;
    readonly files?: readonly ReturnType<typeof makeRevision>[];
    readonly rows: readonly string[];
    readonly target?: string;
    readonly steps: readonly string[];
  }[] = [
    { title: "runs where none was applied", rows: [], steps: ["squash", "dddd"] },
    { title: "counts as applied where all were", rows: ["cccc"], steps: ["dddd"] },
    { title: "is below what stands on it", rows: ["dddd"], steps: [] },
    { title: "leaves the old files to a database in the middle", rows: ["bbbb"], steps: ["cccc", "dddd"] },
    { title: "leaves the old files to whoever names one", rows: [], target: "bbbb", steps: ["aaaa", "bbbb"] },
    { title: "leaves them to steps from one", rows: ["aaaa"], target: "+1", steps: ["bbbb"] },
    {
      title: "runs without the old files",
      files: [line[3] ?? squash, squash],
      rows: [],
      steps: ["squash", "dddd"],
    },
  ];
  for (const { title, files = [...line, squash], rows, target = "head", steps: expected } of plans) {
    it(title, () => {
      assert.deepEqual(steps(buildGraph(files), rows, target), expected);
    });
  }

  it("tells a database in the middle what to do when the old files are gone", () => {
    const graph = buildGraph([line[3] ?? squash, squash]);
    assert.throws(
      () => fromRows(graph, ["bbbb"], () => planUpgrade(graph, { databaseHeads: ["bbbb"], target: "head" })),
      {
        code: "unknown-revision",
        cause:
          "The database is at bbbb, which was squashed into cccc: it has some of the replaced revisions and not all, and their files are no longer all here.",
        hint: "Check out a commit that has the old files, run `alembic-ts upgrade cccc` there, then continue here.",
      },
    );
  });

  it("is named where a replaced revision is asked for whose file is gone", () => {
    const graph = buildGraph([line[3] ?? squash, squash]);
    assert.throws(() => resolveRevisions(graphFor(graph, [], "bbbb"), "bbbb"), {
      hint: "Revision bbbb was squashed into cccc. Name that one.",
    });
  });

  it("is named where a revision stands on a replaced one", () => {
    const graph = buildGraph([...line, squash, makeRevision("eeee", ["bbbb"])]);
    assert.deepEqual(
      graph.problems.filter(({ fatal }) => fatal).map((problem) => describeProblem(problem)),
      [
        {
          message: "Revision bbbb referenced from eeee is not present",
          hint: "bbbb was squashed into cccc: write cccc in down_revision.",
        },
      ],
    );
  });

  it("can't replace what another one replaces", () => {
    const other = makeRevision("dddd", [], { replaces: ["bbbb", "dddd"], path: "versions/other.ts" });
    const graph = buildGraph([...line, squash, other]);
    assert.deepEqual(
      graph.problems.find(({ kind }) => kind === "duplicate-revision"),
      {
        kind: "duplicate-revision",
        fatal: true,
        revision: "bbbb",
        paths: ["versions/squash.ts", "versions/other.ts"],
      },
    );
  });
});

describe("the header of a squashed revision", () => {
  const many = Array.from({ length: 12 }, (_, index) => `revision_${String(index)}`);
  for (const [title, replaces] of [
    ["in one line", ["a1", "b2"]],
    ["in several lines", many],
  ] as const) {
    it(`is read as it is printed ${title}`, () => {
      const expected = { revision: "b2", downRevisions: ["z9"], branchLabels: [], dependsOn: [], replaces };
      const text = printRevisionFile({ ...expected, message: "squash", createDate: "2026-11-29" });
      const readers = [
        scanWrittenRevision(text, "x.ts"),
        ...[scanHeader(text, "x.ts"), scanHeader(text, "x.ts", "ids"), parseRevisionFile(text, "x.ts")].map(
          (scan) => (scan.kind === "revision" ? toRevision(scan.header, "x.ts") : undefined),
        ),
      ];
      assert.deepEqual(
        readers.map((record) => record?.replaces),
        [undefined, replaces, replaces, replaces],
      );
    });
  }
});

describe("the range of a squash", () => {
  const branched = [
    makeRevision("base1"),
    makeRevision("aaaa", ["base1"], { branchLabels: ["shop"] }),
    makeRevision("bbbb", ["aaaa"]),
    makeRevision("cccc", ["aaaa"]),
    makeRevision("side", ["base1"]),
    makeRevision("dddd", ["bbbb", "cccc", "side"]),
    makeRevision("eeee", ["dddd"]),
  ];

  it("takes what is between two revisions, and revises what is outside", () => {
    const { members, ...header } = squashRange(buildGraph(branched), "aaaa:dddd");
    assert.deepEqual(
      { ...header, last: header.last.revision, members: members.map(({ revision }) => revision) },
      {
        members: ["aaaa", "bbbb", "cccc", "dddd"],
        last: "dddd",
        downRevisions: ["side"],
        branchLabels: ["shop"],
        dependsOn: [],
        replaces: ["aaaa", "bbbb", "cccc", "dddd"],
      },
    );
  });

  it("keeps its parent, which a dependency stands on as well", () => {
    const graph = buildGraph([
      makeRevision("base1"),
      makeRevision("other", ["base1"]),
      makeRevision("lower", ["base1"]),
      makeRevision("aaaa", ["base1"], { dependsOn: ["lower"] }),
      makeRevision("bbbb", ["aaaa"], { dependsOn: ["other", "base1"] }),
    ]);
    const { downRevisions, dependsOn } = squashRange(graph, "aaaa:bbbb");
    assert.deepEqual(
      { downRevisions, dependsOn },
      { downRevisions: ["base1"], dependsOn: ["lower", "other"] },
    );
  });

  const refused: readonly { readonly range: string; readonly message: RegExp }[] = [
    { range: "aaaa:bbbb", message: /^cccc follows aaaa, which is inside the range\.$/ },
    { range: "eeee:aaaa", message: /does not refer to ancestor\/descendant/ },
    { range: "eeee:eeee", message: /^eeee alone can't be squashed\.$/ },
    { range: "eeee", message: /is not a range/ },
  ];
  for (const { range, message } of refused) {
    it(`is refused for ${range}`, () => {
      assert.throws(() => squashRange(buildGraph(branched), range), { message });
    });
  }
});
