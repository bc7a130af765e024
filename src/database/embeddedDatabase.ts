import type { PGlite } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import { Client } from "pg";
import type { Connection } from "./connection";
import type { Database } from "./database";
import { openFolderCluster, openMemoryCluster } from "./embeddedCluster";
import { acquireFileLock, type FileLock } from "./fileLock";
import { clientConnection } from "./postgresConnection";

export interface ScratchOptions {
  /** A sentence for the user before something slow. */
  readonly onWaiting: (reason: string) => void;
  readonly onNotice?: (text: string) => void;
}

export interface EmbeddedOptions extends ScratchOptions {
  /** Where the cluster lives; made on the first use. */
  readonly directory: string;
  readonly lockTimeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

/** How commands get embedded databases: opened for each, or kept from one to the next. */
export interface EmbeddedDatabases {
  /**
   * Opens PGlite, PostgreSQL in WebAssembly, on a folder. One process at a time can have it open; another waits.
   * @throws DatabaseError `embedded-busy`, `cancelled`, `embedded-damaged`.
   */
  open(options: EmbeddedOptions): Promise<Database>;
  /** Opens an empty database of its own, which is gone when it is closed. */
  openScratch(options: ScratchOptions): Promise<Database>;
}

/** Embedded databases that are open for one command; unclosed, they keep Node alive. */
export const embeddedDatabases: EmbeddedDatabases = {
  async open(options) {
    const cluster = await openLockedCluster(options);
    return clusterDatabase(cluster.pglite, options, {
      lock: cluster.lock,
      close: () => closeCluster(cluster),
    });
  },
  async openScratch(options) {
    const pglite = await openMemoryCluster(options.onWaiting);
    return clusterDatabase(pglite, options, { lock: undefined, close: () => pglite.close() });
  },
};

/** A cluster of a folder that is open, and kept from other processes. */
export interface LockedCluster {
  readonly pglite: PGlite;
  readonly lock: FileLock;
}

/** @throws DatabaseError as `EmbeddedDatabases.open` does */
export async function openLockedCluster(options: EmbeddedOptions): Promise<LockedCluster> {
  const lock = await acquireFileLock({
    file: `${options.directory}.lock`,
    timeoutMilliseconds: options.lockTimeoutMilliseconds,
    signal: options.signal,
    onWaiting: (holder) => options.onWaiting(`waiting for ${holder}, which has the embedded database open`),
  });
  try {
    return { pglite: await openFolderCluster(options.directory, options.onWaiting), lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Ends a cluster that was opened on a folder. */
export async function closeCluster({ pglite, lock }: LockedCluster): Promise<void> {
  await pglite.close();
  await lock.release();
}

/**
 * A database for one command over a cluster that is open.
 * @param life what keeps the cluster ours, and what is to be done when the command has ended
 */
export async function clusterDatabase(
  pglite: PGlite,
  { onNotice }: ScratchOptions,
  life: { readonly lock: FileLock | undefined; readonly close: () => Promise<void> },
): Promise<Database> {
  const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
  const client = new Client(createPgConfig(pglite));
  await client.connect();
  const connection = clientConnection(client, {
    onNotice,
    // Statements run on this very thread: by the time that anybody could ask, they have ended.
    cancel: () => Promise.resolve(),
  });
  return {
    dialect: "postgresql",
    connection: life.lock === undefined ? connection : whileHeld(connection, life.lock),
    lock: () => Promise.resolve({ release: () => Promise.resolve() }),
    async close() {
      await connection.close();
      await life.close();
    },
  };
}

/** Two processes that write to one cluster destroy it: nothing is run any more when another has taken it over. */
function whileHeld(connection: Connection, lock: FileLock): Connection {
  return {
    ...connection,
    async run(text, values, parsers) {
      await lock.assertHeld();
      return connection.run(text, values, parsers);
    },
    async query(text, values) {
      await lock.assertHeld();
      return connection.query(text, values);
    },
  };
}
