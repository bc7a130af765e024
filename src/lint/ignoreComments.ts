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

const opening = /(?:\/\/|#|--|\/\*|^\s*\*)[ \t]*(?=lint-ignore)/;
const subject = /^lint-ignore(-revision)?[ \t]+(\S.*)$/;
const code = /^[a-z][\w-]*$/;

/** The ignoring comments of a revision, of TypeScript, Python and SQL alike. */
export function ignoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes("lint-ignore")) {
    return [];
  }
  const lines = text.split("\n");
  const found: IgnoreComment[] = [];
  let start = 0;
  for (const [index, full] of lines.entries()) {
    const line = full.replace(/\r$/, "");
    const begun = opening.exec(line);
    const at = begun === null ? -1 : begun.index + begun[0].length;
    const comment = at < 0 ? undefined : readComment(line.slice(at));
    if (comment !== undefined) {
      found.push({
        codes: comment.codes,
        reason: comment.reason,
        range: { start: start + at, end: start + at + comment.length },
        lines: comment.isOfRevision ? undefined : [index, nextLine(lines, index)],
      });
    }
    start += full.length + 1;
  }
  return found;
}

/** Reads a comment from `lint-ignore` on: the rules that it names, and after a colon the reason. */
function readComment(text: string):
  | {
      readonly isOfRevision: boolean;
      readonly codes: readonly string[];
      readonly reason: string;
      readonly length: number;
    }
  | undefined {
  const [written = ""] = text.split("*/", 1);
  const colon = written.indexOf(":");
  const match = subject.exec(colon < 0 ? written.trimEnd() : written.slice(0, colon).trimEnd());
  const codes = (match?.[2] ?? "").split(",").map((each) => each.trim());
  return match === null || !codes.every((each) => code.test(each))
    ? undefined
    : {
        isOfRevision: match[1] !== undefined,
        codes,
        reason: colon < 0 ? "" : written.slice(colon + 1).trim(),
        length: written.trimEnd().length,
      };
}

/** The line that a comment stands above, past other comments. */
function nextLine(lines: readonly string[], index: number): number {
  let next = index + 1;
  while (/^\s*(?:\/\/|#\s|--|\*|\/\*)/.test(lines[next] ?? "")) {
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
