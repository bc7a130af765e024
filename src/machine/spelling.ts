import { realpathSync } from "node:fs";

/** The path without links, as the disk spells it; as it is written if nothing is there. */
export function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/**
 * A path as the disk spells it, as the editor names the files in it: on Windows and macOS a configuration may say `Migrations` of the
 * folder `migrations`. A path that leads elsewhere by a link stays as it is written.
 */
export function spelledOnDisk(path: string, platform = process.platform, realPath = realPathOf): string {
  const real = platform === "linux" ? path : realPath(path);
  return real.toLowerCase() === path.toLowerCase() ? real : path;
}

/** Whether a URI's path is a folder's, or below it. The editor writes drive letters now large, now small. */
export function isPathWithin(path: string, folder: string): boolean {
  return withSmallDrive(`${path}/`).startsWith(withSmallDrive(folder.replace(/\/?$/, "/")));
}

function withSmallDrive(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
