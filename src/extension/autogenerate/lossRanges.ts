/** Where a warning stands in a generated file: its comment and the statement below. */
export interface PlacedWarning {
  readonly code: string;
  readonly text: string;
  /** Offsets of UTF-16 units; undefined where the file does not have it. */
  readonly range: { readonly start: number; readonly end: number } | undefined;
}

/** Finds the comments that generated files have for warnings; their lines are broken anywhere between words. */
export function placeWarnings(
  text: string,
  warnings: readonly { readonly code: string; readonly text: string }[],
): readonly PlacedWarning[] {
  const taken = new Set<number>();
  return warnings.map(({ code, text: words }) => {
    const pattern = words
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
      .join(String.raw`\s+(?:\/\/\s*)?`);
    const match = [...text.matchAll(new RegExp(String.raw`\/\/\s*${pattern}`, "g"))].find(
      ({ index }) => !taken.has(index),
    );
    if (match === undefined) {
      return { code, text: words, range: undefined };
    }
    taken.add(match.index);
    return { code, text: words, range: { start: match.index, end: endOfStatement(text, match.index) } };
  });
}

/** A statement ends with the first line that ends in a semicolon, a brace or a parenthesis of its own aside. */
function endOfStatement(text: string, start: number): number {
  const end = /;[ \t]*(?:\r?\n|$)/.exec(text.slice(start));
  return end === null ? text.length : start + end.index + 1;
}
