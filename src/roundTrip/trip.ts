import type { CommandContext } from "../context/commandContext";
import type { RoundTripFailure, RoundTripPhase } from "../context/roundTripOutcome";
import type { GraphRevision } from "../revision/graph";
import { placeOfAdopted } from "../run/typeorm/adoptedPlace";
import { rethrowCancellation } from "./cancellation";
import { describeTripFailure, irreversibleReason } from "./failure";
import { changesBetween, differingTexts, type SchemaSnapshot } from "./schemaSnapshot";
import type { Scratch } from "./scratch";

export type TripEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly failure: RoundTripFailure; readonly isApplicable: boolean }
  | { readonly kind: "irreversible"; readonly reason: string };

/** The schema at the places of a trip, as far as it came. */
export interface TripPlaces {
  readonly before: SchemaSnapshot;
  upgraded: SchemaSnapshot | undefined;
}

/** Takes a scratch that has what the revision stands on up, down and up again. */
export async function travel(
  context: CommandContext,
  scratch: Scratch,
  revision: GraphRevision,
  places: TripPlaces,
): Promise<TripEnd> {
  let phase: RoundTripPhase = "upgrade";
  try {
    await scratch.upgrade(revision);
    const upgraded = await scratch.snapshot();
    places.upgraded = upgraded;
    phase = "downgrade";
    await scratch.downgrade(revision);
    const isBack = await differenceAt(context, revision, phase, [places.before, await scratch.snapshot()]);
    if (isBack !== undefined) {
      return { kind: "failed", isApplicable: true, failure: isBack };
    }
    phase = "second upgrade";
    await scratch.upgrade(revision);
    const isThere = await differenceAt(context, revision, phase, [upgraded, await scratch.snapshot()]);
    return isThere === undefined
      ? { kind: "passed" }
      : { kind: "failed", isApplicable: true, failure: isThere };
  } catch (error) {
    rethrowCancellation(context, error);
    const reason =
      phase === "downgrade" && scratch.statementCount === 0 ? irreversibleReason(error) : undefined;
    return reason === undefined
      ? { kind: "failed", failure: describeTripFailure(error, phase), isApplicable: phase !== "upgrade" }
      : { kind: "irreversible", reason };
  }
}

/** Undefined where the schema is what it should be. */
async function differenceAt(
  context: CommandContext,
  revision: GraphRevision,
  phase: "downgrade" | "second upgrade",
  [expected, actual]: readonly [expected: SchemaSnapshot, actual: SchemaSnapshot],
): Promise<RoundTripFailure | undefined> {
  const changes = changesBetween(expected, actual);
  return changes.length === 0
    ? undefined
    : {
        phase,
        message:
          phase === "downgrade"
            ? `After the downgrade of ${revision.revision} the schema is not what it was before its upgrade`
            : `The second upgrade to ${revision.revision} results in a different schema than the first`,
        hint: "Write the inverse of each operation in downgrade(), in reverse order.",
        // Of other revisions, whoever shows it knows the place of the function.
        location: await placeOfAdopted(context, revision, phase === "downgrade" ? "downgrade" : "upgrade"),
        sql: undefined,
        schema: differingTexts(expected, actual),
        changes,
      };
}
