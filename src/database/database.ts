import type { Connection, Dialect } from "./connection";
import type { LockHolder, LockWait } from "./lockWait";
import type { ServerAttempt } from "./serverAttempts";

export interface LockOptions {
  /** One lock for each version table of a database. */
  readonly key: string;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** Called once when the lock is held by somebody else. */
  readonly onWaiting: (holder: LockHolder | undefined) => void;
}

export interface RunLock {
  release(): Promise<void>;
  /** What the statement that runs now waits for, if it waits for a lock; absent where there are no others. */
  findWait?(): Promise<LockWait | undefined>;
}

/** A database that is open for a command; closing it ends everything that it opened. */
export interface Database {
  readonly dialect: Dialect;
  /** The connection that the command works on. */
  readonly connection: Connection;
  /** How the server was reached; absent where there is none. With its password: never to be shown. */
  readonly server?: ServerAttempt;
  /**
   * Keeps other runs out until released.
   * @throws DatabaseError `lock-timeout` when another run held it all the while, `cancelled` when the signal came first.
   */
  lock(options: LockOptions): Promise<RunLock>;
  close(): Promise<void>;
}
