import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PackedEntry, packedPath, readPackedFiles } from "./packedFiles";

/**
 * The files of a new cluster, packed when this program was built: making them takes seconds, unpacking them a fraction of one.
 * Undefined where they are missing or damaged, or where another version of PGlite made them: its cluster need not be one that this
 * version opens.
 */
export function readEmptyCluster(
  pgliteVersion: string,
  file = packedPath("emptyCluster.bin"),
): Promise<readonly PackedEntry[] | undefined> {
  return readPackedFiles(pgliteVersion, file);
}

/** Writes a cluster's files into a folder, which is made. Only its owner can read them. */
export function writeCluster(directory: string, entries: readonly PackedEntry[]): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // A thousand small files: each on its own takes longer to wait for than to write.
  for (const { path, content } of entries) {
    const whole = join(directory, path);
    if (content === undefined) {
      mkdirSync(whole, { mode: 0o700 });
    } else {
      writeFileSync(whole, content, { mode: 0o600 });
    }
  }
}
