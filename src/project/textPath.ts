/**
 * Joins paths as text, without asking any system: a drive letter at the front makes it Windows. An absolute part starts
 * over; `.` and `..` are resolved.
 */
export function joinPaths(...parts: readonly string[]): string {
  const start = Math.max(0, parts.findLastIndex(isAbsolutePath));
  const joined = parts.slice(start).join("/");
  const drive = /^[A-Za-z]:/.exec(joined)?.[0] ?? "";
  const rest = joined.slice(drive.length);
  const isRooted = /^[\\/]/.test(rest);
  const names: string[] = [];
  for (const name of rest.split(drive === "" ? /\/+/ : /[\\/]+/)) {
    if (name === ".." && names.length > 0 && names.at(-1) !== "..") {
      names.pop();
    } else if (name !== "" && name !== "." && !(name === ".." && isRooted)) {
      names.push(name);
    }
  }
  const separator = drive === "" ? "/" : "\\";
  return drive + (isRooted ? separator : "") + names.join(separator);
}

/** The folder part of a path. */
export function parentPath(path: string): string {
  const parent = path.replace(/[\\/][^\\/]*$/, "");
  return parent === path ? "." : parent === "" ? "/" : parent;
}

function isAbsolutePath(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
}
