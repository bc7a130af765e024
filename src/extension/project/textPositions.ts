import * as vscode from "vscode";
import type { TextRange } from "../../source/header";

/** Offsets of a text as the editor's positions, without opening the file. */
export class TextPositions {
  private readonly lineStarts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) {
      starts.push(match.index + match[0].length);
    }
    this.lineStarts = starts;
  }

  range(range: TextRange): vscode.Range {
    return new vscode.Range(this.position(range.start), this.position(range.end));
  }

  private position(offset: number): vscode.Position {
    const inText = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= inText) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return new vscode.Position(low, inText - (this.lineStarts[low] ?? 0));
  }
}
