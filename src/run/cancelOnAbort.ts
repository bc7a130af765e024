import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";

/**
 * Stops the statement in the server when the user cancels; the run then rolls back as after any failure. A request that
 * comes between two statements stops neither, so that it is repeated for as long as the server is busy.
 * @returns ends that
 * @throws DatabaseError `cancelled` where the user has cancelled already
 */
export function cancelOnAbort(
  signal: AbortSignal,
  connection: Pick<Connection, "cancel" | "isBusy">,
  repeatMilliseconds = 1_000,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const request = (): void => {
    void connection.cancel().catch(() => undefined);
  };
  const cancel = (): void => {
    request();
    timer = setInterval(() => {
      if (connection.isBusy?.() === true) {
        request();
      }
    }, repeatMilliseconds);
    timer.unref();
  };
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled; nothing was run.");
  }
  signal.addEventListener("abort", cancel, { once: true });
  return () => {
    clearInterval(timer);
    signal.removeEventListener("abort", cancel);
  };
}
