import type { TextRange } from "../source/header";

/** A comment that says what is not to be told: `// lint-ignore drop-table: nothing reads it`. */
export interface IgnoreComment {
  /** The codes that it names. */
  readonly codes: readonly string[];
  readonly reason: string;
  /** Of the comment, from `lint-ignore` on. */
  readonly range: TextRange;
  /** The lines that it holds for, counted from 0; undefined for the whole revision. */
  readonly lines: readonly number[] | undefined;
}

const comment =
  /(?:\/\/|--|\/\*|^\s*\*)[ \t]*(lint-ignore(-revision)?[ \t]+([a-z][\w-]*(?:[ \t]*,[ \t]*[a-z][\w-]*)*)[ \t]*(?::[ \t]*(.*?))?[ \t]*(?:\*\/.*)?)$/;

/** The ignoring comments of a revision, of TypeScript and of SQL alike. */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes("lint-ignore")) {
    return [];
  }
  const lines = text.split("\n");
  const found: IgnoreComment[] = [];
  let start = 0;
  for (const [index, full] of lines.entries()) {
    const line = full.replace(/\r$/, "");
    const match = comment.exec(line);
    if (match !== null) {
      const [, written = "", ofRevision, codes = "", reason = ""] = match;
      const from = start + line.lastIndexOf(written);
      found.push({
        codes: codes.split(",").map((code) => code.trim()),
        reason: reason.trim(),
        range: { start: from, end: from + written.trimEnd().length },
        lines: ofRevision === undefined ? [index, nextLine(lines, index)] : undefined,
      });
    }
    start += full.length + 1;
  }
  return found;
}

/** The line that a comment stands above, past other comments. */
function nextLine(lines: readonly string[], index: number): number {
  let next = index + 1;
  while (/^\s*(?:\/\/|--|\*|\/\*)/.test(lines[next] ?? "")) {
    next += 1;
  }
  return next;
}

/** Gives the line of an offset, counted from 0. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  };
}
