import type { GraphRevision, RevisionGraph } from "./graph";
import { needsOf, reachedIds } from "./lineage";
import { planUpgrade } from "./planUpgrade";

/** Two heads, and what each stands on. */
export interface BranchPair {
  readonly heads: readonly [left: string, right: string];
  /** What both stand on, parents first. */
  readonly shared: readonly GraphRevision[];
  /** What only the one stands on, parents first. */
  readonly left: readonly GraphRevision[];
  readonly right: readonly GraphRevision[];
}

/**
 * All pairs of these revisions of which neither stands on the other, dependencies included; those that share little first.
 * @param heads ids
 */
export function branchPairs(graph: RevisionGraph, heads: readonly string[]): readonly BranchPair[] {
  const order = planUpgrade(graph, { databaseHeads: [], target: "heads" }).steps.flatMap(
    ({ revision }) => revision ?? [],
  );
  const below = new Map(heads.map((head) => [head, reachedIds(graph, [head], needsOf)]));
  const pairs: BranchPair[] = [];
  for (const [index, first] of heads.entries()) {
    for (const second of heads.slice(index + 1)) {
      const ofFirst = below.get(first) ?? new Set<string>();
      const ofSecond = below.get(second) ?? new Set<string>();
      if (!ofFirst.has(second) && !ofSecond.has(first)) {
        pairs.push({
          heads: [first, second],
          shared: order.filter(({ revision }) => ofFirst.has(revision) && ofSecond.has(revision)),
          left: order.filter(({ revision }) => ofFirst.has(revision) && !ofSecond.has(revision)),
          right: order.filter(({ revision }) => !ofFirst.has(revision) && ofSecond.has(revision)),
        });
      }
    }
  }
  return pairs.toSorted((one, other) => one.shared.length - other.shared.length);
}
