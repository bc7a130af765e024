import { deepStrictEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { RevisionError } from "../../../src/revision/errors";
import { buildGraph } from "../../../src/revision/graph";
import { ancestors } from "../../../src/revision/lineage";
import { resolveRevisions } from "../../../src/revision/resolve";
import type { Revision } from "../../../src/revision/revision";
import { names, readRevisionCases, type RecordedCase } from "./revisionCases";
import { runRevisionCase } from "./runRevisionCase";

type Outcome =
  | { readonly kind: "output"; readonly output: unknown }
  | { readonly kind: "error"; readonly error: RevisionError };

interface RecordedPlan {
  readonly steps: readonly { readonly direction: string; readonly log: string }[];
  readonly final_heads: readonly string[];
}

/**
 * What Alembic accepts and we refuse, as it breaks the project or the database (see test/oracle/README.md): a stamp
 * of a revision together with an ancestor of it, and a new revision with an id that is taken.
 */
function isRefusedOnPurpose(
  recorded: RecordedCase,
  outcome: Outcome,
  revisions: readonly Revision[],
): boolean {
  if (recorded.error !== undefined || outcome.kind === "output") {
    return false;
  }
  if (recorded.op === "generate_revision") {
    const isTaken = revisions.some(({ revision }) => revision === recorded.input["rev_id"]);
    return isTaken && outcome.error.code === "id-in-use";
  }
  const isOverlap = recorded.op === "stamp" && hasOverlap(names(recorded.input["targets"]), revisions);
  return isOverlap && outcome.error.code === "conflicting-stamp";
}

function hasOverlap(targets: readonly string[], revisions: readonly Revision[]): boolean {
  const graph = buildGraph(revisions);
  const stamped = targets.flatMap((target) => resolveRevisions(graph, target));
  return stamped.some((revision) => {
    const before = ancestors(graph, [revision], "lineage-and-dependencies");
    return stamped.some((other) => other !== revision && before.has(other));
  });
}

function run(recorded: RecordedCase, graphs: ReturnType<typeof readRevisionCases>["graphs"]): Outcome {
  try {
    return { kind: "output", output: runRevisionCase(recorded, graphs.get(recorded.graph) ?? []) };
  } catch (error) {
    if (error instanceof RevisionError) {
      return { kind: "error", error };
    }
    throw error;
  }
}

/** The rules of the recording's `compare` note. */
function matches(recorded: RecordedCase, outcome: Outcome): boolean {
  if (recorded.error !== undefined) {
    const isExact = recorded.error.class === "CommandError" && recorded.stable && !recorded.upstream_crash;
    return outcome.kind === "error" && (!isExact || outcome.error.message === recorded.error.message);
  }
  if (outcome.kind === "error") {
    return false;
  }
  return isDeepStrictEqual(comparable(recorded, outcome.output), comparable(recorded, recorded.output));
}

function comparable(recorded: RecordedCase, output: unknown): unknown {
  if (recorded.stable) {
    return output;
  }
  if (Array.isArray(output)) {
    return output.toSorted();
  }
  const { steps, final_heads } = output as RecordedPlan;
  return { steps: steps.map(({ direction, log }) => `${direction} ${log}`).toSorted(), final_heads };
}

describe("recorded behaviour of Alembic", () => {
  const { cases, graphs } = readRevisionCases();
  const operations = new Set(cases.map((recorded) => recorded.op));
  const refused: RecordedCase[] = [];
  let matched = 0;

  for (const operation of operations) {
    const recordedCases = cases.filter((recorded) => recorded.op === operation);
    it(`${operation}: ${recordedCases.length} cases`, () => {
      const mismatches = recordedCases.flatMap((recorded) => {
        const outcome = run(recorded, graphs);
        if (matches(recorded, outcome)) {
          matched += 1;
          return [];
        }
        if (isRefusedOnPurpose(recorded, outcome, graphs.get(recorded.graph) ?? [])) {
          refused.push(recorded);
          return [];
        }
        return [{ recorded, outcome }];
      });
      deepStrictEqual(mismatches, []);
    });
  }

  after(() => {
    const stamps = refused.filter(({ op }) => op === "stamp").length;
    console.log(
      `      ${matched} of ${cases.length} cases match; refused on purpose: ` +
        `${stamps} stamps of a revision with its ancestor, ${refused.length - stamps} ids that are taken`,
    );
  });
});
