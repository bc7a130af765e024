import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  describeBranches,
  describeRevision,
  describeRevisionVerbose,
  headsLine,
  historyLine,
} from "../../../src/revision/describe";
import { buildGraph, type GraphRevision, type RevisionGraph } from "../../../src/revision/graph";
import { historyRange } from "../../../src/revision/history";
import { toRevision } from "../../../src/source/header";
import { scanHeader } from "../../../src/source/scanHeader";

type WrittenRevision = readonly [
  id: string,
  parents: readonly string[],
  labels: readonly string[],
  dependencies: readonly string[],
  doc: string | null,
];

type Listing =
  "history" | "historyVerbose" | "heads" | "headsVerbose" | "branches" | "branchesVerbose" | "show";

interface RecordedProject extends Readonly<Record<Listing, string>> {
  readonly seed: number;
  readonly revisions: readonly WrittenRevision[];
}

const file = join(__dirname, "..", "..", "oracle", "python", "listings.json.gz");
const { projects } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
  readonly projects: readonly RecordedProject[];
};

function pythonText([id, parents, labels, dependencies, doc]: WrittenRevision): string {
  return [
    ...(doc === null ? [] : [`"""${doc}"""`]),
    "from alembic import op",
    "",
    `revision = '${id}'`,
    `down_revision = ${pythonValue(parents)}`,
    `branch_labels = ${pythonValue(labels)}`,
    `depends_on = ${pythonValue(dependencies)}`,
    "",
  ].join("\n");
}

function pythonValue(values: readonly string[]): string {
  const [only] = values.map((value) => `'${value}'`);
  return values.length > 1 ? `(${values.map((value) => `'${value}'`).join(", ")})` : (only ?? "None");
}

function graphOf(project: RecordedProject): RevisionGraph {
  const files = project.revisions.map((revision) => ({
    path: `${revision[0]}.py`,
    text: pythonText(revision),
  }));
  files.sort((left, right) => (left.path < right.path ? -1 : 1));
  return buildGraph(
    files.map(({ path, text }) => {
      const scan = scanHeader(text, path);
      assert.equal(scan.kind, "revision");
      assert.ok(scan.kind === "revision");
      return toRevision(scan.header, path);
    }),
  );
}

function listings(graph: RevisionGraph, shown: string): Readonly<Record<Listing, string>> {
  const all = historyRange(graph, undefined, []);
  const heads = graph.heads.flatMap((id) => graph.get(id) ?? []);
  const points = all.filter(({ isBranchPoint }) => isBranchPoint);
  const print = (
    revisions: readonly GraphRevision[],
    describe: (revision: GraphRevision) => string,
  ): string => revisions.map((revision) => `${describe(revision)}\n`).join("");
  const verbose = (revision: GraphRevision): string => describeRevisionVerbose(graph, revision);
  return {
    history: print(all, (revision) => describeRevision(graph, revision, historyLine)),
    historyVerbose: print(all, verbose),
    heads: print(heads, (revision) => describeRevision(graph, revision, headsLine)),
    headsVerbose: print(heads, verbose),
    branches: print(points, (revision) => describeBranches(graph, revision)),
    branchesVerbose: print(points, (revision) => describeBranches(graph, revision, true)),
    show: print(
      [graph.get(shown)].filter((revision) => revision !== undefined),
      verbose,
    ),
  };
}

describe("200 Python revisions are listed as Alembic lists them", () => {
  for (const project of projects) {
    const written = listings(graphOf(project), project.revisions[100]?.[0] ?? "");
    for (const name of Object.keys(written) as Listing[]) {
      it(`project ${String(project.seed)}: ${name}`, () => {
        assert.deepEqual(written[name].split("\n"), project[name].split("\n"));
      });
    }
  }
});
