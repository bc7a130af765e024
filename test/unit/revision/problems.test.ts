import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { displayOrder } from "../../../src/revision/displayOrder";
import { RevisionError } from "../../../src/revision/errors";
import { buildGraph, requireSoundGraph } from "../../../src/revision/graph";
import { layoutLanes } from "../../../src/revision/lanes";
import { describeProblem, type ChainProblem } from "../../../src/revision/problems";
import type { Revision } from "../../../src/revision/revision";
import { makeRevision } from "./makeRevisions";

interface BrokenGraph {
  readonly name: string;
  readonly revisions: readonly Revision[];
  readonly problems: readonly ChainProblem[];
  readonly message: string | undefined;
}

const at = (revision: string) => ({ revision, path: `versions/${revision}.ts` });
const longId = "x".repeat(33);

const brokenGraphs: readonly BrokenGraph[] = [
  {
    name: "a parent that is not there",
    revisions: [makeRevision("a"), makeRevision("b", ["gone"])],
    problems: [{ kind: "missing-down-revision", fatal: true, ...at("b"), missing: "gone" }],
    message: "Revision gone referenced from b is not present",
  },
  {
    name: "one parent of a merge that is not there, and what comes after",
    revisions: [makeRevision("a"), makeRevision("b", ["a", "gone"]), makeRevision("c", ["b"])],
    problems: [{ kind: "missing-down-revision", fatal: true, ...at("b"), missing: "gone" }],
    message: "Revision gone referenced from b is not present",
  },
  {
    name: "a dependency that is not there",
    revisions: [makeRevision("a", [], { dependsOn: ["gone"] })],
    problems: [{ kind: "missing-dependency", fatal: true, ...at("a"), missing: "gone", candidates: [] }],
    message: "Revision gone referenced from a is not present",
  },
  {
    name: "a dependency by the beginning of an id",
    revisions: [
      makeRevision("abc123"),
      makeRevision("b", ["abc123"]),
      makeRevision("c", ["b"], { dependsOn: ["abc"] }),
    ],
    problems: [
      { kind: "missing-dependency", fatal: true, ...at("c"), missing: "abc", candidates: ["abc123"] },
    ],
    message: "Revision abc referenced from c is not present",
  },
  {
    name: "an id in two files",
    revisions: [makeRevision("a", [], { path: "1.ts" }), makeRevision("a", [], { path: "2.ts" })],
    problems: [{ kind: "duplicate-revision", fatal: true, revision: "a", paths: ["1.ts", "2.ts"] }],
    message: "Revision a is present more than once",
  },
  {
    name: "a cycle beside a sound line",
    revisions: [
      makeRevision("a", ["c"]),
      makeRevision("b", ["a"]),
      makeRevision("c", ["b"]),
      makeRevision("d", ["c"]),
      makeRevision("e"),
    ],
    problems: [
      { kind: "cycle", fatal: true, revisions: ["a", "b", "c", "d"], loop: ["a", "c", "b"] },
      { kind: "multiple-heads", fatal: false, heads: ["d", "e"] },
    ],
    message: "Cycle is detected in revisions (a, b, c, d)",
  },
  {
    name: "a revision that revises itself",
    revisions: [makeRevision("a"), makeRevision("b", ["a", "b"])],
    problems: [{ kind: "self-loop", fatal: true, ...at("b") }],
    message: "Self-loop is detected in revisions (b)",
  },
  {
    name: "a cycle by way of dependencies",
    revisions: [
      makeRevision("a", [], { dependsOn: ["c"] }),
      makeRevision("b", ["a"]),
      makeRevision("c", ["b"]),
    ],
    problems: [{ kind: "dependency-cycle", fatal: true, revisions: ["a", "b", "c"], loop: ["a", "c", "b"] }],
    message: "Dependency cycle is detected in revisions (a, b, c)",
  },
  {
    name: "a revision that depends on itself",
    revisions: [makeRevision("a", [], { dependsOn: ["a"] })],
    problems: [{ kind: "dependency-self-loop", fatal: true, ...at("a"), dependency: "a" }],
    message: "Dependency self-loop is detected in revisions (a)",
  },
  {
    name: "a revision that depends on its own label",
    revisions: [makeRevision("a", [], { branchLabels: ["blue"], dependsOn: ["blue"] })],
    problems: [{ kind: "dependency-self-loop", fatal: true, ...at("a"), dependency: "blue" }],
    message: "Dependency self-loop is detected in revisions (a)",
  },
  {
    name: "a label in two files",
    revisions: [
      makeRevision("a", [], { branchLabels: ["blue"] }),
      makeRevision("b", ["a"], { branchLabels: ["blue"] }),
    ],
    problems: [{ kind: "duplicate-label", fatal: true, ...at("b"), label: "blue", usedBy: "a" }],
    message: "Branch name 'blue' in revision b already used by revision a",
  },
  {
    name: "a label that is an id",
    revisions: [makeRevision("a"), makeRevision("b", ["a"], { branchLabels: ["a"] })],
    problems: [{ kind: "label-equals-revision", fatal: true, ...at("b"), label: "a" }],
    message: "Branch name 'a' in revision b already used by revision a",
  },
  {
    name: "several heads",
    revisions: [makeRevision("a"), makeRevision("b", ["a"]), makeRevision("c", ["a"])],
    problems: [{ kind: "multiple-heads", fatal: false, heads: ["b", "c"] }],
    message: undefined,
  },
  {
    name: "an id that the version table cannot hold",
    revisions: [makeRevision(longId)],
    problems: [{ kind: "id-too-long", fatal: false, ...at(longId), length: 33 }],
    message: undefined,
  },
  {
    name: "an id of characters that symbols use",
    revisions: [makeRevision("a@b-c")],
    problems: [{ kind: "illegal-characters", fatal: true, ...at("a@b-c"), characters: ["-", "@"] }],
    message: "Character(s) '-, @' not allowed in revision identifier 'a@b-c'",
  },
  {
    name: "an empty id",
    revisions: [makeRevision("")],
    problems: [{ kind: "empty-id", fatal: true, ...at("") }],
    message: "A revision has an empty ID",
  },
];

describe("problems in a set of revisions", () => {
  for (const { name, revisions, problems, message } of brokenGraphs) {
    const graph = buildGraph(revisions);

    it(`names the place of ${name}`, () => {
      deepStrictEqual(graph.problems, problems);
    });

    it(`${message === undefined ? "lets commands run with" : "stops commands at"} ${name}`, () => {
      if (message === undefined) {
        requireSoundGraph(graph);
      } else {
        throws(
          () => requireSoundGraph(graph),
          (error) =>
            error instanceof RevisionError && error.code === "broken-graph" && error.message === message,
        );
      }
    });

    it(`still shows every revision of a graph with ${name}`, () => {
      const ids = [...new Set(revisions.map(({ revision }) => revision))].sort();
      deepStrictEqual(
        displayOrder(graph)
          .map(({ revision }) => revision)
          .sort(),
        ids,
      );
      strictEqual(layoutLanes(graph).rows.length, ids.length);
    });
  }

  for (const [title, paths, hint] of [
    ["two files", ["1.ts", "2.ts"], "Give each file its own ID: 1.ts, 2.ts."],
    [
      "a Python revision and the one converted from it",
      ["a.py", "a.ts"],
      "One of these is converted from the other: rename the Python file so that its name does not end in .py, or remove it: a.py, a.ts.",
    ],
  ] as const) {
    it(`says what to do about an id in ${title}`, () => {
      strictEqual(
        describeProblem({ kind: "duplicate-revision", fatal: true, revision: "a", paths }).hint,
        hint,
      );
    });
  }

  it("has words and advice for every kind", () => {
    for (const problem of brokenGraphs.flatMap(({ problems }) => problems)) {
      const { message, hint } = describeProblem(problem);
      strictEqual(message.length > 10 && hint.length > 10, true, problem.kind);
    }
  });
});
