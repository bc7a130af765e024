import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { RevisionError, type RevisionErrorCode } from "../../../src/revision/errors";
import { buildGraph } from "../../../src/revision/graph";
import { historyRange } from "../../../src/revision/history";
import { layoutLanes } from "../../../src/revision/lanes";
import { planNewRevision, requireFreeId } from "../../../src/revision/newRevision";
import { planDowngrade } from "../../../src/revision/planDowngrade";
import { requireStampable } from "../../../src/revision/planStamp";
import { planUpgrade } from "../../../src/revision/planUpgrade";
import { resolveRevision, resolveRevisions } from "../../../src/revision/resolve";
import { parseRange } from "../../../src/revision/symbols";
import { makeRevision } from "./makeRevisions";

const graph = buildGraph([
  makeRevision("abcd1"),
  makeRevision("abcd2", ["abcd1"]),
  makeRevision("b1", ["abcd2"], { branchLabels: ["blue"] }),
  makeRevision("b2", ["b1"]),
  makeRevision("r1", ["abcd2"], { branchLabels: ["red"] }),
  makeRevision("r2", ["r1"]),
]);

interface Refusal {
  readonly name: string;
  readonly run: () => unknown;
  readonly code: RevisionErrorCode;
  readonly message: string;
  readonly cause?: string;
}

const upgradeTo = (target: string, databaseHeads: readonly string[] = []) =>
  planUpgrade(graph, { databaseHeads, target });
const downgradeTo = (target: string, databaseHeads: readonly string[]) =>
  planDowngrade(graph, { databaseHeads, target });

const refusals: readonly Refusal[] = [
  {
    name: "an unknown revision",
    run: () => upgradeTo("nosuchrev"),
    code: "unknown-revision",
    message: "Can't locate revision identified by 'nosuchrev'",
    cause: "No such revision or branch 'nosuchrev'.",
  },
  {
    name: "a beginning of several ids",
    run: () => upgradeTo("abc"),
    code: "ambiguous-revision",
    message: "Can't locate revision identified by 'abc'",
    cause: "Multiple revisions start with 'abc': 'abcd1', 'abcd2'.",
  },
  {
    name: "a revision of another branch",
    run: () => upgradeTo("blue@r2"),
    code: "not-on-branch",
    message: "Can't locate revision identified by 'r2'",
    cause: "Revision r2 is not a member of branch 'blue'.",
  },
  {
    name: "an unknown branch",
    run: () => upgradeTo("green@b2"),
    code: "unknown-branch",
    message: "Can't locate revision identified by 'green'",
    cause: "No such branch: 'green'.",
  },
  {
    name: "head where there are two",
    run: () => upgradeTo("head"),
    code: "multiple-heads",
    message:
      "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, " +
      "'<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
    cause: "The heads are b2, r2.",
  },
  {
    name: "steps past the last revision",
    run: () => upgradeTo("b2+1"),
    code: "walked-too-far",
    message: "Walked too far",
    cause: "'b2+1' leads past the end of the revisions.",
  },
  {
    name: "steps past the base",
    run: () => resolveRevisions(graph, "-9"),
    code: "walked-too-far",
    message: "Walked too far",
    cause: "'-9' leads past the end of the revisions.",
  },
  {
    name: "steps over a fork",
    run: () => upgradeTo("abcd1+2"),
    code: "ambiguous-walk",
    message: "Ambiguous walk",
    cause: "The way from abcd2 leads to b1, r1.",
  },
  {
    name: "a downgrade on a branch that is not there",
    run: () => downgradeTo("blue@-1", ["r2"]),
    code: "invalid-target",
    message: "No current revision is on branch 'blue'",
  },
  {
    name: "a downgrade upwards",
    run: () => downgradeTo("b2", ["b1"]),
    code: "unrelated-range",
    message: "Destination b2 is not a valid downgrade target from current head(s)",
  },
  {
    name: "a stamp of a revision and its ancestor",
    run: () => requireStampable(graph, ["abcd1", "b2"]),
    code: "conflicting-stamp",
    message: "Requested revision b2 overlaps with other requested revisions abcd1",
    cause: "abcd1 comes before b2, which implies it.",
  },
  {
    name: "rows of a revision and its ancestor",
    run: () => upgradeTo("heads", ["abcd1", "b2"]),
    code: "overlapping-revisions",
    message: "Requested revision b2 overlaps with other requested revisions abcd1",
    cause: "abcd1 and b2 are on the same line, so only one of them can be current.",
  },
  {
    name: "a range with too many ends",
    run: () => parseRange("a:b:c"),
    code: "invalid-range",
    message: "Invalid revision range 'a:b:c'",
  },
  {
    name: "a history range without a colon",
    run: () => historyRange(graph, "b1", []),
    code: "invalid-range",
    message: "History range requires [start]:[end], [start]:, or :[end]",
  },
  {
    name: "a new revision with an id that is taken",
    run: () => requireFreeId(graph, "b1"),
    code: "id-in-use",
    message: "Revision b1 is present more than once",
    cause: "'b1' is already a revision.",
  },
  {
    name: "a new revision with a label that is taken",
    run: () => planNewRevision(graph, { revision: "n1", head: "b2", branchLabels: ["red"] }),
    code: "label-in-use",
    message: "Branch name 'red' in revision n1 already used by revision r1",
  },
];

describe("symbols and requests", () => {
  for (const { name, run, code, message, cause } of refusals) {
    it(`refuses ${name}, saying why and what to do`, () => {
      throws(run, (error) => {
        ok(error instanceof RevisionError, String(error));
        deepStrictEqual({ code: error.code, message: error.message }, { code, message });
        if (cause !== undefined) {
          strictEqual(error.cause, cause);
        }
        ok(error.hint !== undefined || error.cause !== undefined);
        return true;
      });
    });
  }

  it("knows ranges", () => {
    deepStrictEqual(["a:b", ":b", "b"].map(parseRange), [
      { from: "a", to: "b" },
      { from: undefined, to: "b" },
      undefined,
    ]);
  });

  it("knows what the database is at", () => {
    const ids = (range: string, rows: readonly string[]) =>
      historyRange(graph, range, rows).map(({ revision }) => revision);
    deepStrictEqual(ids("-3:current", ["b1"]), ["b1", "abcd2", "abcd1"]);
    deepStrictEqual(ids(":current", ["b1"]), ["b1", "abcd2", "abcd1"]);
    deepStrictEqual(ids(":current", []), ids(":", []));
    deepStrictEqual(ids("current:b2", ["b1"]), ["b2", "b1"]);
    deepStrictEqual(ids("current:+1", ["b1"]), ["b2", "b1"]);
    strictEqual(resolveRevision(graph, "current", ["b1"])?.revision, "b1");
    strictEqual(resolveRevision(graph, "current", []), undefined);
  });
});

describe("unusual ids", () => {
  const unusual = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "é中🎉",
    "two words",
    "a;b",
    `it's "q"`,
  ];

  it("work in graphs, symbols, plans, history and lanes", () => {
    const revisions = unusual.map((id, at) =>
      makeRevision(id, unusual.slice(at - 1, at), { branchLabels: [`label of ${id}`] }),
    );
    const odd = buildGraph(revisions);
    deepStrictEqual(odd.problems, []);
    const up = planUpgrade(odd, { databaseHeads: [], target: "head" });
    deepStrictEqual(
      up.steps.map(({ revision }) => revision?.revision),
      unusual,
    );
    deepStrictEqual(
      planDowngrade(odd, { databaseHeads: up.finalHeads, target: "base" }).steps.map((step) => step.from),
      unusual.toReversed().map((id) => [id]),
    );
    for (const [at, id] of unusual.entries()) {
      strictEqual(resolveRevision(odd, id)?.revision, id);
      strictEqual(resolveRevision(odd, `label of ${id}`)?.revision, id);
      deepStrictEqual(planUpgrade(odd, { databaseHeads: [], target: `${id}+0` }).finalHeads, [id]);
      if (at > 0) {
        deepStrictEqual(planUpgrade(odd, { databaseHeads: [], target: `${id}-1` }).finalHeads, [
          unusual[at - 1],
        ]);
      }
      strictEqual(layoutLanes(odd).rowOf(id)?.revision.revision, id);
    }
    strictEqual(historyRange(odd, undefined, []).length, unusual.length);
    strictEqual(buildGraph([makeRevision("a")]).get("constructor"), undefined);
  });
});
