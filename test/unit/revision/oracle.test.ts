import { deepStrictEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { RevisionError } from "../../../src/revision/errors";
import { readRevisionCases, type RecordedCase } from "./revisionCases";
import { runRevisionCase } from "./runRevisionCase";

type Outcome =
  | { readonly kind: "output"; readonly output: unknown; readonly warnings: readonly string[] }
  | { readonly kind: "error"; readonly error: RevisionError };

interface RecordedPlan {
  readonly steps: readonly { readonly direction: string; readonly log: string }[];
  readonly final_heads: readonly string[];
}

function run(recorded: RecordedCase, graphs: ReturnType<typeof readRevisionCases>["graphs"]): Outcome {
  try {
    return { kind: "output", ...runRevisionCase(recorded, graphs.get(recorded.graph) ?? []) };
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
  if (outcome.kind === "error" || !isDeepStrictEqual(outcome.warnings, recorded.warnings ?? [])) {
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
        return [{ recorded, outcome }];
      });
      deepStrictEqual(mismatches, []);
    });
  }

  after(() => {
    console.log(`      ${matched} of ${cases.length} cases match`);
  });
});
