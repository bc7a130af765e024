import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Who names more looks through whole installations. */
const mostEntries = 20_000;

/**
 * A digest of the names of all that lies below a folder: it changes when a file comes, goes or is renamed. Undefined where
 * a link leads elsewhere, or where that is too much to look through.
 */
export function digestOfTree(folder: string): string | undefined {
  const hash = createHash("sha1");
  const folders = [folder];
  let count = 0;
  for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
    const entries = readFolder(current);
    count += entries.length;
    if (count > mostEntries || entries.some((entry) => entry.isSymbolicLink())) {
      return undefined;
    }
    hash.update(`${current}\0`);
    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      hash.update(`${entry.name}${isFolder ? "/" : ""}\0`);
      if (isFolder) {
        folders.push(join(current, entry.name));
      }
    }
  }
  return hash.digest("hex");
}

function readFolder(folder: string): ReturnType<typeof readSorted> {
  try {
    return readSorted(folder);
  } catch {
    return [];
  }
}

function readSorted(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    left.name < right.name ? -1 : left.name > right.name ? 1 : 0,
  );
}

/** The folder in which everything lies that a glob can match: what stands before its first wildcard. */
export function folderOfGlob(glob: string): string {
  const parts = glob.replaceAll("\\", "/").split("/");
  const first = parts.findIndex((part) => /[*?[\]{}()!+@|]/.test(part));
  return parts.slice(0, first < 0 ? -1 : first).join("/") || "/";
}
