import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError } from "../database/databaseError";
import type { CommandContext } from "../context/commandContext";
import { MigrationError } from "./migrationError";

/** PostgreSQL's `lock_not_available`: `lock_timeout` came first. */
const lockNotAvailable = "55P03";

/**
 * Runs `attempt` again when it failed because a lock was not to be had in time. All of it: what it did is rolled
 * back, so that it holds no lock while it waits, and what it committed the next attempt finds in the version table.
 * @param lastWait what the last statement that had to wait waited for, in words
 */
export async function retryWhenBlocked<Result>(
  context: CommandContext,
  lastWait: () => string | undefined,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const { lockRetries, lockRetryDelayMilliseconds } = context.config;
  for (let retry = 1; ; retry += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (retry > lockRetries || !isBlocked(error)) {
        throw isBlocked(error) ? withWait(error, lastWait()) : error;
      }
      const milliseconds = lockRetryDelayMilliseconds * 2 ** (retry - 1);
      context.report({
        kind: "waiting",
        reason: `could not acquire ${lastWait() ?? "a lock"} in time; retrying in ${String(milliseconds)} ms (${String(retry)} of ${String(lockRetries)})`,
      });
      await delay(milliseconds, undefined, { signal: context.signal }).catch(() => {
        throw new DatabaseError("cancelled", "Cancelled while waiting to retry.");
      });
    }
  }
}

/** The version table's own statements wait for locks too, and fail as what they are. */
function isBlocked(error: unknown): boolean {
  return (
    (error instanceof MigrationError || error instanceof DatabaseError) && error.sqlState === lockNotAvailable
  );
}

function withWait(error: unknown, wait: string | undefined): unknown {
  if (!(error instanceof MigrationError) || wait === undefined) {
    return error;
  }
  const hint = [`It waited for ${wait}.`, error.hint].filter(Boolean).join(" ");
  return new MigrationError(error.code, error.message, { ...error, cause: error, hint });
}
