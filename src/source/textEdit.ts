import type { TextRange } from "./header";

/** Replace `range` by `newText`. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * The text after all edits. Ranges are those of the text before.
 *
 * @throws RangeError if edits overlap or lie outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    if (range.start < position || range.end < range.start || range.end > text.length) {
      throw new RangeError(`the edit at ${range.start}-${range.end} overlaps another or the end of the text`);
    }
    result += text.slice(position, range.start) + newText;
    position = range.end;
  }
  return result + text.slice(position);
}
