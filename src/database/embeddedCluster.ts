import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { Extensions, MemoryFS, PGlite } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import { DatabaseError } from "./databaseError";
import { loadContribExtensions } from "./embeddedExtensions";
import { readEmptyCluster, writeCluster } from "./emptyCluster";
import { type PackedEntry, packedPath } from "./packedFiles";
import { readPackedPglite } from "./packedPglite";

/** Of the file system within PGlite: Emscripten's. */
interface InnerFiles {
  mkdirTree(path: string): void;
  /** `canOwn`: the content may be kept as it is, and changed. */
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean }): void;
}

/** Where PGlite looks for its cluster among its own files. */
const clusterInside = "/pglite/data";

/**
 * Opens PGlite on a folder, which is made where it is not there yet. It must be closed, or Node stays alive.
 * @param onSlow given a sentence before something that takes seconds
 * @throws DatabaseError `embedded-damaged`
 */
export async function openFolderCluster(
  directory: string,
  onSlow: (reason: string) => void,
): Promise<PGlite> {
  if (!(await isInitialised(directory))) {
    onSlow("starting a new embedded database");
    await initialise(directory);
  }
  const { PGlite } = await import("@electric-sql/pglite");
  try {
    return await PGlite.create(directory, await startOptions());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(directory, reason, "Delete that folder to start with an empty one.");
  }
}

function damaged(directory: string, reason: string, hint: string): DatabaseError {
  return new DatabaseError(
    "embedded-damaged",
    `The embedded database in ${directory} can't be opened: ${reason}.`,
    { hint },
  );
}

/**
 * Opens an empty PGlite whose files are in memory only: its own file system costs a third of the time that many tables
 * take. It must be closed, or Node stays alive.
 */
export async function openMemoryCluster(onSlow: (reason: string) => void): Promise<PGlite> {
  const { PGlite } = await import("@electric-sql/pglite");
  const entries = await readEmptyCluster(await pgliteVersion());
  if (entries === undefined) {
    onSlow("preparing an empty PostgreSQL database");
    return PGlite.create(await initialisingOptions());
  }
  return PGlite.create({ ...(await startOptions()), fs: await filledMemory(entries) });
}

async function filledMemory(entries: readonly PackedEntry[]): Promise<MemoryFS> {
  const { MemoryFS } = await import("@electric-sql/pglite");
  class FilledMemory extends MemoryFS {
    override initialSyncFs(): Promise<void> {
      const fileSystem = this.pg?.Module.FS as InnerFiles | undefined;
      fileSystem?.mkdirTree(clusterInside);
      for (const { path: name, content } of entries) {
        const inside = `${clusterInside}/${name}`;
        if (content === undefined) {
          fileSystem?.mkdirTree(inside);
        } else {
          fileSystem?.writeFile(inside, content, { canOwn: true });
        }
      }
      return Promise.resolve();
    }
  }
  return new FilledMemory();
}

const { WebAssembly: compiler } = globalThis as unknown as {
  readonly WebAssembly: { compile(code: Uint8Array): Promise<WebAssembly.Module> };
};

interface Pieces {
  readonly pgliteWasmModule: WebAssembly.Module;
  readonly extensions: Extensions;
  readonly fsBundle?: Blob;
}

let pieces: Promise<Pieces> | undefined;

/** PostgreSQL is compiled once in a process, whatever it opens. */
function startOptions(): Promise<Pieces> {
  pieces ??= loadPieces();
  return pieces;
}

async function loadPieces(): Promise<Pieces> {
  const packed = await readPackedPglite(await pgliteVersion());
  if (packed !== undefined) {
    return {
      pgliteWasmModule: await compiler.compile(packed.code),
      fsBundle: new Blob([packed.installed]),
      extensions: packed.contrib,
    };
  }
  const code = await readFile(path.join(pgliteFolder(), "pglite.wasm"));
  return { pgliteWasmModule: await compiler.compile(code), extensions: await loadContribExtensions() };
}

/**
 * For a PGlite that makes its cluster by itself.
 * @throws DatabaseError `embedded-damaged`: it is packed, without what that takes
 */
async function initialisingOptions(): Promise<Pieces> {
  const options = await startOptions();
  if (options.fsBundle !== undefined) {
    throw new DatabaseError(
      "embedded-damaged",
      `The embedded database can't be started: ${packedPath("emptyCluster.bin")} is missing or damaged.`,
      { hint: "Install the extension again." },
    );
  }
  return options;
}

async function isInitialised(directory: string): Promise<boolean> {
  const names = existsSync(directory) ? await readdir(directory) : [];
  if (names.length > 0 && !names.includes("PG_VERSION")) {
    // The rest of a database, or somebody's files: not for us to delete.
    throw damaged(
      directory,
      "the folder contains files, but not PG_VERSION",
      "Restore the folder from a backup. To start with an empty database, move its files elsewhere.",
    );
  }
  return names.length > 0;
}

/** The folder is there with all its files, or not at all, wherever this is interrupted. */
async function initialise(directory: string): Promise<void> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await makeHomeDirectory(path.dirname(directory));
  try {
    await fillFolder(unfinished);
    await rm(directory, { recursive: true, force: true });
    await rename(unfinished, directory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function fillFolder(directory: string): Promise<void> {
  const entries = await readEmptyCluster(await pgliteVersion());
  if (entries === undefined) {
    const { PGlite } = await import("@electric-sql/pglite");
    await (await PGlite.create(directory, await initialisingOptions())).close();
  } else {
    writeCluster(directory, entries);
  }
}

/** The folder's own .gitignore keeps it out of the project's commits. */
async function makeHomeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (path.basename(directory) === ".alembic") {
    await writeFile(path.join(directory, ".gitignore"), "*\n");
  }
}

function pgliteFolder(): string {
  return path.dirname(require.resolve("@electric-sql/pglite"));
}

async function pgliteVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(path.join(pgliteFolder(), "..", "package.json"), "utf8"),
  );
  const version: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : "";
  return String(version);
}
