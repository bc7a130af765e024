import assert from "node:assert/strict";
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
import {
  listingNames,
  recordedProjects,
  unorderedProjects,
  type Listing,
  type RecordedProject,
} from "../../support/recordedPythonProjects";

function graphOf({ files }: Pick<RecordedProject, "files">): RevisionGraph {
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
  for (const project of recordedProjects()) {
    const written = listings(graphOf(project), project.shown);
    for (const name of listingNames) {
      it(`project ${String(project.seed)}: ${name}`, () => {
        assert.deepEqual(written[name].split("\n"), project[name].split("\n"));
      });
    }
  }

  for (const project of unorderedProjects()) {
    it(`project ${String(project.seed)}: history, in one of the orders that Alembic has`, () => {
      const { history } = listings(graphOf(project), "");
      assert.ok(project.histories.includes(history), history);
    });
  }
});
