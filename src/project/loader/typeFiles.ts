import { contentStamp, systemStamp, type LoadedFile } from "./loadedFiles";

/** Files whose types others were compiled by. Most of them are never run themselves. */
const typeFiles = new Map<string, LoadedFile>();

/** Notes files by whose types another was compiled. */
export function noteTypeFiles(paths: readonly string[]): void {
  for (const path of paths) {
    if (!typeFiles.has(path)) {
      typeFiles.set(path, { path, stamp: contentStamp(path) });
    }
  }
}

/** The files noted since they were last forgotten. */
export function notedTypeFiles(): Iterable<LoadedFile> {
  return typeFiles.values();
}

/** Forgets which were noted. */
export function forgetTypeFiles(): void {
  typeFiles.clear();
}

/** The stamp of a file by whose types another was compiled, which is noted. */
export function stampOfTypeFile(path: string): string | undefined {
  noteTypeFiles([path]);
  return systemStamp(path)?.stamp;
}
