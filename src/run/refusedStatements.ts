import type { Dialect } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { lockLoss } from "../sql/lockLoss";
import { transactionEnd } from "../sql/transactionEnd";

/**
 * Before it is sent: what came before it would be committed without a version row, or be gone and recorded; or the server
 * would not keep others out any more while it is still busy for a run that was killed.
 * @throws DatabaseError `transaction-ended`, `lock-lost`
 */
export function refuseWhatEndsTheRun(text: string, dialect: Dialect): void {
  const end = transactionEnd(text, dialect);
  if (end !== undefined) {
    throw new DatabaseError(
      "transaction-ended",
      `${end} would end the transaction of the run, so it was not sent.`,
      {
        sql: text,
        hint: "Take COMMIT and ROLLBACK out of the revision; `op.autocommitBlock` and `export const transaction = false` run statements outside the transaction.",
      },
    );
  }
  const loss = dialect === "postgresql" ? lockLoss(text) : undefined;
  if (loss !== undefined) {
    throw new DatabaseError("lock-lost", `${loss} would release the migration lock, so it was not sent.`, {
      sql: text,
      hint: "Release your own locks with pg_advisory_unlock(key). For the rest, use DISCARD TEMP, DISCARD PLANS, DISCARD SEQUENCES and RESET ALL.",
    });
  }
}

/** @throws DatabaseError `cancelled` */
export function refuseWhenCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled; what was not committed is rolled back.");
  }
}
