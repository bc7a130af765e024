import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Cached texts of one folder of sources, which one file holds together. */
export interface CachePack {
  /** The text under a key, from the pack or else from where `read` finds it. */
  get(key: string, read: () => string | undefined): string | undefined;
  /** Adds a text that is new. */
  add(key: string, text: string): void;
}

/** Fewer are as quick to read one by one. */
const fewestPacked = 32;

/**
 * Opens the pack of a folder: to open a file takes longer than all else that is done with a small one. When the process
 * ends, what it has used is packed anew if many texts were not in the pack.
 * @param cacheFolder where the pack lies
 * @param sources the folder of the sources
 */
export function openCachePack(cacheFolder: string, sources: string): CachePack {
  const path = join(cacheFolder, `${createHash("sha1").update(sources).digest("hex")}.json`);
  const packed = readPack(path);
  const used = new Map<string, string>();
  let added = 0;
  function add(key: string, text: string): void {
    used.set(key, text);
    added += 1;
    if (added === fewestPacked) {
      process.once("exit", () => writePack(path, used));
    }
  }

  return {
    get(key, read) {
      const known = packed.get(key);
      if (known !== undefined) {
        used.set(key, known);
        return known;
      }
      const text = read();
      if (text !== undefined) {
        add(key, text);
      }
      return text;
    },
    add,
  };
}

function readPack(path: string): ReadonlyMap<string, string> {
  try {
    const pack: unknown = JSON.parse(readFileSync(path, "utf8"));
    const entries = typeof pack === "object" && pack !== null ? Object.entries(pack) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}

/** A cache that can't be written costs time only, so failures are not reported. */
function writePack(path: string, texts: ReadonlyMap<string, string>): void {
  const temporary = `${path}.${String(process.pid)}`;
  try {
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(texts)), { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    return;
  }
}
