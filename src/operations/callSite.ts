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
 * @param isWanted by path, such as "is a revision file"; file URLs come as paths
 */
export function findPosition(
  site: CallSite,
  isWanted: (path: string) => boolean,
): SourcePosition | undefined {
  for (const frame of site.stack.split("\n")) {
    const match = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(frame.trim());
    if (match?.[1] !== undefined) {
      const path = filePath(match[1]);
      if (isWanted(path)) {
        return { path, line: Number(match[2]), column: Number(match[3]) };
      }
    }
  }
  return undefined;
}

function filePath(place: string): string {
  if (!place.startsWith("file://")) {
    return place;
  }
  const path = decodeURIComponent(place.slice("file://".length).replace(/\?.*$/, ""));
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
