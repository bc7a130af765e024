import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import type { MigrationSession } from "./session";

/** The transaction of a run, opened when the first statement needs it. */
export interface RunTransaction {
  readonly isOpen: boolean;
  /** True once something of the running revision was committed before the revision was done. */
  readonly hasCommittedEarly: boolean;
  /** Runs `work` inside the transaction, beginning one where none is open. */
  inside<Result>(work: () => Promise<Result>): Promise<Result>;
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
  rollback(): Promise<void>;
  /** Forgets early commits: a new revision begins. */
  startRevision(): void;
}

/** What the transaction of a run asks its connection. */
export type TransactionServer = Pick<Connection, "isInTransaction" | "serverVersion">;

/** `COMMIT AND CHAIN` came with PostgreSQL 12. */
const chainingVersion = 120_000;

/**
 * Makes the transaction of one run over a session.
 * @param server says where it stands itself; undefined where a script is written
 */
export function createRunTransaction(
  session: MigrationSession,
  server: TransactionServer | undefined,
): RunTransaction {
  let isOpen = false;
  let hasCommittedEarly = false;

  async function end(statement: "COMMIT" | "ROLLBACK"): Promise<void> {
    if (isOpen) {
      isOpen = false;
      await session.run(statement);
    }
  }
  async function inside<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!isOpen) {
      await session.run("BEGIN");
      isOpen = true;
    }
    const result = await work();
    if (server?.isInTransaction?.() === false) {
      isOpen = false;
      throw new DatabaseError(
        "transaction-ended",
        "The transaction of the run is over: a statement of the revision committed it or rolled it back.",
        {
          hint: "Take COMMIT and ROLLBACK out of the revision; `op.autocommitBlock` and `export const transaction = false` run statements outside the transaction.",
        },
      );
    }
    return result;
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get hasCommittedEarly() {
      return hasCommittedEarly;
    },
    inside,
    async commitEarly(work) {
      const result = await inside(work);
      await end("COMMIT");
      hasCommittedEarly = true;
      return result;
    },
    noteStatementOutside() {
      hasCommittedEarly = true;
    },
    commit: () => end("COMMIT"),
    commitAndGoOn: async () => {
      if (!isOpen || (server?.serverVersion ?? 0) < chainingVersion) {
        return end("COMMIT");
      }
      isOpen = false;
      await session.run("COMMIT AND CHAIN");
      isOpen = true;
    },
    async rollback() {
      // The server has rolled back by itself where the connection is gone.
      await end("ROLLBACK").catch(() => undefined);
    },
    startRevision() {
      hasCommittedEarly = false;
    },
  };
}
