import { createHash } from "node:crypto";
import { existsSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, sep } from "node:path";
import { userCacheFolder } from "../../machine/cacheFolder";
import { atExit } from "./atExit";
import { openCachePack, type CachePack } from "./cachePack";
import { openSealedFiles, type SealedFiles } from "./sealedFiles";
import { stampOfTypeFile } from "./typeFiles";

/** Where the compiled files of one folder of sources are kept. */
interface Shelf {
  readonly folder: string;
  readonly files: SealedFiles;
  readonly pack: CachePack;
}

const shelfByDirectory = new Map<string, Shelf | undefined>();
const filesByFolder = new Map<string, SealedFiles | undefined>();

/** The cached text under a key, for a file in the given folder. */
export function readCached(directory: string, key: string): string | undefined {
  const shelf = shelfOf(directory);
  return shelf?.pack.get(key, () => shelf.files.read(join(shelf.folder, key))?.toString("utf8"));
}

/** What is cached of the sources in a folder by the files themselves; undefined where nothing can be cached. */
export function sourcesIn(
  directory: string,
): Pick<CachePack, "getUntouched" | "getFunction" | "sourceMap" | "note"> | undefined {
  return shelfOf(directory)?.pack;
}

/** Keeps a text under a key. A cache that can't be written costs time only, so failures are not reported. */
export function writeCached(directory: string, key: string, text: string): void {
  const shelf = shelfOf(directory);
  if (shelf === undefined) {
    return;
  }
  try {
    shelf.files.write(join(shelf.folder, key), text);
    shelf.pack.add(key, text);
  } catch {
    shelfByDirectory.set(directory, undefined);
  }
}

function shelfOf(directory: string): Shelf | undefined {
  if (!shelfByDirectory.has(directory)) {
    shelfByDirectory.set(directory, openShelf(directory));
  }
  return shelfByDirectory.get(directory);
}

/**
 * All that is run lies in the user's own cache, and none of it in the project: a repository could have brought it along,
 * and a folder above may belong to others.
 */
function openShelf(directory: string): Shelf | undefined {
  const root = compiledFolder(directory);
  const files = root === undefined ? undefined : sealedFiles(root);
  if (root === undefined || files === undefined) {
    return undefined;
  }
  const folder = join(root, createHash("sha1").update(directory).digest("hex"));
  return { folder, files, pack: openCachePack(folder, files, stampOfTypeFile) };
}

/** The folder for what the files in a folder were compiled to; undefined where there is none that can be trusted. */
export function compiledFolder(directory: string): string | undefined {
  const cache = userCacheFolder();
  return cache === undefined || isBroughtAlong(cache, directory) ? undefined : join(cache, "compiled");
}

/** The sealed files of that folder. */
export function sealedFiles(folder: string): SealedFiles | undefined {
  if (!filesByFolder.has(folder)) {
    const files = openSealedFiles(folder);
    filesByFolder.set(folder, files && removingUnused(folder, files));
  }
  return filesByFolder.get(folder);
}

/** The same files; when the process that has written one ends, it removes what nobody uses any more. */
function removingUnused(folder: string, files: SealedFiles): SealedFiles {
  let hasWritten = false;
  return {
    read: (path) => files.read(path),
    digest: (text) => files.digest(text),
    write(path, contents) {
      files.write(path, contents);
      if (!hasWritten) {
        hasWritten = true;
        atExit(() => {
          removeUnused(folder);
        });
      }
    },
  };
}

/** Whether a cache lies in the very project whose files it is for. A home that is kept in Git is no project. */
function isBroughtAlong(cache: string, directory: string): boolean {
  const inside = (path: string, folder: string): boolean => `${path}${sep}`.startsWith(`${folder}${sep}`);
  const [real, home] = [realPath(cache), realPath(homedir())];
  for (let current = directory; dirname(current) !== current; current = dirname(current)) {
    const isProject = [".git", "package.json", "tsconfig.json"].some((name) =>
      existsSync(join(current, name)),
    );
    if (isProject && inside(real, current) && !inside(home, current)) {
      return true;
    }
  }
  return false;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

const keptMilliseconds = 60 * 24 * 3600 * 1000;

/** Removes what no program has written to for two months. */
function removeUnused(folder: string): void {
  try {
    const now = Date.now();
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (now - statSync(path).mtimeMs > keptMilliseconds && name !== "key") {
        rmSync(path, { recursive: true, force: true });
      }
    }
  } catch {
    // Another process removes the same.
  }
}
