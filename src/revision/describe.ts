import type { GraphRevision, RevisionGraph } from "./graph";
import type { MigrationStep } from "./plan";

export interface DescribeOptions {
  /** Parents in front, as `history` prints: `a -> b (head), message`. */
  readonly withParents?: boolean;
  readonly withMessage?: boolean;
  /** Adds ` (current)` for these. */
  readonly currentRevisions?: ReadonlySet<string>;
  /** Effective instead of real heads, as `heads` and `current` mark them. */
  readonly withEffectiveHeads?: boolean;
}

/** One line about a revision, as `heads`, `current` and `history` print it. */
export function describeRevision(
  _graph: RevisionGraph,
  _revision: GraphRevision,
  _options: DescribeOptions,
): string {
  throw new Error("not written yet");
}

/** The lines of `-v` and of `show`. */
export function describeRevisionVerbose(
  _graph: RevisionGraph,
  _revision: GraphRevision,
  _options: DescribeOptions,
): string {
  throw new Error("not written yet");
}

/** `Running upgrade a -> b, message`. */
export function describeStep(_step: MigrationStep): string {
  throw new Error("not written yet");
}
