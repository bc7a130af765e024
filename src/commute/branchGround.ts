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
      /** Whether the first branch leaves a session, or settings for new ones, that are not as before. */
      readonly isSessionChanged: boolean;
    }
  | { readonly kind: "refused"; readonly revision: string; readonly failure: RoundTripFailure };

/** What revisions have done, and the database on which they are applied. */
export interface Applied {
  readonly statements: readonly string[];
  readonly dataSteps: readonly string[];
  readonly isSessionChanged: boolean;
  readonly scratch: Scratch;
}

/** Two branches, one after the other. */
export interface BranchOrder {
  readonly first: readonly GraphRevision[];
  readonly second: readonly GraphRevision[];
  /** Whether the second one is run in the session of the first one, as when both are new to a database, or in a new one. */
  readonly sessions: "one" | "two";
}

type Refused = Extract<Attempt, { readonly kind: "refused" }>;

type Outcome<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | Refused
  /** It may be otherwise where each revision has a transaction of its own. */
  | { readonly kind: "unclear"; readonly refused: Refused | undefined };

/** Statements whose effect ends with the transaction. */
const endsWithTransaction = /\blocal\b|\bset_config\b|\bon\s+commit\b/i;

/** A scratch database with what two branches share, on which revisions are tried in any order. */
export class BranchGround {
  private scratch: Scratch | undefined;
  private readonly applied = new Set<string>();
  /** Of what is applied now. */
  private objects: Promise<readonly CatalogObject[]> | undefined;
  /** Sets what the shared revisions have set in their session, in which others of them may follow. */
  private resume: (() => Promise<void>) | undefined;

  constructor(
    private readonly context: CommandContext,
    private readonly graph: RevisionGraph,
  ) {}

  /**
   * Tries two branches, in this order, on a database that has just the shared revisions.
   * @param shared parents first
   * @throws MigrationError, DatabaseError, LoadError where the shared ones can't be applied
   */
  async attempt(shared: readonly GraphRevision[], order: BranchOrder): Promise<Attempt> {
    const scratch = await this.moveTo(shared);
    const look = (applied: Applied): Promise<Attempt> => this.done(applied);
    const nested = await scratch.attempt(() => this.apply(scratch, order, look, "nested"));
    if (nested.kind !== "unclear") {
      return nested.kind === "done" ? nested.result : nested;
    }
    // It may be that one transaction around all of it is what is refused: then the database is used up.
    const alone = await this.moveTo(shared);
    try {
      const outcome = await this.apply(alone, order, look, "alone");
      if (outcome.kind === "unclear") {
        if (outcome.refused === undefined) {
          throw new Error("Each revision has its own transaction: no effect outlasts it.");
        }
        return outcome.refused;
      }
      return outcome.kind === "done" ? outcome.result : outcome;
    } finally {
      await this.close();
    }
  }

  /**
   * Applies a branch in one transaction, on a database that has just the shared revisions, and takes all back.
   * @param look at the database where it is applied
   * @returns undefined where it can't be applied so
   */
  async visit<Result>(
    shared: readonly GraphRevision[],
    branch: readonly GraphRevision[],
    look: (applied: Applied) => Promise<Result>,
  ): Promise<Result | undefined> {
    const scratch = await this.moveTo(shared);
    const order: BranchOrder = { first: branch, second: [], sessions: "one" };
    const outcome = await scratch.attempt(() => this.apply(scratch, order, look, "nested"));
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
    this.resume = undefined;
    this.applied.clear();
  }

  private async moveTo(shared: readonly GraphRevision[]): Promise<Scratch> {
    refuseWhenCancelled(this.context);
    const wanted = new Set(shared.map(({ revision }) => revision));
    if ([...this.applied].some((revision) => !wanted.has(revision))) {
      await this.close();
    }
    const scratch = (this.scratch ??= await Scratch.open(this.context, this.graph));
    const wanting = shared.filter(({ revision }) => !this.applied.has(revision));
    if (wanting.length > 0) {
      await this.resume?.();
      for (const revision of wanting) {
        refuseWhenCancelled(this.context);
        this.objects = undefined;
        await scratch.upgrade(revision);
        this.applied.add(revision.revision);
      }
      // Whoever writes a branch has had the revisions below it for long.
      this.resume = await scratch.session.keep();
      await scratch.session.renew();
    }
    return scratch;
  }

  private async done({ scratch, dataSteps, isSessionChanged }: Applied): Promise<Attempt> {
    await scratch.session.settleForReading();
    const objects = await readObjects(scratch.connection, this.context.config);
    return { kind: "done", objects, dataSteps, isSessionChanged };
  }

  /** Of the table that records how far a revision has come which runs without a transaction. */
  private isOfSteps(statement: string): boolean {
    return statement.includes(`${this.context.config.versionTable}_steps`);
  }

  private async apply<Result>(
    scratch: Scratch,
    { first, second, sessions }: BranchOrder,
    look: (applied: Applied) => Promise<Result>,
    transactions: "nested" | "alone",
  ): Promise<Outcome<Result>> {
    const statements: string[] = [];
    const dataSteps: string[] = [];
    const before = await scratch.session.state();
    let isSessionChanged = false;
    for (const [part, revisions] of [first, second].entries()) {
      for (const revision of revisions) {
        const refused = await this.applyOne(scratch, revision);
        if (refused !== undefined) {
          return refused;
        }
        const own = scratch.statementsOfRevision;
        const mayEnd =
          transactions === "nested" && own.some((statement) => endsWithTransaction.test(statement));
        if (mayEnd && (await scratch.session.state()) !== before) {
          return { kind: "unclear", refused: undefined };
        }
        statements.push(...own);
        if (scratch.statements.some((statement) => changesRows(statement) && !this.isOfSteps(statement))) {
          dataSteps.push(revision.revision);
        }
      }
      if (part === 0) {
        isSessionChanged = (await scratch.session.state()) !== before;
        if (isSessionChanged && sessions === "two") {
          await scratch.session.renew();
        }
      }
    }
    return { kind: "done", result: await look({ statements, dataSteps, isSessionChanged, scratch }) };
  }

  private async applyOne(
    scratch: Scratch,
    revision: GraphRevision,
  ): Promise<Exclude<Outcome<never>, { readonly kind: "done" }> | undefined> {
    refuseWhenCancelled(this.context);
    try {
      await scratch.upgrade(revision);
      return undefined;
    } catch (error) {
      rethrowCancellation(this.context, error);
      const failure = describeTripFailure(error, "upgrade");
      const refused = { kind: "refused", revision: revision.revision, failure } as const;
      return isOfSchema(error) ? refused : { kind: "unclear", refused };
    }
  }
}

/** Whether the server has refused something for what is there or not there, which no transaction changes. */
function isOfSchema(error: unknown): boolean {
  const cause = error instanceof MigrationError ? (error.cause ?? error) : error;
  const state =
    cause instanceof DatabaseError || cause instanceof MigrationError ? cause.sqlState : undefined;
  return state !== undefined && /^(?:42(?!501)|2BP01$)/.test(state);
}
