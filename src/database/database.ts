import type { Connection, Dialect } from "./connection";
import type { ServerAttempt } from "./serverAttempts";

/** Who holds the lock that a run waits for. */
export interface LockHolder {
  readonly processId: number;
  readonly applicationName: string;
  readonly since: Date | undefined;
}

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
