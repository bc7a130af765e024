import type { CommandContext } from "../context/commandContext";
import type { RoundTripFailure } from "../context/roundTripOutcome";
import type { CatalogObject } from "../database/catalogFacts/readCatalogFacts";
import { DatabaseError } from "../database/databaseError";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { refuseWhenCancelled, rethrowCancellation } from "../roundTrip/cancellation";
import { describeTripFailure } from "../roundTrip/failure";
import { readObjects } from "../roundTrip/schemaSnapshot";
import { Scratch } from "../roundTrip/scratch";
import { MigrationError } from "../run/migrationError";
import { changesRows } from "./rowStatements";

/** What came of revisions in one order. */
export type Attempt =
  | {
      readonly kind: "done";
      readonly objects: readonly CatalogObject[];
      /** The revisions that change rows. */
      readonly dataSteps: readonly string[];
    }
  | { readonly kind: "refused"; readonly revision: string; readonly failure: RoundTripFailure };

/** A scratch database with what two branches share, on which revisions are tried in any order. */
export class BranchGround {
  private scratch: Scratch | undefined;
  private readonly applied = new Set<string>();

  constructor(
    private readonly context: CommandContext,
    private readonly graph: RevisionGraph,
  ) {}

  /**
   * Tries revisions, in this order, on a database that has just the shared ones.
   * @param shared parents first
   * @throws MigrationError, DatabaseError, LoadError where the shared ones can't be applied
   */
  async attempt(shared: readonly GraphRevision[], order: readonly GraphRevision[]): Promise<Attempt> {
    const scratch = await this.moveTo(shared);
    const nested = await scratch.attempt(() => this.apply(scratch, order));
    if (nested.kind !== "unclear") {
      return nested;
    }
    // It may be that one transaction around all of it is what is refused: then the database is used up.
    const alone = await this.moveTo(shared);
    try {
      const attempt = await this.apply(alone, order);
      return attempt.kind === "unclear" ? attempt.refused : attempt;
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.scratch?.close();
    this.scratch = undefined;
    this.applied.clear();
  }

  private async moveTo(shared: readonly GraphRevision[]): Promise<Scratch> {
    refuseWhenCancelled(this.context);
    const wanted = new Set(shared.map(({ revision }) => revision));
    if ([...this.applied].some((revision) => !wanted.has(revision))) {
      await this.close();
    }
    const scratch = (this.scratch ??= await Scratch.open(this.context, this.graph));
    for (const revision of shared) {
      if (!this.applied.has(revision.revision)) {
        refuseWhenCancelled(this.context);
        await scratch.upgrade(revision);
        this.applied.add(revision.revision);
      }
    }
    return scratch;
  }

  /** Of the table that records how far a revision has come which runs without a transaction. */
  private isOwn(statement: string): boolean {
    return statement.includes(`${this.context.config.versionTable}_steps`);
  }

  private async apply(
    scratch: Scratch,
    order: readonly GraphRevision[],
  ): Promise<
    Attempt | { readonly kind: "unclear"; readonly refused: Extract<Attempt, { readonly kind: "refused" }> }
  > {
    const dataSteps: string[] = [];
    for (const revision of order) {
      refuseWhenCancelled(this.context);
      try {
        await scratch.upgrade(revision);
      } catch (error) {
        rethrowCancellation(this.context, error);
        const failure = describeTripFailure(error, "upgrade");
        const refused = { kind: "refused", revision: revision.revision, failure } as const;
        return isOfSchema(error) ? refused : { kind: "unclear", refused };
      }
      if (scratch.statements.some((statement) => changesRows(statement) && !this.isOwn(statement))) {
        dataSteps.push(revision.revision);
      }
    }
    return { kind: "done", objects: await readObjects(scratch.connection, this.context.config), dataSteps };
  }
}

/** Whether the server has refused something for what is there or not there, which no transaction changes. */
function isOfSchema(error: unknown): boolean {
  const cause = error instanceof MigrationError ? (error.cause ?? error) : error;
  const state =
    cause instanceof DatabaseError || cause instanceof MigrationError ? cause.sqlState : undefined;
  return state !== undefined && /^(?:42(?!501)|2BP01$)/.test(state);
}
