import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import type { MigrationSession } from "./session";

/** The transaction of a run, opened when the first statement needs it. */
export interface RunTransaction {
  readonly isOpen: boolean;
  /** True once something of the running revision was committed before the revision was done. */
  readonly hasCommittedEarly: boolean;
  /**
   * Runs `work` inside the transaction, beginning one where none is open, when all before it is answered.
   * @throws what `work` throws, or what came before it failed with
   */
  inside<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * As `inside`, but resolves as soon as `work` has sent its statement, where the connection takes several: while the
   * server is busy with it, the next one is made. Of a failure whoever next waits is told.
   */
  ahead(work: () => Promise<unknown>): Promise<void>;
  /**
   * Resolves when the server has answered all that was sent until now.
   * @throws what the first of it failed with
   */
  answered(): Promise<void>;
  /** Forgets a failure that a savepoint takes back, when all that was sent is answered. */
  forgive(): Promise<void>;
  /** What was the first to fail of the work that nobody waited for. */
  readonly failureAhead: { readonly error: unknown } | undefined;
  /**
   * Commits before the running revision is done, `work` with what came before it; no transaction is open
   * afterwards (Alembic, `autocommit_block`).
   */
  commitEarly<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Notes that a statement outside the transaction took effect at once: as good as an early commit. */
  noteStatementOutside(): void;
  readonly commit: () => Promise<void>;
  /**
   * Commits where more is to come in another transaction: that is begun at once where the server can do both in
   * one go.
   */
  readonly commitAndGoOn: () => Promise<void>;
  /** Whether the server takes a commit together with what is to be committed. */
  readonly commitsTogether: boolean;
  /**
   * As `ahead` and then `commitAndGoOn`, both sent at once: where anything has failed, the server rolls back instead.
   * @param work a failure of which makes the server roll back, too
   */
  commitTogether(work: () => Promise<unknown>): Promise<void>;
  rollback(): Promise<void>;
  /** Forgets early commits: a new revision begins. */
  startRevision(): void;
}

/** What the transaction of a run asks its connection. */
export type TransactionServer = Pick<Connection, "isInTransaction" | "serverVersion" | "takesSeveral">;

/** `COMMIT AND CHAIN` came with PostgreSQL 12. */
const chainingVersion = 120_000;

/** Enough for the server never to wait for us, and few enough to be kept in memory, whatever a revision sends. */
const mostUnanswered = 16;

/**
 * Makes the transaction of one run over a session.
 * @param server says where it stands itself; undefined where a script is written
 */
export function createRunTransaction(
  session: MigrationSession,
  server: TransactionServer | undefined,
): RunTransaction {
  const takesSeveral = server?.takesSeveral === true;
  const canChain = (server?.serverVersion ?? 0) >= chainingVersion;
  let isOpen = false;
  let hasCommittedEarly = false;
  /** In the order in which they were sent; none of them rejects. */
  const unanswered: Promise<void>[] = [];
  let failureAhead: { readonly error: unknown } | undefined;

  function refuseAfterFailure(): void {
    if (failureAhead !== undefined) {
      throw failureAhead.error;
    }
  }
  async function answered(): Promise<void> {
    await unanswered.at(-1);
    refuseAfterFailure();
  }
  async function begin(): Promise<void> {
    if (!isOpen) {
      await session.run("BEGIN");
      isOpen = true;
    }
  }
  async function end(statement: "COMMIT" | "ROLLBACK"): Promise<void> {
    if (isOpen) {
      isOpen = false;
      await session.run(statement);
    }
  }
  function refuseEnded(): void {
    if (isOpen && server?.isInTransaction?.() === false) {
      isOpen = false;
      throw new DatabaseError(
        "transaction-ended",
        "The transaction of the run is over: a statement of the revision committed it or rolled it back.",
        {
          hint: "Take COMMIT and ROLLBACK out of the revision; `op.autocommitBlock` and `export const transaction = false` run statements outside the transaction.",
        },
      );
    }
  }
  async function inside<Result>(work: () => Promise<Result>): Promise<Result> {
    await answered();
    await begin();
    const result = await work();
    refuseEnded();
    return result;
  }
  /** Answers are heard in their order, or the failure of a statement behind could pass for the first. */
  function sendAhead(work: () => Promise<unknown>): void {
    const before = unanswered.at(-1);
    const working = work();
    // Heard below, maybe only when others are.
    working.catch(() => undefined);
    const hear = async (): Promise<void> => {
      await before;
      try {
        await working;
        refuseEnded();
      } catch (error) {
        failureAhead ??= { error };
      }
      void unanswered.shift();
    };
    unanswered.push(hear());
  }
  async function ahead(work: () => Promise<unknown>): Promise<void> {
    if (!takesSeveral) {
      await inside(work);
      return;
    }
    if (unanswered.length >= mostUnanswered) {
      await unanswered[0];
    }
    refuseAfterFailure();
    await begin();
    sendAhead(work);
  }
  async function chain(): Promise<void> {
    isOpen = false;
    await session.run("COMMIT AND CHAIN");
    isOpen = true;
  }
  async function commit(): Promise<void> {
    await answered();
    await end("COMMIT");
  }
  async function commitAndGoOn(): Promise<void> {
    if (!isOpen || !canChain) {
      return commit();
    }
    await answered();
    await chain();
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get hasCommittedEarly() {
      return hasCommittedEarly;
    },
    get failureAhead() {
      return failureAhead;
    },
    inside,
    ahead,
    answered,
    async forgive() {
      await unanswered.at(-1);
      failureAhead = undefined;
    },
    async commitEarly(work) {
      const result = await inside(work);
      await commit();
      hasCommittedEarly = true;
      return result;
    },
    noteStatementOutside() {
      hasCommittedEarly = true;
    },
    commit,
    commitAndGoOn,
    commitsTogether: takesSeveral && canChain,
    async commitTogether(work) {
      await ahead(work);
      try {
        await chain();
      } catch (error) {
        // Without an answer to the commit, what failed before it says too little.
        await unanswered.at(-1);
        failureAhead = undefined;
        throw error;
      }
      await answered();
    },
    async rollback() {
      await unanswered.at(-1);
      // The server has rolled back by itself where the connection is gone.
      await end("ROLLBACK").catch(() => undefined);
    },
    startRevision() {
      hasCommittedEarly = false;
    },
  };
}
