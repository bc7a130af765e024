import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lifeOf, ownIdentity, type ProcessIdentity } from "../machine/processIdentity";
import type { RunLock } from "./database";
import { DatabaseError } from "./databaseError";
import { startHeartbeat } from "./lockHeartbeat";

export interface FileLockOptions {
  readonly file: string;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** Called once when another process has had the file for a while, with words for it. */
  readonly onWaiting: (holder: string) => void;
  /** How often the holder shows that it lives; the same for all that use the file. @default 1000 */
  readonly beatMilliseconds?: number;
}

/** A lock that a process holds by a file. */
export interface FileLock extends RunLock {
  /**
   * Looks whether the lock is still ours: a process that was frozen together with its container has lost it.
   * @throws DatabaseError `connection-lost` when another process has taken it over.
   */
  assertHeld(): Promise<void>;
  /** Looks whether the lock is still ours. */
  isHeld(): Promise<boolean>;
  /** Looks whether another process waits for the lock. */
  isWanted(): Promise<boolean>;
}

const pollMilliseconds = 100;

/** A holder that keeps the database open without using it gives it up within this time, and nobody need be told. */
const silentMilliseconds = 700;

/**
 * For how many beats a lock file must not have changed before its holder counts as gone, by the clock of whoever waits:
 * machines that share a folder need not agree on the time.
 */
const patienceBeats = 10;

/** How long the holder believes what it last saw: for less than others wait before they take over. */
const beliefBeats = 2;

/**
 * Keeps other processes out by a file that names its holder, who renews its time. The file of a process that has died
 * is taken over: at once where this machine's process list says so, otherwise (another container, another machine that
 * shares the folder) when nothing has renewed it for several times as long as it should have taken.
 * @throws DatabaseError `embedded-busy` when another process had it all the while, `cancelled` by the signal.
 */
export async function acquireFileLock(options: FileLockOptions): Promise<FileLock> {
  const { file, beatMilliseconds = 1_000 } = options;
  await mkdir(path.dirname(file), { recursive: true });
  const own: Holder = { ...ownIdentity(), token: randomUUID() };
  const started = performance.now();
  const watch = new HolderWatch(beatMilliseconds * patienceBeats);
  const successionWatch = new HolderWatch(beatMilliseconds * patienceBeats);
  let isAnnounced = false;
  let hasAsked = false;
  try {
    for (;;) {
      if (await tryCreate(file, own)) {
        return heldLock(file, own, beatMilliseconds);
      }
      const seen = await look(file);
      if (seen !== undefined && watch.isGone(seen)) {
        if (await takeOver(file, seen, own, successionWatch)) {
          return heldLock(file, own, beatMilliseconds);
        }
        continue;
      }
      const waited = performance.now() - started;
      if (seen !== undefined && !isAnnounced && waited >= silentMilliseconds) {
        isAnnounced = true;
        options.onWaiting(holderDescription(seen.holder));
      }
      if (waited >= options.timeoutMilliseconds) {
        throw new DatabaseError(
          "embedded-busy",
          `The embedded database is in use by ${holderDescription(seen?.holder)}.`,
          { hint: `End that process; if none is running, delete ${file}.` },
        );
      }
      // Again and again: another that waited takes the request away when its own turn has come.
      hasAsked = true;
      await tryCreate(requestFile(file), own);
      await delay(pollMilliseconds, undefined, { signal: options.signal }).catch(() => {
        throw new DatabaseError(
          "cancelled",
          "Cancelled while waiting for the embedded database; nothing was run.",
        );
      });
    }
  } finally {
    if (hasAsked) {
      await rm(requestFile(file), { force: true });
    }
  }
}

/** There while somebody waits for the lock: whoever has the database open and does not use it closes it then. */
function requestFile(file: string): string {
  return `${file}.wanted`;
}

interface Holder extends ProcessIdentity {
  readonly token: string;
}

/** A lock file as it was found. */
interface SeenLock {
  readonly text: string;
  readonly modified: number;
  /** Absent while the file is being written, or for one that another version wrote. */
  readonly holder: Holder | undefined;
}

/** Judges by what is seen again and again whether a lock's holder is gone. */
class HolderWatch {
  private last: { readonly text: string; readonly modified: number; readonly since: number } | undefined;

  constructor(private readonly patienceMilliseconds: number) {}

  isGone({ text, modified, holder }: SeenLock): boolean {
    const life = holder === undefined ? "unknown" : lifeOf(holder);
    if (life !== "unknown") {
      return life === "dead";
    }
    const now = performance.now();
    if (this.last?.text !== text || this.last.modified !== modified) {
      this.last = { text, modified, since: now };
    }
    return now - this.last.since > this.patienceMilliseconds;
  }
}

function holderDescription(holder: Holder | undefined): string {
  if (holder === undefined) {
    return "another process";
  }
  const isHere = holder.space === ownIdentity().space;
  const [machine = ""] = holder.space.split(" ");
  return `process ${String(holder.processId)}${isHere ? "" : ` of another container or machine (${machine})`}`;
}

function heldLock(file: string, own: Holder, beatMilliseconds: number): FileLock {
  const stop = startHeartbeat(file, own.token, beatMilliseconds);
  let seenAt = performance.now();
  const isOurs = async (): Promise<boolean> => (await look(file))?.holder?.token === own.token;
  return {
    isHeld: isOurs,
    isWanted: async () => (await look(requestFile(file))) !== undefined,
    async assertHeld() {
      if (performance.now() - seenAt < beatMilliseconds * beliefBeats) {
        return;
      }
      if (!(await isOurs())) {
        throw new DatabaseError(
          "connection-lost",
          "This process was suspended for so long that another one has opened the embedded database.",
          { hint: "Run the command again. `current` shows where the database is." },
        );
      }
      seenAt = performance.now();
    },
    async release() {
      await stop();
      if (await isOurs()) {
        // One that was left behind by a process which has died would ask for ever.
        await rm(requestFile(file), { force: true });
        await rm(file, { force: true });
      }
    },
  };
}

async function tryCreate(file: string, own: Holder): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(JSON.stringify(own));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/**
 * Puts our file in the place of one whose holder is gone. Of all that try, the one that makes the file of the succession
 * may, and only while the lock is still as it was judged; whose it is in the end, the file itself says.
 */
async function takeOver(file: string, gone: SeenLock, own: Holder, watch: HolderWatch): Promise<boolean> {
  const succession = `${file}.next`;
  if (!(await tryCreate(succession, own))) {
    const other = await look(succession);
    if (other !== undefined && watch.isGone(other)) {
      await rm(succession, { force: true });
    }
    await delay(pollMilliseconds);
    return false;
  }
  const now = await look(file);
  if (now?.text !== gone.text || now.modified !== gone.modified) {
    await rm(succession, { force: true });
    return false;
  }
  // Fails where we stood still for so long that another removed it.
  await rename(succession, file).catch(() => undefined);
  return (await look(file))?.holder?.token === own.token;
}

/** The file as it is now; opened for it, since folders of other machines are looked at anew only then. */
async function look(file: string): Promise<SeenLock | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const { mtimeMs } = await handle.stat();
      const text = await handle.readFile("utf8");
      return { text, modified: mtimeMs, holder: readHolder(text) };
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) {
      return undefined;
    }
    const { processId, space, token, started } = value as Readonly<Record<string, unknown>>;
    return typeof processId === "number" && typeof space === "string" && typeof token === "string"
      ? { processId, space, token, ...(typeof started === "string" ? { started } : {}) }
      : undefined;
  } catch {
    return undefined;
  }
}
