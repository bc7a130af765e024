import { createHash } from "node:crypto";
import { join } from "node:path";
import { openCachePack, type CachePack } from "./cachePack";
import { compiledFolder, sealedFiles } from "./compiledFolder";
import type { SealedFiles } from "./sealedFiles";
import { stampOfTypeFile } from "./typeFiles";

/** Where the compiled files of one folder of sources are kept. */
interface Shelf {
  readonly folder: string;
  readonly files: SealedFiles;
  readonly pack: CachePack;
}

const shelfByDirectory = new Map<string, Shelf | undefined>();

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
    if (!shelf.pack.add(key, text)) {
      shelf.files.write(join(shelf.folder, key), text);
    }
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
