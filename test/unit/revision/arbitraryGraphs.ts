import * as fc from "fast-check";
import { buildGraph, type GraphRevision, type RevisionGraph } from "../../../src/revision/graph";
import { ancestors } from "../../../src/revision/lineage";
import type { Revision } from "../../../src/revision/revision";
import { makeRevision } from "./makeRevisions";

interface Shape {
  readonly parents: readonly number[];
  readonly dependencies: readonly number[];
  readonly isLabelled: boolean;
  readonly dependsByLabel: boolean;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  parents: fc.oneof(
    { weight: 6, arbitrary: fc.array(fc.nat(5), { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(fc.nat(8), { minLength: 2, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant([]) },
  ),
  dependencies: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }) },
  ),
  isLabelled: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  dependsByLabel: fc.boolean(),
});

/** Revisions that name only earlier ones, in a load order of their own. */
export function someRevisions(most: number): fc.Arbitrary<readonly Revision[]> {
  return fc.array(shape, { minLength: 1, maxLength: most }).chain((shapes) =>
    fc.shuffledSubarray([...shapes.keys()], { minLength: shapes.length }).map((order) => {
      const revisions = shapes.map((one, index) => revisionOf(one, index, shapes));
      return order.flatMap((index) => revisions[index] ?? []);
    }),
  );
}

function revisionOf(one: Shape, index: number, shapes: readonly Shape[]): Revision {
  const before = (distance: number): number => index - 1 - distance;
  const earlier = (distances: readonly number[]): readonly number[] =>
    [...new Set(distances.map(before))].filter((other) => other >= 0);
  return makeRevision(
    `r${index}`,
    earlier(one.parents).map((other) => `r${other}`),
    {
      dependsOn: earlier(one.dependencies).map((other) =>
        one.dependsByLabel && shapes[other]?.isLabelled === true ? `label${other}` : `r${other}`,
      ),
      branchLabels: one.isLabelled ? [`label${index}`] : [],
    },
  );
}

/** A graph, and the rows of a database that has some of its revisions. */
export const graphAndRows = fc
  .tuple(someRevisions(60), fc.array(fc.nat(59), { maxLength: 4 }))
  .map(([revisions, picks]) => {
    const graph = buildGraph(revisions);
    const picked = picks.flatMap((pick) => graph.revisions[pick] ?? []);
    return { graph, rows: newest(ancestorsOf(graph, picked)) };
  });

/** The revisions and everything below them, dependencies included. */
export function ancestorsOf(
  graph: RevisionGraph,
  revisions: readonly GraphRevision[],
): ReadonlySet<GraphRevision> {
  return ancestors(graph, revisions, "lineage-and-dependencies");
}

/** Ids that nothing else in the set builds on, sorted. */
export function newest(applied: ReadonlySet<GraphRevision>): readonly string[] {
  const below = new Set([...applied].flatMap((one) => [...one.downRevisions, ...one.resolvedDependencies]));
  return [...applied]
    .map(({ revision }) => revision)
    .filter((id) => !below.has(id))
    .sort();
}
