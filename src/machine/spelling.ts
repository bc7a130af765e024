import { realpathSync } from "node:fs";

interface Machine {
  readonly platform: NodeJS.Platform;
  /** The path without links, as the disk spells it. */
  readonly realPath: (path: string) => string;
}

const thisMachine: Machine = {
  platform: process.platform,
  realPath: (path) => realpathSync.native(path),
};

/**
 * A path as the disk spells it, as the editor names the files in it: on Windows and macOS a configuration may say `Migrations` of the
 * folder `migrations`. A path that leads elsewhere by a link stays as it is written.
 */
export function spelledOnDisk(path: string, { platform, realPath }: Machine = thisMachine): string {
  if (platform === "linux") {
    return path;
  }
  try {
    const real = realPath(path);
    return real.toLowerCase() === path.toLowerCase() ? real : path;
  } catch {
    return path;
  }
}

/** Whether a URI's path is a folder's, or below it. The editor writes drive letters now large, now small. */
export function isPathWithin(path: string, folder: string): boolean {
  const [inner, outer] = [withSmallDrive(path), withSmallDrive(folder).replace(/\/$/, "")];
  return inner === outer || inner.startsWith(`${outer}/`);
}

function withSmallDrive(path: string): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
