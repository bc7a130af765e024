import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { PGlite } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import { Client } from "pg";
import { userCacheFolder } from "../machine/cacheFolder";
import type { Connection } from "./connection";
import type { Database } from "./database";
import { DatabaseError } from "./databaseError";
import { loadContribExtensions } from "./embeddedExtensions";
import { acquireFileLock, type FileLock } from "./fileLock";
import { clientConnection } from "./postgresConnection";

export interface EmbeddedOptions {
  /** Where the cluster lives; made on the first use. */
  readonly directory: string;
  readonly lockTimeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** A sentence for the user before something slow. */
  readonly onWaiting: (reason: string) => void;
  readonly onNotice?: (text: string) => void;
}

/**
 * Opens PGlite, PostgreSQL in WebAssembly, on a folder. One process at a time can have it open; another
 * waits. The database must be closed, or Node stays alive.
 * @throws DatabaseError `embedded-busy`, `cancelled`, `embedded-damaged`.
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<Database> {
  const fileLock = await acquireFileLock({
    file: `${options.directory}.lock`,
    timeoutMilliseconds: options.lockTimeoutMilliseconds,
    signal: options.signal,
    onWaiting: (holder) => options.onWaiting(`waiting for ${holder}, which has the embedded database open`),
  });
  try {
    if (!(await isInitialised(options.directory))) {
      options.onWaiting("starting a new embedded database");
      await initialise(options.directory);
    }
    const pglite = await openCluster(options.directory);
    const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
    const client = new Client(createPgConfig(pglite));
    await client.connect();
    const connection = clientConnection(client, {
      onNotice: options.onNotice,
      // Statements run on this very thread: by the time that anybody could ask, they have ended.
      cancel: () => Promise.resolve(),
    });
    return {
      dialect: "postgresql",
      connection: whileHeld(connection, fileLock),
      lock: () => Promise.resolve({ release: () => Promise.resolve() }),
      async close() {
        await connection.close();
        await pglite.close();
        await fileLock.release();
      },
    };
  } catch (error) {
    await fileLock.release();
    throw error;
  }
}

/** Two processes that write to one cluster destroy it: nothing is run any more when another has taken it over. */
function whileHeld(connection: Connection, lock: FileLock): Connection {
  return {
    ...connection,
    async run(text, values) {
      await lock.assertHeld();
      return connection.run(text, values);
    },
    async query(text, values) {
      await lock.assertHeld();
      return connection.query(text, values);
    },
  };
}

async function openCluster(directory: string): Promise<PGlite> {
  const { PGlite } = await import("@electric-sql/pglite");
  try {
    return await PGlite.create(directory, { extensions: await loadContribExtensions() });
  } catch (error) {
    throw new DatabaseError(
      "embedded-damaged",
      `The embedded database in ${directory} can't be opened: ${error instanceof Error ? error.message : String(error)}.`,
      { hint: "Delete that folder to begin with an empty one." },
    );
  }
}

async function isInitialised(directory: string): Promise<boolean> {
  const entries = await readdir(directory).catch((): string[] => []);
  return entries.includes("PG_VERSION");
}

/**
 * Making a cluster takes seconds, copying one a fraction: the first is kept in the user's cache folder,
 * one for each version of PGlite. Without a folder to keep it in, each is made anew.
 */
async function initialise(directory: string): Promise<void> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await makeHomeDirectory(path.dirname(directory));
  const cache = userCacheFolder();
  if (cache === undefined) {
    await makeCluster(unfinished);
  } else {
    const template = path.join(cache, `pglite-${await pgliteVersion()}`);
    if (!(await isInitialised(template))) {
      await makeTemplate(template);
    }
    await cp(template, unfinished, { recursive: true });
  }
  await rm(directory, { recursive: true, force: true });
  await rename(unfinished, directory);
}

/** The folder's own .gitignore keeps it out of the project's commits. */
async function makeHomeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (path.basename(directory) === ".alembic") {
    await writeFile(path.join(directory, ".gitignore"), "*\n");
  }
}

async function makeCluster(directory: string): Promise<void> {
  const { PGlite } = await import("@electric-sql/pglite");
  const pglite = await PGlite.create(directory);
  await pglite.close();
}

async function makeTemplate(template: string): Promise<void> {
  const unfinished = `${template}.${String(process.pid)}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(unfinished), { recursive: true });
  await makeCluster(unfinished);
  try {
    await rename(unfinished, template);
  } catch {
    // Another process was first; its copy is as good.
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function pgliteVersion(): Promise<string> {
  const entry = require.resolve("@electric-sql/pglite");
  const manifest: unknown = JSON.parse(
    await readFile(path.join(path.dirname(entry), "..", "package.json"), "utf8"),
  );
  const version: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : "";
  return String(version);
}
