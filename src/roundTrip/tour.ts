import { performance } from "node:perf_hooks";
import type { CommandContext } from "../context/commandContext";
import type { RoundTripOutcome } from "../context/roundTripOutcome";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { rethrowCancellation } from "./cancellation";
import type { GivenDatabase } from "./givenDatabase";
import { Scratch } from "./scratch";
import type { SchemaSnapshot } from "./schemaSnapshot";
import { travel, type TripPlaces } from "./trip";

/** The way through the revisions, parents first, on a database that has all those that could be applied. */
export class Tour {
  private scratch: Scratch | undefined;
  private base: SchemaSnapshot | undefined;
  private readonly applied: GraphRevision[] = [];
  /** Revisions that can't be applied, and the one that is to blame. */
  private readonly broken = new Map<string, string>();
  /** The revision at which a given database could not be brought back to where the next one begins. */
  private lostAt: string | undefined;

  /** @param given the database to use instead of one of our own; the tour closes it */
  constructor(
    private readonly context: CommandContext,
    private readonly graph: RevisionGraph,
    private given: GivenDatabase | undefined,
  ) {
    this.isOnGiven = given !== undefined;
  }

  private readonly isOnGiven: boolean;

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
      await this.startOver(revision);
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
    return this.broken.size === 0 && this.lostAt === undefined;
  }

  /**
   * The database with all that was applied, and what it was before the first; undefined where it has lost its way. Whoever
   * moves it ends the tour.
   */
  async end(): Promise<{ readonly scratch: Scratch; readonly base: SchemaSnapshot } | undefined> {
    const scratch = this.lostAt === undefined ? await this.database() : undefined;
    return scratch === undefined || this.base === undefined ? undefined : { scratch, base: this.base };
  }

  /** Takes a database that somebody gave back to base, as it was; where that can't be done, it is left as it is. */
  async leave(): Promise<void> {
    if (this.isOnGiven && this.scratch?.isAtBase === false) {
      await this.scratch.downgradeAll().catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.context.report({
          kind: "log",
          level: "warning",
          message: `The database is left with revisions applied, because they can't be reverted: ${why}`,
        });
      });
    }
    await this.close();
  }

  async close(): Promise<void> {
    await this.scratch?.close();
    this.scratch = undefined;
    await this.given?.database.close();
    this.given = undefined;
  }

  private async endOf(
    revision: GraphRevision,
  ): Promise<
    | { readonly kind: "passed" }
    | { readonly kind: "irreversible"; readonly reason: string }
    | Extract<RoundTripEnd, { readonly kind: "failed" | "blocked" }>
  > {
    const by = this.blocking(revision);
    if (by !== undefined) {
      this.broken.set(revision.revision, by);
      return { kind: "blocked", by };
    }
    const scratch = await this.database();
    const places: TripPlaces = { before: await scratch.snapshot(), upgraded: undefined };
    const end = await travel(this.context, scratch, revision, places);
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
      await this.startOver(revision);
    }
  }

  /** A database that somebody gave can't be made anew: nothing in it is dropped that a downgrade does not drop. */
  private async startOver(after: GraphRevision): Promise<void> {
    if (this.isOnGiven) {
      this.lostAt = after.revision;
      return;
    }
    await this.scratch?.close();
    this.scratch = undefined;
  }

  private blocking(revision: GraphRevision): string | undefined {
    return (
      this.lostAt ??
      revision.normalizedDownRevisions
        .map((parent) => this.broken.get(parent))
        .find((blame) => blame !== undefined)
    );
  }

  private async database(): Promise<Scratch> {
    if (this.scratch !== undefined) {
      return this.scratch;
    }
    const { given } = this;
    this.given = undefined;
    const scratch = await Scratch.open(this.context, this.graph, given);
    this.scratch = scratch;
    this.base ??= await scratch.snapshot();
    for (const revision of this.applied) {
      await scratch.upgrade(revision);
    }
    return scratch;
  }
}

type RoundTripEnd =
  | Pick<Extract<RoundTripOutcome, { readonly kind: "failed" }>, "kind" | "failure">
  | Pick<Extract<RoundTripOutcome, { readonly kind: "blocked" }>, "kind" | "by">;
