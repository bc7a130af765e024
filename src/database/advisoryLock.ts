import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "./connection";
import type { LockOptions, RunLock } from "./database";
import { DatabaseError } from "./databaseError";
import { describeDuration } from "./duration";
import { findLockWait, type LockHolder } from "./lockWait";

const pollMilliseconds = 200;

/**
 * Keeps other runs on the same version table out, by session-level advisory locks (PostgreSQL, "Advisory Locks").
 * The run's own lock is held on a connection of its own, so that nothing that a migration does to its session can
 * lose it. The migrating connection carries a second one as a mark: when a run is killed, its own lock is gone at
 * once, but the server may still be busy with its last statement, and nobody may begin before that has ended.
 * @param lockConnection closed on release
 * @throws DatabaseError `lock-timeout` or `cancelled`.
 */
export async function acquireRunLock(
  lockConnection: Connection,
  migratingConnection: Connection,
  options: LockOptions,
): Promise<RunLock> {
  const runKey = advisoryKey(`run:${options.key}`);
  const markKey = advisoryKey(`migrating:${options.key}`);
  try {
    if (migratingConnection.isPooled === true) {
      return await acquireInTransaction(lockConnection, runKey, options);
    }
    await pollForLock(lockConnection, runKey, options);
    // Taken by the migrating connection itself: handed over, there would be a moment in which nobody has it.
    const migratingProcess = await pollForLock(migratingConnection, markKey, options);
    return {
      release: () => lockConnection.close(),
      findWait: () => findLockWait(lockConnection, migratingProcess),
    };
  } catch (error) {
    await lockConnection.close();
    throw error;
  }
}

/**
 * Behind a pooler of transactions a lock of the session would stay in the pool, and keep out whoever comes next. One of a
 * transaction goes with it; until then, the pooler leaves the session to this client. There is no mark, and nothing tells
 * what the run waits for: the migrating connection has another session for each transaction, and a query that fails would
 * end the one that has the lock.
 */
async function acquireInTransaction(
  lockConnection: Connection,
  key: string,
  options: LockOptions,
): Promise<RunLock> {
  await lockConnection.query("BEGIN");
  // Whatever a role has as its default: a snapshot would hold up the building of indexes.
  await lockConnection.query("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
  await pollForLock(lockConnection, key, options, "pg_try_advisory_xact_lock");
  return {
    release: async () => {
      try {
        await lockConnection.query("ROLLBACK");
      } finally {
        await lockConnection.close();
      }
    },
  };
}

/**
 * Polled, never waited for inside the server: a session that waits there holds a snapshot, and a concurrent index
 * build of the run that has the lock would wait for that snapshot for ever.
 * @returns the server process that has the lock then
 */
async function pollForLock(
  connection: Connection,
  key: string,
  options: LockOptions,
  lock: "pg_try_advisory_lock" | "pg_try_advisory_xact_lock" = "pg_try_advisory_lock",
): Promise<number> {
  const deadline = Date.now() + options.timeoutMilliseconds;
  let isAnnounced = false;
  for (;;) {
    const [row] = await connection.query(`SELECT ${lock}($1::bigint) AS locked, pg_backend_pid() AS pid`, [
      key,
    ]);
    if (row?.["locked"] === true) {
      return Number(row["pid"]);
    }
    const holder = await findHolder(connection, key);
    if (!isAnnounced) {
      isAnnounced = true;
      options.onWaiting(holder);
    }
    if (Date.now() >= deadline) {
      throw new DatabaseError(
        "lock-timeout",
        `Another run holds the migration lock${describeHolder(holder)}.`,
        {
          hint: "Wait for it to end and try again, or end that process if it hangs.",
        },
      );
    }
    await delay(pollMilliseconds, undefined, { signal: options.signal }).catch(() => {
      throw new DatabaseError(
        "cancelled",
        "Cancelled while waiting for the migration lock; nothing was run.",
      );
    });
  }
}

/** ` (process 812, alembic-ts, for 6 s)`, or nothing where the holder is not known. */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) {
    return "";
  }
  const time = holder.seconds === undefined ? "" : `, for ${describeDuration(holder.seconds)}`;
  const name = holder.applicationName === "" ? "" : `, ${holder.applicationName}`;
  return ` (process ${String(holder.processId)}${name}${time})`;
}

/** A bigint key stands in pg_locks as two halves, `classid` and `objid`, with `objsubid` 1. */
async function findHolder(connection: Connection, key: string): Promise<LockHolder | undefined> {
  const [row] = await connection.query(
    `SELECT a.pid, a.application_name,
            extract(epoch FROM clock_timestamp() - a.backend_start) AS seconds
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint`,
    [key],
  );
  if (row === undefined) {
    return undefined;
  }
  const { seconds, application_name: applicationName } = row;
  return {
    processId: Number(row["pid"]),
    applicationName: typeof applicationName === "string" ? applicationName : "",
    seconds: seconds === null || seconds === undefined ? undefined : Number(seconds),
  };
}

/** A signed 64-bit number as text, since JavaScript's numbers don't reach that far. */
function advisoryKey(name: string): string {
  return createHash("sha256").update(`alembic-ts:${name}`).digest().readBigInt64BE(0).toString();
}
