import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { replaceFile } from "./replaceFile";

/**
 * Files that were written by this program for this user, and by nobody else: each begins with a digest of its name and
 * contents under a key that only the user can read.
 */
export interface SealedFiles {
  /** The contents; undefined where there is no such file, or it is not whole, or was written by somebody else. */
  read(path: string): Buffer | undefined;
  /** @throws what the system says where it can't be written */
  write(path: string, contents: string | Uint8Array): void;
  /** A digest under the key, by which a text can be known again and not be found out. */
  digest(text: string): string;
}

const keyLength = 32;
const digestLength = 32;

/** The sealed files of a folder of the user's own; undefined where no key can be kept there. */
export function openSealedFiles(folder: string): SealedFiles | undefined {
  const key = readKey(join(folder, "key")) ?? makeKey(folder);
  if (key === undefined) {
    return undefined;
  }
  const digest = (path: string, contents: Uint8Array): Buffer =>
    createHmac("sha256", key)
      .update(`${basename(dirname(path))}\0${basename(path)}\0`)
      .update(contents)
      .digest();
  return {
    read(path) {
      const file = readIfThere(path);
      if (file === undefined || file.length < digestLength) {
        return undefined;
      }
      const contents = file.subarray(digestLength);
      return timingSafeEqual(digest(path, contents), file.subarray(0, digestLength)) ? contents : undefined;
    },
    write(path, contents) {
      const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      replaceFile(path, Buffer.concat([digest(path, bytes), bytes]));
    },
    digest: (text) => createHmac("sha256", key).update("digest\0").update(text).digest("hex"),
  };
}

/** One that others can read, or that is not this user's, is as good as none. */
function readKey(path: string): Buffer | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const user = process.getuid?.();
  const isOwn = user === undefined || (stats?.uid === user && (stats.mode & 0o077) === 0);
  const key = stats?.isFile() === true && isOwn ? readIfThere(path) : undefined;
  return key?.length === keyLength ? key : undefined;
}

function makeKey(folder: string): Buffer | undefined {
  const path = join(folder, "key");
  const temporary = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, randomBytes(keyLength), { mode: 0o600, flag: "wx" });
    // A link or a folder in its place would be followed, or be in the way.
    rmSync(path, { recursive: true, force: true });
    renameSync(temporary, path);
    // Another process may have been a little later: the key that lies there counts.
    return readKey(path);
  } catch {
    removeIfPossible(temporary);
    return undefined;
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It was never there, as in a folder that can't be entered.
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
