import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "./connection";
import type { LockHolder, LockOptions, RunLock } from "./database";
import { DatabaseError } from "./databaseError";

const pollMilliseconds = 200;

/**
 * Takes a session-level advisory lock (PostgreSQL, "Advisory Locks") on a connection of its own, which it
 * closes on release. Polled, never waited for inside the server: a session that waits there holds a snapshot,
 * and a concurrent index build of the run that has the lock would wait for that snapshot for ever.
 * @throws DatabaseError `lock-timeout` or `cancelled`.
 */
export async function acquireAdvisoryLock(connection: Connection, options: LockOptions): Promise<RunLock> {
  const key = advisoryKey(options.key);
  const deadline = Date.now() + options.timeoutMilliseconds;
  let isAnnounced = false;
  try {
    for (;;) {
      const [row] = await connection.query("SELECT pg_try_advisory_lock($1::bigint) AS locked", [key]);
      if (row?.["locked"] === true) {
        return { release: () => connection.close() };
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
            hint: "Wait for it to end, raise the config's `lockWait`, or end that process if it hangs.",
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
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** ` (process 812, alembic-ts, since 2025-10-01 21:15:00Z)`, or nothing where the holder is not known. */
export function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) {
    return "";
  }
  const since = holder.since === undefined ? "" : `, since ${holder.since.toISOString()}`;
  const name = holder.applicationName === "" ? "" : `, ${holder.applicationName}`;
  return ` (process ${String(holder.processId)}${name}${since})`;
}

async function findHolder(connection: Connection, key: string): Promise<LockHolder | undefined> {
  const [row] = await connection.query(
    `SELECT a.pid, a.application_name, a.backend_start
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint`,
    [key],
  );
  if (row === undefined) {
    return undefined;
  }
  const since = row["backend_start"];
  return {
    processId: Number(row["pid"]),
    applicationName: String(row["application_name"] ?? ""),
    since: since instanceof Date ? since : undefined,
  };
}

/** A signed 64-bit number as text, since JavaScript's numbers don't reach that far. */
function advisoryKey(name: string): string {
  return createHash("sha256").update(`alembic-ts:${name}`).digest().readBigInt64BE(0).toString();
}
