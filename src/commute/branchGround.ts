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

/** What revisions have done, and the database on which they are applied. */
export interface Applied {
  readonly statements: readonly string[];
  readonly dataSteps: readonly string[];
  readonly scratch: Scratch;
}

type Refused = Extract<Attempt, { readonly kind: "refused" }>;

type Outcome<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | Refused
  | { readonly kind: "unclear"; readonly refused: Refused };

/** A scratch database with what two branches share, on which revisions are tried in any order. */
export class BranchGround {
  private scratch: Scratch | undefined;
  private readonly applied = new Set<string>();
  /** Of what is applied now. */
  private objects: Promise<readonly CatalogObject[]> | undefined;

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
    const nested = await this.tryIn(shared, order, (applied) => this.done(applied));
    if (nested.kind !== "unclear") {
      return nested.kind === "done" ? nested.result : nested;
    }
    // It may be that one transaction around all of it is what is refused: then the database is used up.
    const alone = await this.moveTo(shared);
    try {
      const outcome = await this.apply(alone, order, (applied) => this.done(applied));
      return outcome.kind === "unclear"
        ? outcome.refused
        : outcome.kind === "done"
          ? outcome.result
          : outcome;
    } finally {
      await this.close();
    }
  }

  /**
   * Applies revisions in one transaction, on a database that has just the shared ones, and takes all back.
   * @param look at the database where they are applied
   * @returns undefined where they can't be applied so
   */
  async visit<Result>(
    shared: readonly GraphRevision[],
    order: readonly GraphRevision[],
    look: (applied: Applied) => Promise<Result>,
  ): Promise<Result | undefined> {
    const outcome = await this.tryIn(shared, order, look);
    return outcome.kind === "done" ? outcome.result : undefined;
  }

  /** A database that has just the shared ones, and what it has. */
  async before(
    shared: readonly GraphRevision[],
  ): Promise<{ readonly scratch: Scratch; readonly objects: readonly CatalogObject[] }> {
    const scratch = await this.moveTo(shared);
    this.objects ??= readObjects(scratch.connection, this.context.config);
    return { scratch, objects: await this.objects };
  }

  async close(): Promise<void> {
    await this.scratch?.close();
    this.scratch = undefined;
    this.objects = undefined;
    this.applied.clear();
  }

  private async tryIn<Result>(
    shared: readonly GraphRevision[],
    order: readonly GraphRevision[],
    look: (applied: Applied) => Promise<Result>,
  ): Promise<Outcome<Result>> {
    const scratch = await this.moveTo(shared);
    return scratch.attempt(() => this.apply(scratch, order, look));
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
        this.objects = undefined;
        await scratch.upgrade(revision);
        this.applied.add(revision.revision);
      }
    }
    return scratch;
  }

  private async done({ scratch, dataSteps }: Applied): Promise<Attempt> {
    return { kind: "done", objects: await readObjects(scratch.connection, this.context.config), dataSteps };
  }

  /** Of the table that records how far a revision has come which runs without a transaction. */
  private isOfSteps(statement: string): boolean {
    return statement.includes(`${this.context.config.versionTable}_steps`);
  }

  private async apply<Result>(
    scratch: Scratch,
    order: readonly GraphRevision[],
    look: (applied: Applied) => Promise<Result>,
  ): Promise<Outcome<Result>> {
    const statements: string[] = [];
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
      statements.push(...scratch.statementsOfRevision);
      if (scratch.statements.some((statement) => changesRows(statement) && !this.isOfSteps(statement))) {
        dataSteps.push(revision.revision);
      }
    }
    return { kind: "done", result: await look({ statements, dataSteps, scratch }) };
  }
}

/** Whether the server has refused something for what is there or not there, which no transaction changes. */
function isOfSchema(error: unknown): boolean {
  const cause = error instanceof MigrationError ? (error.cause ?? error) : error;
  const state =
    cause instanceof DatabaseError || cause instanceof MigrationError ? cause.sqlState : undefined;
  return state !== undefined && /^(?:42(?!501)|2BP01$)/.test(state);
}
