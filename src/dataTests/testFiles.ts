import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { isRevisionTestName, testedStem } from "../source/revisionFileNames";

/** A file of tests, and the revision that it lies beside. */
export interface TestFile {
  readonly path: string;
  readonly revision: GraphRevision;
}

export interface FoundTestFiles {
  /** In the order of the revisions. */
  readonly files: readonly TestFile[];
  /** Files that are named as tests are, and have no revision beside them. */
  readonly strays: readonly string[];
}

/**
 * The test files beside revisions.
 * @param graph of the whole project
 * @param order the revisions whose files are wanted
 */
export function findTestFiles(graph: RevisionGraph, order: readonly GraphRevision[]): FoundTestFiles {
  const paths = new Set(graph.revisions.map(({ path }) => path).filter((path) => path !== ""));
  const folders = new Set([...paths].map((path) => dirname(path)));
  const tests = [...folders].flatMap(testsIn).filter((path) => !paths.has(path));
  const byStem = new Map<string, string[]>();
  for (const path of tests) {
    const stem = testedStem(path);
    byStem.set(stem, [...(byStem.get(stem) ?? []), path]);
  }
  const stems = new Set([...paths].map(testedStem));
  return {
    files: order.flatMap((revision) =>
      (byStem.get(testedStem(revision.path)) ?? []).map((path) => ({ path, revision })),
    ),
    strays: tests.filter((path) => !stems.has(testedStem(path))),
  };
}

function testsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(isRevisionTestName)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // A folder that is gone since has no tests.
    return [];
  }
}
