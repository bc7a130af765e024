import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Cached texts of one folder of sources, which one file holds together. */
export interface CachePack {
  /** The text under a key, from the pack or else from where `read` finds it. */
  get(key: string, read: () => string | undefined): string | undefined;
  /** Adds a text that is new. */
  add(key: string, text: string): void;
  /** The text of a source that has not been touched since it was noted. */
  getUntouched(source: string, stamp: string): string | undefined;
  /** Notes which text is that of a source as it was with this stamp. */
  note(source: string, stamp: string, key: string): void;
}

interface Packed {
  readonly texts: ReadonlyMap<string, string>;
  /** By the source: its stamp, and the key of its text. */
  readonly sources: ReadonlyMap<string, readonly [stamp: string, key: string]>;
}

/** Fewer are as quick to read one by one. */
const fewestPacked = 32;

/**
 * Opens the pack of a folder: to open a file takes longer than all else that is done with a small one. When the process
 * ends, what it has used is packed anew if much of it was not in the pack.
 * @param cacheFolder where the pack lies
 * @param sources the folder of the sources
 */
export function openCachePack(cacheFolder: string, sources: string): CachePack {
  const path = join(cacheFolder, `${createHash("sha1").update(sources).digest("hex")}.json`);
  const packed = readPack(path);
  const used = { texts: new Map<string, string>(), sources: new Map<string, readonly [string, string]>() };
  let added = 0;

  function countAdded(): void {
    added += 1;
    if (added === fewestPacked) {
      process.once("exit", () => writePack(path, used));
    }
  }
  function add(key: string, text: string): void {
    used.texts.set(key, text);
    countAdded();
  }

  return {
    get(key, read) {
      const known = packed.texts.get(key);
      if (known !== undefined) {
        used.texts.set(key, known);
        return known;
      }
      const text = read();
      if (text !== undefined) {
        add(key, text);
      }
      return text;
    },
    add,
    getUntouched(source, stamp) {
      const noted = packed.sources.get(source);
      const text = noted?.[0] === stamp ? packed.texts.get(noted[1]) : undefined;
      if (noted !== undefined && text !== undefined) {
        used.sources.set(source, noted);
        used.texts.set(noted[1], text);
      }
      return text;
    },
    note(source, stamp, key) {
      used.sources.set(source, [stamp, key]);
      countAdded();
    },
  };
}

function readPack(path: string): Packed {
  const texts = new Map<string, string>();
  const sources = new Map<string, readonly [string, string]>();
  try {
    const pack = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, object>>;
    for (const [key, text] of Object.entries(pack["texts"] ?? {}) as [string, unknown][]) {
      if (typeof text === "string") {
        texts.set(key, text);
      }
    }
    for (const [source, noted] of Object.entries(pack["sources"] ?? {}) as [string, unknown][]) {
      if (Array.isArray(noted)) {
        sources.set(source, [String(noted[0]), String(noted[1])]);
      }
    }
  } catch {
    // There is none, or it is damaged: what it would hold is read one by one.
  }
  return { texts, sources };
}

/** A cache that can't be written costs time only, so failures are not reported. */
function writePack(path: string, { texts, sources }: Packed): void {
  const temporary = `${path}.${String(process.pid)}`;
  const pack = { texts: Object.fromEntries(texts), sources: Object.fromEntries(sources) };
  try {
    writeFileSync(temporary, JSON.stringify(pack), { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    return;
  }
}
