import type { CommandContext } from "../context/commandContext";
import type { WholeRunOutcome } from "../context/commandTable";
import type { RoundTripFailure } from "../context/roundTripOutcome";
import { MigrationError } from "../run/migrationError";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { rethrowCancellation } from "./cancellation";
import { describeTripFailure } from "./failure";
import { changesBetween, differingTexts, type SchemaSnapshot } from "./schemaSnapshot";
import { Scratch } from "./scratch";

/** A database at its heads, to which each revision was taken by itself. */
export interface StepByStep {
  readonly scratch: Scratch;
  /** The schema before the first revision. */
  readonly base: SchemaSnapshot;
}

/**
 * Takes all revisions of a database down to base in one run, and up to the heads in one run: what each does by itself, the
 * next may not be able to build on in the same transaction. The database is then at base.
 */
export async function travelAtOnce(
  context: CommandContext,
  { scratch, base }: StepByStep,
): Promise<WholeRunOutcome> {
  const head = await scratch.snapshot();
  let phase: RoundTripFailure["phase"] = "downgrade";
  const down = async (): Promise<WholeRunOutcome | undefined> => {
    phase = "downgrade";
    await scratch.downgradeAll();
    return differenceAfter(phase, base, await scratch.snapshot());
  };
  const up = async (): Promise<WholeRunOutcome | undefined> => {
    phase = "upgrade";
    await scratch.upgradeAll();
    // Each table is another than the one of before, as in a new database.
    return differenceAfter(phase, head, await scratch.snapshot(), false);
  };
  try {
    return (await down()) ?? (await up()) ?? (await down()) ?? { kind: "passed" };
  } catch (error) {
    rethrowCancellation(context, error);
    return failed(error, phase);
  }
}

/**
 * Takes a database of our own up in one run.
 * @param applied what is applied before, one by one: a run of a database that is not new begins there
 */
export async function upgradeAtOnce(
  context: CommandContext,
  graph: RevisionGraph,
  applied: readonly GraphRevision[],
): Promise<WholeRunOutcome> {
  const scratch = await Scratch.open(context, graph);
  try {
    for (const revision of applied) {
      await scratch.upgrade(revision);
    }
    await scratch.upgradeAll();
    return { kind: "passed" };
  } catch (error) {
    rethrowCancellation(context, error);
    return failed(error, "upgrade");
  } finally {
    await scratch.close();
  }
}

function failed(error: unknown, phase: RoundTripFailure["phase"]): WholeRunOutcome {
  const revision = error instanceof MigrationError ? error.revision : undefined;
  return { kind: "failed", revision, failure: describeTripFailure(error, phase) };
}

function differenceAfter(
  phase: "upgrade" | "downgrade",
  expected: SchemaSnapshot,
  actual: SchemaSnapshot,
  isSameDatabase = true,
): WholeRunOutcome | undefined {
  const changes = changesBetween(expected, actual, isSameDatabase);
  return changes.length === 0
    ? undefined
    : {
        kind: "failed",
        revision: undefined,
        failure: {
          phase,
          message:
            phase === "downgrade"
              ? "After all revisions were reverted in one run, the schema is not what it was before the first"
              : "All revisions in one run result in a different schema than one after the other",
          hint: undefined,
          location: undefined,
          sql: undefined,
          schema: differingTexts(expected, actual),
          changes,
        },
      };
}
