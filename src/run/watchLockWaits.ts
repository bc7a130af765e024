import type { Connection } from "../database/connection";
import type { RunLock } from "../database/database";
import { describeLockWait } from "../database/lockWait";
import type { Report } from "../context/commandTable";

/** A statement that is not answered within this time may be waiting for somebody. */
const lookMilliseconds = 1_000;

/** The watch of a run. */
export interface LockWatch {
  /** What the last statement that waited for a lock waited for, in words. */
  readonly last: () => string | undefined;
  /** Ends the watch; resolves when it asks nothing any more. */
  stop(): Promise<void>;
}

/**
 * Tells what the statement of a run waits for, and who holds it, for as long as it waits. The question is asked on the
 * connection that holds the run's lock: the other one is busy.
 */
export function watchLockWaits(connection: Connection, lock: RunLock, report: Report): LockWatch {
  let told: string | undefined;
  let last: string | undefined;
  let asking: Promise<void> = Promise.resolve();
  let isAsking = false;
  const look = async (): Promise<void> => {
    isAsking = true;
    // A server that does not let this user see who waits is no reason to fail a run.
    const wait = await lock.findWait?.().catch(() => undefined);
    const [holder] = wait?.holders ?? [];
    const key = wait === undefined ? undefined : [wait.locked, holder?.processId].join(" ");
    if (wait !== undefined && key !== told) {
      last = describeLockWait(wait);
      report({ kind: "waiting", reason: `waiting for ${last}` });
    } else if (wait === undefined && told !== undefined) {
      report({ kind: "waiting", reason: "got the lock; running" });
    }
    told = key;
    isAsking = false;
  };
  const timer = setInterval(() => {
    if (!isAsking && (connection.isBusy?.() === true || told !== undefined)) {
      asking = look();
    }
  }, lookMilliseconds);
  // An open connection alone must not keep the process alive: a revision may await what never settles.
  timer.unref();
  return {
    last: () => last,
    async stop() {
      clearInterval(timer);
      await asking;
    },
  };
}
