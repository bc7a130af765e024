/** Where an operation was called: captured at the call, read only when it has to be reported. */
export interface CallSite {
  /** A V8 stack trace whose first frame is the caller. */
  readonly stack: string;
}

/** A place in a file; line and column count from 1. */
export interface SourcePosition {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Keeps the stack of whoever called `below`; formatting it is left to the first reading. */
export function captureCallSite(below: (...input: never[]) => unknown): CallSite {
  const site = { stack: "" };
  Error.captureStackTrace(site, below);
  return site;
}

/**
 * The first place of a stack that is in a wanted file.
 *
 * @param isWanted by path, such as "is a revision file"; file URLs come as paths, with backslashes where they are of Windows
 */
export function findPosition(
  site: CallSite,
  isWanted: (path: string) => boolean,
): SourcePosition | undefined {
  for (const frame of site.stack.split("\n")) {
    const position = positionOfFrame(frame.trim());
    if (position !== undefined && isWanted(position.path)) {
      return position;
    }
  }
  return undefined;
}

/** `at name (path:line:column)`, `at path:line:column` or `at async path:line:column`. */
function positionOfFrame(frame: string): SourcePosition | undefined {
  const numbers = /:(\d+):(\d+)\)?$/.exec(frame);
  if (numbers === null) {
    return undefined;
  }
  const before = frame.slice(0, numbers.index);
  const place = before.includes("(")
    ? before.slice(before.lastIndexOf("(") + 1)
    : before.replace(/^at (?:async )?/, "");
  return place === "" || place === before || place.includes(")")
    ? undefined
    : { path: filePath(place), line: Number(numbers[1]), column: Number(numbers[2]) };
}

function filePath(place: string): string {
  if (!place.startsWith("file://")) {
    return place;
  }
  const path = decodeURIComponent(place.slice("file://".length).split("?", 1)[0] ?? "");
  const ofWindows = /^\/[A-Za-z]:\//.test(path)
    ? path.slice(1)
    : path.startsWith("/")
      ? undefined
      : `//${path}`;
  return ofWindows?.replaceAll("/", "\\") ?? path;
}
