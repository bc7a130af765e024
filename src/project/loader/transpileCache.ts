import { lstatSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { openCachePack, type CachePack } from "./cachePack";
import { replaceFile } from "./replaceFile";

const folderByDirectory = new Map<string, string | undefined>();
const packByDirectory = new Map<string, CachePack>();

/** The cached text under a key, for a file in the given folder. */
export function readCached(directory: string, key: string): string | undefined {
  const folder = cacheFolder(directory);
  if (folder === undefined) {
    return undefined;
  }
  return packOf(directory, folder).get(key, () => readText(join(folder, key)));
}

/** What is cached of the sources in a folder by the files themselves; undefined where nothing can be cached. */
export function sourcesIn(
  directory: string,
): Pick<CachePack, "getUntouched" | "getFunction" | "note"> | undefined {
  const folder = cacheFolder(directory);
  return folder === undefined ? undefined : packOf(directory, folder);
}

function packOf(directory: string, folder: string): CachePack {
  const pack = packByDirectory.get(directory) ?? openCachePack(folder, directory);
  packByDirectory.set(directory, pack);
  return pack;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Keeps a text under a key. A cache that can't be written costs time only, so failures are not reported. */
export function writeCached(directory: string, key: string, text: string): void {
  const folder = cacheFolder(directory);
  if (folder === undefined) {
    return;
  }
  const path = join(folder, key);
  try {
    replaceFile(path, text);
    packOf(directory, folder).add(key, text);
  } catch {
    folderByDirectory.set(directory, undefined);
  }
}

function cacheFolder(directory: string): string | undefined {
  if (!folderByDirectory.has(directory)) {
    folderByDirectory.set(directory, projectCache(directory) ?? userCache());
  }
  return folderByDirectory.get(directory);
}

function projectCache(directory: string): string | undefined {
  for (let current = directory; ; current = dirname(current)) {
    const modules = join(current, "node_modules");
    if (statSync(modules, { throwIfNoEntry: false })?.isDirectory() === true) {
      return makeFolder(join(modules, ".cache", "alembic-ts"));
    }
    if (dirname(current) === current) {
      return undefined;
    }
  }
}

/** A folder of this user's own: what lies in it is run as code, so nobody else may be able to write there. */
function userCache(): string | undefined {
  const user = typeof process.getuid === "function" ? process.getuid() : undefined;
  const folder = makeFolder(join(tmpdir(), `alembic-ts-${user ?? userName()}`));
  if (folder === undefined || user === undefined) {
    return folder;
  }
  const stats = lstatSync(folder);
  return stats.isDirectory() && stats.uid === user && (stats.mode & 0o022) === 0 ? folder : undefined;
}

function userName(): string {
  try {
    return userInfo().username.replace(/[^\w.-]/g, "_");
  } catch {
    return "user";
  }
}

function makeFolder(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  } catch {
    return undefined;
  }
}
