import { stat } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import type { Database } from "./database";
import { openMemoryCluster } from "./embeddedCluster";
import {
  closeCluster,
  clusterDatabase,
  openLockedCluster,
  type EmbeddedDatabases,
  type EmbeddedOptions,
  type LockedCluster,
  type ScratchOptions,
} from "./embeddedDatabase";

/** Calls back once after a time, unless it is stopped before. Must not keep the process alive. */
export type Schedule = (callback: () => void, milliseconds: number) => { stop(): void };

export interface KeepingOptions {
  readonly schedule: Schedule;
  /** What nobody used for so long is closed. */
  readonly idleMilliseconds: number;
}

/** How often an open database that nobody uses looks whether another process waits for it. */
const lookMilliseconds = 150;

/** Before a scratch database is prepared for the next command, the answer of this one is to be on its way. */
const pauseMilliseconds = 300;

const realSchedule: Schedule = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  timer.unref();
  return { stop: () => clearTimeout(timer) };
};

interface KeptCluster extends LockedCluster {
  readonly directory: string;
  /** Identifies the folder's cluster: another one may be put in its place. */
  readonly identity: string;
  /** What a new session would begin with. */
  readonly defaults: string;
}

/**
 * Embedded databases that stay open from one command to the next, since opening one takes longer than most commands. The
 * one of a folder is closed when it was idle for a while, when another process waits for it, and when another folder's
 * is wanted. Where scratch databases are used, the next one is kept ready.
 */
export class KeptDatabases implements EmbeddedDatabases {
  private readonly schedule: Schedule;
  private readonly idleMilliseconds: number;
  private idle: KeptCluster | undefined;
  private timers: { stop(): void }[] = [];
  private ready: Promise<PGlite> | undefined;
  private readyTimer: { stop(): void } | undefined;
  /** What is being closed; the next one waits for it. */
  private closing: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor({ schedule = realSchedule, idleMilliseconds = 4 * 60_000 }: Partial<KeepingOptions> = {}) {
    this.schedule = schedule;
    this.idleMilliseconds = idleMilliseconds;
  }

  async open(options: EmbeddedOptions): Promise<Database> {
    await this.closing;
    const cluster = (await this.takeIdle(options.directory)) ?? (await openKept(options));
    let isUsable = false;
    try {
      const database = await clusterDatabase(cluster.pglite, options, {
        lock: cluster.lock,
        close: () => this.putBack(cluster),
      });
      isUsable = true;
      return database;
    } finally {
      if (!isUsable) {
        await closeCluster(cluster);
      }
    }
  }

  async openScratch(options: ScratchOptions): Promise<Database> {
    this.readyTimer?.stop();
    const { ready } = this;
    this.ready = undefined;
    const pglite = (await ready?.catch(() => undefined)) ?? (await openMemoryCluster(options.onWaiting));
    return clusterDatabase(pglite, options, {
      lock: undefined,
      close: async () => {
        await pglite.close();
        this.prepareScratch();
      },
    });
  }

  /** Closes what is open and not in use; what is used is closed when its command has ended. */
  async close(): Promise<void> {
    this.isOver = true;
    this.readyTimer?.stop();
    await this.closeIdle();
    await this.closeReady();
  }

  /** The open cluster of a folder, if it can still be used. */
  private async takeIdle(directory: string): Promise<KeptCluster | undefined> {
    const cluster = this.idle;
    if (cluster === undefined) {
      return undefined;
    }
    if (cluster.directory === directory && (await isStillThere(cluster))) {
      this.stopTimers();
      this.idle = undefined;
      return cluster;
    }
    await this.closeIdle();
    return undefined;
  }

  private async putBack(cluster: KeptCluster): Promise<void> {
    if (this.isOver || (await cluster.lock.isWanted()) || !(await isAsNew(cluster))) {
      await closeCluster(cluster);
      return;
    }
    await this.closeIdle();
    this.idle = cluster;
    this.timers = [this.schedule(() => void this.closeIdle(), this.idleMilliseconds)];
    this.lookWhetherWanted(cluster);
  }

  private lookWhetherWanted(cluster: KeptCluster): void {
    const timer = this.schedule(() => {
      void cluster.lock.isWanted().then(async (isWanted) => {
        if (this.idle === cluster) {
          await (isWanted ? this.closeIdle() : this.lookWhetherWanted(cluster));
        }
      });
    }, lookMilliseconds);
    this.timers = [...this.timers.slice(0, 1), timer];
  }

  private closeIdle(): Promise<void> {
    this.stopTimers();
    const cluster = this.idle;
    this.idle = undefined;
    if (cluster !== undefined) {
      this.closing = this.closing.then(() => endKept(cluster));
    }
    return this.closing;
  }

  private stopTimers(): void {
    for (const timer of this.timers) {
      timer.stop();
    }
    this.timers = [];
  }

  private prepareScratch(): void {
    if (this.isOver) {
      return;
    }
    this.readyTimer?.stop();
    this.readyTimer = this.schedule(() => {
      this.ready ??= openMemoryCluster(() => undefined);
      // Whoever wants one then opens it, and is told why it can't be had.
      this.ready.catch(() => (this.ready = undefined));
      this.readyTimer = this.schedule(() => void this.closeReady(), this.idleMilliseconds);
    }, pauseMilliseconds);
  }

  private async closeReady(): Promise<void> {
    const { ready } = this;
    this.ready = undefined;
    await (await ready?.catch(() => undefined))?.close();
  }
}

async function openKept(options: EmbeddedOptions): Promise<KeptCluster> {
  const cluster = await openLockedCluster(options);
  return {
    ...cluster,
    directory: options.directory,
    identity: await identityOf(options.directory),
    defaults: await sessionDefaults(cluster.pglite),
  };
}

/** Where another process has taken the folder over, writing what we still know of it would destroy it. */
async function endKept(cluster: KeptCluster): Promise<void> {
  if (await isStillThere(cluster)) {
    await closeCluster(cluster);
  } else {
    await cluster.lock.release();
  }
}

async function isStillThere({ lock, directory, identity }: KeptCluster): Promise<boolean> {
  return (await lock.isHeld()) && (await identityOf(directory)) === identity;
}

async function identityOf(directory: string): Promise<string> {
  const { dev, ino, birthtimeMs } = await stat(directory).catch(() => ({ dev: 0, ino: 0, birthtimeMs: 0 }));
  return [dev, ino, birthtimeMs].join(" ");
}

/**
 * Makes of a command's session one for the next command. False where it can't be that of a new connection: the command
 * has changed what sessions begin with, or the cluster does not answer any more.
 */
async function isAsNew({ pglite, defaults }: KeptCluster): Promise<boolean> {
  try {
    await pglite.exec("ROLLBACK");
    await pglite.exec("DISCARD ALL");
    return (await sessionDefaults(pglite)) === defaults;
  } catch {
    return false;
  }
}

/** What `ALTER SYSTEM` has set; in a cluster of a single session, `ALTER DATABASE` and `ALTER ROLE` set nothing. */
async function sessionDefaults(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ readonly defaults: string }>(
    "SELECT pg_catalog.pg_read_file('postgresql.auto.conf') AS defaults",
  );
  return rows[0]?.defaults ?? "";
}
