import { performance } from "node:perf_hooks";
import { DatabaseError } from "../database/databaseError";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { reachedIds } from "../revision/lineage";
import { planUpgrade } from "../revision/planUpgrade";
import { resolveRevisions } from "../revision/resolve";
import type { Command, CommandContext } from "../context/commandContext";
import type { WholeRunOutcome } from "../context/commandTable";
import type { RoundTripFailure, RoundTripOutcome, RoundTripPhase } from "../context/roundTripOutcome";
import { readSoundGraph } from "../context/readGraph";
import { MigrationError } from "../run/migrationError";
import { placeOfAdopted } from "../run/typeorm/adoptedPlace";
import { describeTripFailure, irreversibleReason } from "./failure";
import type { SchemaSnapshot } from "./schemaSnapshot";
import { Scratch } from "./scratch";

/**
 * Tries each revision on an empty database of its own: up, down and up again, with the schema compared after each
 * step; then all of them from base in one run. The project's databases are not touched.
 */
export const roundTrip: Command<"roundTrip"> = async (context, { revisions }) => {
  const graph = await readSoundGraph(context);
  const wanted = new Set(
    (revisions ?? ["heads"])
      .flatMap((symbol) => resolveRevisions(graph, symbol))
      .map(({ revision }) => revision),
  );
  const order = revisionsUpTo(graph, wanted);
  const tested = revisions === undefined ? new Set(order.map(({ revision }) => revision)) : wanted;
  const tour = new Tour(context, graph);
  try {
    const outcomes: RoundTripOutcome[] = [];
    for (const revision of order) {
      refuseWhenCancelled(context);
      if (tested.has(revision.revision)) {
        outcomes.push(await tour.try(revision));
      } else {
        await tour.apply(revision);
      }
    }
    if (revisions !== undefined || outcomes.length < 2 || !tour.hasAppliedAll) {
      return { outcomes };
    }
    return { outcomes, wholeRun: await tour.runAtOnce() };
  } finally {
    await tour.close();
  }
};

/** These revisions and all that they need, parents first. */
function revisionsUpTo(graph: RevisionGraph, wanted: ReadonlySet<string>): readonly GraphRevision[] {
  const needed = reachedIds(graph, wanted, (revision) => revision.normalizedDownRevisions);
  return planUpgrade(graph, { databaseHeads: [], target: "heads" })
    .steps.flatMap((step) => step.revision ?? [])
    .filter(({ revision }) => needed.has(revision));
}

type TripEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly failure: RoundTripFailure; readonly isApplicable: boolean }
  | { readonly kind: "irreversible"; readonly reason: string };

/** The schema at the places of a trip, as far as it came. */
interface TripPlaces {
  readonly before: SchemaSnapshot;
  upgraded: SchemaSnapshot | undefined;
}

/** The way through the revisions, parents first, on a scratch database that has all those that could be applied. */
class Tour {
  private scratch: Scratch | undefined;
  private readonly applied: GraphRevision[] = [];
  /** Revisions that can't be applied, and the one that is to blame. */
  private readonly broken = new Map<string, string>();

  constructor(
    private readonly context: CommandContext,
    private readonly graph: RevisionGraph,
  ) {}

  /** Applies a revision that others stand on and nobody wants to test. */
  async apply(revision: GraphRevision): Promise<void> {
    const blame = this.blocking(revision);
    if (blame !== undefined) {
      this.broken.set(revision.revision, blame);
      return;
    }
    try {
      await (await this.database()).upgrade(revision);
      this.applied.push(revision);
    } catch (error) {
      rethrowCancellation(this.context, error);
      this.broken.set(revision.revision, revision.revision);
      await this.close();
    }
  }

  async try(revision: GraphRevision): Promise<RoundTripOutcome> {
    const { revision: id, message, path } = revision;
    this.context.report({ kind: "roundTripStarted", revision: id, message });
    const startedAt = performance.now();
    const end = await this.endOf(revision);
    const common = { revision: id, message, path, milliseconds: performance.now() - startedAt };
    const outcome: RoundTripOutcome = { ...common, ...end };
    this.context.report({ kind: "roundTripFinished", outcome });
    return outcome;
  }

  get hasAppliedAll(): boolean {
    return this.broken.size === 0;
  }

  /** What each revision does by itself, the next may not be able to build on in the same transaction. */
  async runAtOnce(): Promise<WholeRunOutcome> {
    await this.close();
    const scratch = await Scratch.open(this.context, this.graph);
    this.scratch = scratch;
    try {
      await scratch.upgradeAll();
      return { kind: "passed" };
    } catch (error) {
      rethrowCancellation(this.context, error);
      const revision = error instanceof MigrationError ? error.revision : undefined;
      return { kind: "failed", revision, failure: describeTripFailure(error, "upgrade") };
    }
  }

  async close(): Promise<void> {
    await this.scratch?.close();
    this.scratch = undefined;
  }

  private async endOf(
    revision: GraphRevision,
  ): Promise<
    | Exclude<TripEnd, { readonly kind: "failed" }>
    | { readonly kind: "failed"; readonly failure: RoundTripFailure }
    | { readonly kind: "blocked"; readonly by: string }
  > {
    const by = this.blocking(revision);
    if (by !== undefined) {
      this.broken.set(revision.revision, by);
      return { kind: "blocked", by };
    }
    const scratch = await this.database();
    const places: TripPlaces = { before: await scratch.snapshot(), upgraded: undefined };
    const end = await this.travel(scratch, revision, places);
    if (end.kind === "failed" && !end.isApplicable) {
      this.broken.set(revision.revision, revision.revision);
    } else {
      this.applied.push(revision);
    }
    if (end.kind !== "failed") {
      return end;
    }
    await this.goOn(scratch, revision, places);
    return { kind: "failed", failure: end.failure };
  }

  /** A new database, on which all is run again, is the last resort: in a long chain that takes long. */
  private async goOn(scratch: Scratch, revision: GraphRevision, places: TripPlaces): Promise<void> {
    let isThere = false;
    try {
      isThere = await scratch.recover(revision, places.before, places.upgraded);
    } catch (error) {
      rethrowCancellation(this.context, error);
    }
    if (!isThere) {
      await this.close();
    }
  }

  private async travel(scratch: Scratch, revision: GraphRevision, places: TripPlaces): Promise<TripEnd> {
    const { before } = places;
    let phase: RoundTripPhase = "upgrade";
    const differing = async (expected: string, actual: string): Promise<TripEnd> => ({
      kind: "failed",
      isApplicable: true,
      failure: {
        phase,
        message:
          phase === "downgrade"
            ? `After the downgrade of ${revision.revision} the schema is not what it was before its upgrade`
            : `The second upgrade to ${revision.revision} results in a different schema than the first`,
        hint: "Write the inverse of each operation in downgrade(), in reverse order.",
        // Of other revisions, whoever shows it knows the place of the function.
        location: await placeOfAdopted(
          this.context,
          revision,
          phase === "downgrade" ? "downgrade" : "upgrade",
        ),
        sql: undefined,
        schema: { expected, actual },
      },
    });
    try {
      await scratch.upgrade(revision);
      const upgraded = await scratch.snapshot();
      places.upgraded = upgraded;
      phase = "downgrade";
      await scratch.downgrade(revision);
      const reverted = await scratch.snapshot();
      if (!before.isSameAs(reverted)) {
        return await differing(before.text(), reverted.text());
      }
      phase = "second upgrade";
      await scratch.upgrade(revision);
      const again = await scratch.snapshot();
      return upgraded.isSameAs(again) ? { kind: "passed" } : await differing(upgraded.text(), again.text());
    } catch (error) {
      rethrowCancellation(this.context, error);
      const reason =
        phase === "downgrade" && scratch.statementCount === 0 ? irreversibleReason(error) : undefined;
      return reason === undefined
        ? { kind: "failed", failure: describeTripFailure(error, phase), isApplicable: phase !== "upgrade" }
        : { kind: "irreversible", reason };
    }
  }

  private blocking(revision: GraphRevision): string | undefined {
    return revision.normalizedDownRevisions
      .map((parent) => this.broken.get(parent))
      .find((blame) => blame !== undefined);
  }

  private async database(): Promise<Scratch> {
    if (this.scratch !== undefined) {
      return this.scratch;
    }
    const scratch = await Scratch.open(this.context, this.graph);
    this.scratch = scratch;
    for (const revision of this.applied) {
      await scratch.upgrade(revision);
    }
    return scratch;
  }
}

function refuseWhenCancelled({ signal }: CommandContext): void {
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled.");
  }
}

function rethrowCancellation(context: CommandContext, error: unknown): void {
  refuseWhenCancelled(context);
  if (error instanceof DatabaseError && error.code === "cancelled") {
    throw error;
  }
}
