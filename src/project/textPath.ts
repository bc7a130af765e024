import { posix, win32 } from "node:path";

/**
 * Joins paths as text, without asking any system: a drive letter or a share (`\\server\share`) at the front of one makes
 * it Windows. An absolute part starts over; `.` and `..` are resolved.
 */
export function joinPaths(...parts: readonly string[]): string {
  const start = parts.findLastIndex(isWindowsPath);
  if (start >= 0) {
    return win32.resolve(...parts.slice(start));
  }
  return parts.some((part) => posix.isAbsolute(part))
    ? posix.resolve(...parts)
    : posix.join(...parts).replace(/(?<=.)\/$/, "");
}

/**
 * The path that Alembic's `package:folder` or `package:folder:folder` stands for, relative to wherever the package is;
 * undefined for any other text.
 */
export function packagePath(text: string): string | undefined {
  const [, name, folders] = /^([A-Za-z_][\w.]*)((?::[^:\\/][^:]*)+)$/.exec(text) ?? [];
  return name === undefined || folders === undefined
    ? undefined
    : `${name.replaceAll(".", "/")}${folders.replaceAll(":", "/")}`;
}

/** The folder part of a path. */
export function parentPath(path: string): string {
  return (isWindowsPath(path) ? win32 : posix).dirname(path);
}

function isWindowsPath(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\[^\\/])/.test(path);
}
