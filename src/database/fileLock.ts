import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { RunLock } from "./database";
import { DatabaseError } from "./databaseError";

export interface FileLockOptions {
  readonly file: string;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** Called once when another process has the file. */
  readonly onWaiting: (processId: number | undefined) => void;
}

const pollMilliseconds = 100;

/**
 * Keeps other processes of this machine out by a file that names its owner; the file of a process that has
 * died is taken over.
 * @throws DatabaseError `embedded-busy` when another process had it all the while, `cancelled` by the signal.
 */
export async function acquireFileLock(options: FileLockOptions): Promise<RunLock> {
  await mkdir(path.dirname(options.file), { recursive: true });
  const deadline = Date.now() + options.timeoutMilliseconds;
  let isAnnounced = false;
  for (;;) {
    if (await tryCreate(options.file)) {
      return { release: () => rm(options.file, { force: true }) };
    }
    const owner = await readOwner(options.file);
    if (await isLeftBehind(options.file, owner)) {
      await takeAway(options.file);
      continue;
    }
    if (!isAnnounced) {
      isAnnounced = true;
      options.onWaiting(owner);
    }
    if (Date.now() >= deadline) {
      const who = owner === undefined ? "another process" : `process ${String(owner)}`;
      throw new DatabaseError("embedded-busy", `The embedded database is in use by ${who}.`, {
        hint: `End that process; if none is running, delete ${options.file}.`,
      });
    }
    await delay(pollMilliseconds, undefined, { signal: options.signal }).catch(() => {
      throw new DatabaseError(
        "cancelled",
        "Cancelled while waiting for the embedded database; nothing was run.",
      );
    });
  }
}

/** An owner's number is written at once: a file that stays empty is that of a process that was killed between. */
const emptyMilliseconds = 5_000;

async function isLeftBehind(file: string, owner: number | undefined): Promise<boolean> {
  if (owner !== undefined) {
    return !isAlive(owner);
  }
  const status = await stat(file).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > emptyMilliseconds;
}

/**
 * Removes the file of a dead owner. Moved aside first and looked at again: another process may have done the same
 * meanwhile, and the file be its own by now.
 */
async function takeAway(file: string): Promise<void> {
  const aside = `${file}.${String(process.pid)}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if (!(await isLeftBehind(aside, await readOwner(aside)))) {
    await link(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

async function tryCreate(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** Undefined while the owner has made the file and not yet written its number. */
async function readOwner(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  const processId = Number.parseInt(text, 10);
  return Number.isInteger(processId) ? processId : undefined;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && Reflect.get(error, "code") === "EPERM";
  }
}
