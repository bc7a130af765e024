import { statSync } from "node:fs";

/** A project file that has been run, and how it was then. */
export interface LoadedFile {
  readonly path: string;
  readonly stamp: string;
}

/** A mark that changes when a file's content does. */
export function contentStamp(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeNs}:${stats.size}`;
}

/** The files among those loaded that have changed or vanished since. */
export function hasChanged(files: Iterable<LoadedFile>): boolean {
  for (const file of files) {
    if (contentStamp(file.path) !== file.stamp) {
      return true;
    }
  }
  return false;
}

/** All that the system says of a file that changes when the file does, and when it last did; undefined where there is none. */
export function systemStamp(path: string): { readonly stamp: string; readonly changed: number } | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) {
    return undefined;
  }
  const { ino, size, mtimeNs, ctimeNs, ctimeMs } = stats;
  return { stamp: [ino, size, mtimeNs, ctimeNs].join(":"), changed: Number(ctimeMs) };
}
