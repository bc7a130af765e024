import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { describeHolder } from "./advisoryLock";
import type { LockOptions, RunLock } from "./database";
import type { LockHolder } from "./lockWait";
import { DatabaseError } from "./databaseError";
import { openSqliteDriver, type SqliteDriver } from "./sqliteDriver";

const pollMilliseconds = 100;

/**
 * Keeps other runs out by SQLite's own lock on a small file beside the database: the system takes it back from a
 * process that dies, so that nothing is ever left locked. The file says who holds it, and goes when the run is over.
 * @throws DatabaseError `lock-timeout` or `cancelled`.
 */
export async function acquireSqliteLock(
  file: string,
  projectDirectory: string,
  options: LockOptions,
): Promise<RunLock> {
  const deadline = Date.now() + options.timeoutMilliseconds;
  let isAnnounced = false;
  let failures = 0;
  for (;;) {
    const attempt = tryLock(file, projectDirectory);
    if (attempt.driver !== undefined) {
      return { release: () => release(file, attempt.driver) };
    }
    if (attempt.failure !== undefined) {
      // A file that goes away at this very moment fails otherwise than one that is held; soon it is neither.
      failures += 1;
      if (failures > 3) {
        throw cannotLock(file, attempt.failure);
      }
    } else if (!isAnnounced) {
      isAnnounced = true;
      options.onWaiting(attempt.holder);
    }
    if (Date.now() >= deadline) {
      throw new DatabaseError(
        "lock-timeout",
        `Another run holds the migration lock${describeHolder(attempt.holder)}.`,
        { hint: "Wait for it to end and try again, or end that process if it hangs." },
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

function cannotLock(file: string, failure: unknown): DatabaseError {
  const reason = failure instanceof Error ? failure.message : String(failure);
  return new DatabaseError("unreachable", `Can't create the lock file ${file}: ${reason}.`, {
    hint: "Check that you can write to the database's folder.",
  });
}

type Attempt =
  | { readonly driver: SqliteDriver }
  | { readonly driver: undefined; readonly holder: LockHolder | undefined; readonly failure: unknown };

function tryLock(file: string, projectDirectory: string): Attempt {
  const token = randomUUID();
  const driver = openSqliteDriver(file, projectDirectory);
  try {
    driver.run("PRAGMA busy_timeout = 0", []);
    driver.run("BEGIN IMMEDIATE", []);
    driver.run("CREATE TABLE IF NOT EXISTS holder (process_id INTEGER, since TEXT, token TEXT)", []);
    driver.run("DELETE FROM holder", []);
    driver.run("INSERT INTO holder VALUES (?, ?, ?)", [process.pid, new Date().toISOString(), token]);
    // Only what is committed can be read by those who wait.
    driver.run("COMMIT", []);
    driver.run("BEGIN IMMEDIATE", []);
  } catch (error) {
    const holder = readHolder(driver);
    driver.close();
    const isHeld = error instanceof Error && /locked|busy/i.test(error.message);
    return { driver: undefined, holder, failure: isHeld ? undefined : error };
  }
  // The run that had the lock may have taken the file away after it was opened here: then this locks nothing.
  const witness = openSqliteDriver(file, projectDirectory);
  const isHeld = readToken(witness) === token;
  witness.close();
  if (isHeld) {
    return { driver };
  }
  driver.close();
  return { driver: undefined, holder: undefined, failure: undefined };
}

function readToken(driver: SqliteDriver): unknown {
  try {
    return driver.run("SELECT token FROM holder", []).rows[0]?.["token"];
  } catch {
    return undefined;
  }
}

function readHolder(driver: SqliteDriver): LockHolder | undefined {
  try {
    const [row] = driver.run("SELECT process_id, since FROM holder", []).rows;
    return row === undefined
      ? undefined
      : {
          processId: Number(row["process_id"]),
          applicationName: "alembic-ts",
          seconds: secondsSince(String(row["since"])),
        };
  } catch {
    return undefined;
  }
}

function secondsSince(time: string): number | undefined {
  const milliseconds = Date.now() - Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

async function release(file: string, driver: SqliteDriver): Promise<void> {
  // Removed while it is locked: who opens it later makes a new one. Where open files can't be removed it stays.
  await rm(file, { force: true }).catch(() => undefined);
  driver.close();
}
