import type { Dialect } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { OperationError } from "../operations/operationError";
import type { Savepoint, Turn } from "../operations/operationQueue";
import type { TryOutcome } from "../operations/operations";
import { MigrationError } from "./migrationError";
import type { MigrationSession } from "./session";
import type { RunTransaction } from "./transaction";

export interface SavepointOptions {
  readonly session: MigrationSession;
  readonly transaction: RunTransaction;
  /** Sends a statement of the revision, when all before it has worked. */
  readonly send: (text: string) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** Told that the block is to be taken back, when all that it sent is answered. */
  readonly onTakeBack: () => void;
  /** What a reader of the run is told. */
  readonly note: (message: string) => void;
}

const worked: TryOutcome = { worked: true };

/**
 * Sets the savepoint of an `op.try`.
 * @param isInside whether what the block calls runs in the transaction of the run
 * @throws OperationError `not-supported` in a script, and outside a transaction
 */
export async function setSavepoint(
  { session, transaction, send, signal, onTakeBack, note }: SavepointOptions,
  isInside: boolean,
): Promise<Savepoint<TryOutcome>> {
  if (session.isEmptyAssumed === true) {
    // A guess at what revisions make: all of it works.
    return { keep: () => Promise.resolve(worked), takeBack: rethrow };
  }
  if (session.isOffline) {
    throw new OperationError(
      "not-supported",
      "op.try can't be used with --sql: what follows depends on the database.",
      "Guard that part with `if (!context.isOffline)`, or write it as a DO block with an EXCEPTION clause.",
    );
  }
  if (!isInside) {
    throw new OperationError(
      "not-supported",
      "op.try needs a savepoint, and there is no transaction here.",
      "Move it to a revision that has a transaction, outside of op.autocommitBlock.",
    );
  }
  await transaction.answered();
  // Where blocks are nested, the name means the innermost.
  await send("SAVEPOINT alembic_try");
  return {
    async keep() {
      await transaction.answered();
      await send("RELEASE SAVEPOINT alembic_try");
      return worked;
    },
    async takeBack(error) {
      const refusal = refusalOf(error, session.dialect);
      if (refusal === undefined || signal.aborted) {
        return rethrow(error);
      }
      await transaction.forgive();
      onTakeBack();
      await send("ROLLBACK TO SAVEPOINT alembic_try");
      await send("RELEASE SAVEPOINT alembic_try");
      note(`op.try: ${refusal.message}. Its block was rolled back.`);
      return { worked: false, message: refusal.message, sqlState: refusal.sqlState };
    },
  };
}

/** @throws OperationError `not-supported` for a statement in an `op.try` that would run outside its transaction */
export function requireTryable(text: string, isInside: boolean, { isTried }: Turn): void {
  if (isTried === true && !isInside) {
    throw new OperationError(
      "not-supported",
      `op.try can't roll back what runs outside the transaction: ${text.slice(0, 80)}`,
      "Move it out of op.try.",
    );
  }
}

/** What the database said no to; undefined for any other failure, which nothing makes up for. */
function refusalOf(error: unknown, dialect: Dialect): DatabaseError | undefined {
  const cause = error instanceof MigrationError ? error.cause : error;
  return cause instanceof DatabaseError &&
    cause.code === "statement-failed" &&
    (cause.sqlState !== undefined || dialect === "sqlite")
    ? cause
    : undefined;
}

function rethrow(error: unknown): Promise<never> {
  return Promise.reject(error instanceof Error ? error : new Error(String(error)));
}
