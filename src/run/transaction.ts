import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { AnswersAhead } from "./answersAhead";
import type { MigrationSession } from "./session";

/** What the transaction of a run asks its connection. */
export type TransactionServer = Pick<Connection, "isInTransaction" | "serverVersion" | "takesSeveral">;

/** `COMMIT AND CHAIN` came with PostgreSQL 12. */
const chainingVersion = 120_000;

/** The transaction of a run over a session, opened when the first statement needs it. */
export class RunTransaction {
  private state: "none" | "open" = "none";
  private committedEarly = false;
  private committed = false;
  private readonly answers = new AnswersAhead();
  private readonly takesSeveral: boolean;
  private readonly canChain: boolean;

  /** @param server says where it stands itself; undefined where a script is written */
  constructor(
    private readonly session: MigrationSession,
    private readonly server: TransactionServer | undefined,
  ) {
    this.takesSeveral = server?.takesSeveral === true;
    this.canChain = (server?.serverVersion ?? 0) >= chainingVersion;
  }

  get isOpen(): boolean {
    return this.state === "open";
  }

  /** True once something of the running revision was committed before the revision was done. */
  get hasCommittedEarly(): boolean {
    return this.committedEarly;
  }

  /** True once the server has committed anything of the run, or a statement of a revision may have made it do so. */
  get hasCommitted(): boolean {
    return this.committed;
  }

  /** Whether the server takes a commit together with what is to be committed. */
  get commitsTogether(): boolean {
    return this.takesSeveral && this.canChain;
  }

  /** What was the first to fail of the work that nobody waited for. */
  get failureAhead(): { readonly error: unknown } | undefined {
    return this.answers.failure;
  }

  /**
   * Runs `work` inside the transaction, beginning one where none is open, when all before it is answered.
   * @throws what `work` throws, or what came before it failed with
   */
  async inside<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.answered();
    await this.begin();
    const result = await work();
    this.refuseEnded();
    return result;
  }

  /**
   * As `inside`, but resolves as soon as `work` has sent its statement, where the connection takes several: while the
   * server is busy with it, the next one is made. Of a failure whoever next waits is told.
   */
  async ahead(work: () => Promise<unknown>): Promise<void> {
    if (!this.takesSeveral) {
      await this.inside(work);
      return;
    }
    await this.answers.room();
    this.answers.refuseAfterFailure();
    await this.begin();
    this.answers.send(work, () => this.refuseEnded());
  }

  /**
   * Resolves when the server has answered all that was sent until now.
   * @throws what the first of it failed with
   */
  async answered(): Promise<void> {
    await this.answers.settled();
    this.answers.refuseAfterFailure();
  }

  /** Forgets a failure that a savepoint takes back, when all that was sent is answered. */
  async forgive(): Promise<void> {
    await this.answers.settled();
    this.answers.forgive();
  }

  /**
   * Commits before the running revision is done, `work` with what came before it; no transaction is open
   * afterwards (Alembic, `autocommit_block`).
   */
  async commitEarly<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await this.inside(work);
    await this.commit();
    this.committedEarly = true;
    return result;
  }

  /** Notes that a statement outside the transaction took effect at once: as good as an early commit. */
  noteStatementOutside(): void {
    this.committedEarly = true;
  }

  async commit(): Promise<void> {
    await this.answered();
    await this.end("COMMIT");
  }

  /**
   * Commits where more is to come in another transaction: that is begun at once where the server can do both in
   * one go.
   */
  async commitAndGoOn(): Promise<void> {
    if (!this.isOpen || !this.canChain) {
      return this.commit();
    }
    await this.answered();
    await this.chain();
  }

  /**
   * As `ahead` and then `commitAndGoOn`, both sent at once: where anything has failed, the server rolls back instead.
   * @param work a failure of which makes the server roll back, too
   */
  async commitTogether(work: () => Promise<unknown>): Promise<void> {
    await this.ahead(work);
    try {
      await this.chain();
    } catch (error) {
      // Without an answer to the commit, what failed before it says too little.
      await this.forgive();
      throw error;
    }
    await this.answered();
  }

  async rollback(): Promise<void> {
    await this.answers.settled();
    // The server has rolled back by itself where the connection is gone.
    await this.end("ROLLBACK").catch(() => undefined);
  }

  /** Forgets early commits: a new revision begins. */
  startRevision(): void {
    this.committedEarly = false;
  }

  private async begin(): Promise<void> {
    if (!this.isOpen) {
      await this.session.run("BEGIN");
      this.state = "open";
    }
  }

  private async end(statement: "COMMIT" | "ROLLBACK"): Promise<void> {
    if (this.isOpen) {
      this.state = "none";
      await this.session.run(statement);
      this.committed ||= statement === "COMMIT";
    }
  }

  private async chain(): Promise<void> {
    this.state = "none";
    await this.session.run("COMMIT AND CHAIN");
    this.committed = true;
    this.state = "open";
  }

  private refuseEnded(): void {
    if (this.isOpen && this.server?.isInTransaction?.() === false) {
      this.state = "none";
      this.committed = true;
      throw new DatabaseError(
        "transaction-ended",
        "The transaction of the run is over: a statement of the revision committed it or rolled it back.",
        {
          hint: "Take COMMIT and ROLLBACK out of the revision; `op.autocommitBlock` and `export const transaction = false` run statements outside the transaction.",
        },
      );
    }
  }
}
