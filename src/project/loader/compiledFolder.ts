import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { userCacheFolder } from "../../machine/cacheFolder";
import { homeFolder } from "../../machine/homeFolder";
import { realPathOf } from "../../machine/spelling";
import { atExit } from "./atExit";
import { openSealedFiles, type SealedFiles } from "./sealedFiles";

const filesByFolder = new Map<string, SealedFiles | undefined>();

/** The folder for what the files in a folder were compiled to; undefined where there is none that can be trusted. */
export function compiledFolder(directory: string): string | undefined {
  const cache = userCacheFolder();
  return cache === undefined || isBroughtAlong(cache, directory) ? undefined : join(cache, "compiled");
}

/** The folder for what this program itself was compiled to; undefined where there is none, or it lies in some project. */
export function ownCompiledFolder(): string | undefined {
  const cache = userCacheFolder();
  return cache === undefined ? undefined : compiledFolder(cache);
}

/** The sealed files of such a folder. */
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
  const real = realPathOf(cache);
  const found = homeFolder();
  const home = found === undefined ? "" : realPathOf(found);
  for (let current = directory; dirname(current) !== current; current = dirname(current)) {
    const isProject = [".git", "package.json", "tsconfig.json"].some((name) =>
      existsSync(join(current, name)),
    );
    if (isProject && inside(real, current) && !(home !== "" && inside(home, current))) {
      return true;
    }
  }
  return false;
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
