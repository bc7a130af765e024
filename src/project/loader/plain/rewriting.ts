/** A part of what a source becomes: a new text, or what a range of the source becomes. */
export type Piece = string | { readonly from: number; readonly to: number };

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

export interface Rewritten {
  readonly text: string;
  /** Those of a source map (Source Map, "mappings"). */
  readonly mappings: string;
}

/** Replaces ranges of a source, and tells for each place of the result where it came from. */
export class Rewriting {
  private readonly edits: Edit[] = [];
  private readonly starts: number[] = [];

  constructor(private readonly source: string) {}

  /** Ranges lie apart or within each other; of the latter the outer one counts, but for pieces that it takes from within. */
  replace(start: number, end: number, ...pieces: readonly Piece[]): void {
    this.edits.push({ start, end, pieces });
  }

  /** Something begins here that a stack trace may name. */
  noteStart(position: number): void {
    this.starts.push(position);
  }

  rewrite(pieces: readonly Piece[]): Rewritten {
    const edits = this.edits.toSorted(inOrder);
    const starts = this.starts.toSorted((left, right) => left - right);
    const output = new MappedText(this.source, starts);
    const write = (all: readonly Piece[]): void => {
      for (const piece of all) {
        if (typeof piece === "string") {
          output.add(piece);
        } else {
          copy(piece.from, piece.to);
        }
      }
    };
    const copy = (from: number, to: number): void => {
      let position = from;
      for (let index = firstAt(edits, from); index < edits.length; index += 1) {
        const edit = edits[index];
        if (edit === undefined || edit.start >= to) {
          break;
        }
        if (edit.start >= position && edit.end <= to) {
          output.copy(position, edit.start);
          if (edit.end > edit.start && typeof edit.pieces[0] === "string") {
            // What fails in it failed where it stood: a package that is missing, at its import.
            output.mark(edit.start);
          }
          write(edit.pieces);
          position = edit.end;
        }
      }
      output.copy(position, to);
    };
    write(pieces);
    return output.done();
  }
}

/** What is put in comes before what is replaced there, and the outer of two ranges first. */
function inOrder(left: Edit, right: Edit): number {
  const isInsertion = (edit: Edit): number => Number(edit.start === edit.end);
  return left.start - right.start || isInsertion(right) - isInsertion(left) || right.end - left.end;
}

function firstAt(edits: readonly Edit[], position: number): number {
  return firstIndex(edits.length, (index) => (edits[index]?.start ?? 0) >= position);
}

/** The first index for which a test holds, as it then does for all after it. */
function firstIndex(length: number, test: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A number as source maps have it (Source Map, "Base64 VLQ"). */
function encoded(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? digit | 32 : digit] ?? "";
  } while (rest > 0);
  return text;
}

class MappedText {
  private text = "";
  private mappings = "";
  private column = 0;
  private isFirstOfLine = true;
  private last = { column: 0, sourceLine: 0, sourceColumn: 0 };
  private readonly lineStarts: number[] = [0];

  constructor(
    private readonly source: string,
    private readonly starts: readonly number[],
  ) {
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
      this.lineStarts.push(at + 1);
    }
  }

  add(text: string): void {
    this.text += text;
    const lineEnd = text.lastIndexOf("\n");
    if (lineEnd < 0) {
      this.column += text.length;
      return;
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.endLine();
    }
    this.column = text.length - lineEnd - 1;
  }

  /** What is added next stands for what is at this place. */
  mark(position: number): void {
    this.map(
      firstIndex(this.lineStarts.length, (index) => (this.lineStarts[index] ?? 0) > position) - 1,
      position,
    );
  }

  copy(from: number, to: number): void {
    if (from >= to) {
      return;
    }
    let line = firstIndex(this.lineStarts.length, (index) => (this.lineStarts[index] ?? 0) > from) - 1;
    let next = firstIndex(this.starts.length, (index) => (this.starts[index] ?? 0) > from);
    let position = from;
    this.map(line, from);
    while (position < to) {
      const lineStart = this.lineStarts[line + 1] ?? to;
      const start = this.starts[next] ?? to;
      const end = Math.min(lineStart, start, to);
      this.text += this.source.slice(position, end);
      this.column += end - position;
      position = end;
      if (end === lineStart && end <= to && this.source[end - 1] === "\n") {
        line += 1;
        this.endLine();
      }
      if (end === start) {
        next += 1;
      }
      if (position < to) {
        this.map(line, position);
      }
    }
  }

  done(): Rewritten {
    return { text: this.text, mappings: this.mappings };
  }

  private endLine(): void {
    this.mappings += ";";
    this.column = 0;
    this.last.column = 0;
    this.isFirstOfLine = true;
  }

  private map(sourceLine: number, position: number): void {
    const sourceColumn = position - (this.lineStarts[sourceLine] ?? 0);
    const { last } = this;
    this.mappings +=
      (this.isFirstOfLine ? "" : ",") +
      encoded(this.column - last.column) +
      "A" +
      encoded(sourceLine - last.sourceLine) +
      encoded(sourceColumn - last.sourceColumn);
    this.isFirstOfLine = false;
    this.last = { column: this.column, sourceLine, sourceColumn };
  }
}
