import type { TextRange } from "./header";

export interface PythonString {
  /** The text between the quotes. */
  readonly body: TextRange;
  readonly isRaw: boolean;
  /** An f-string or bytes: its value is not the text. */
  readonly isFormatted: boolean;
}

const STRING_START = /([rRbBuUfFtT]{0,2})("""|'''|"|')/y;
/** One step each: repeated inside an expression, a text of many would be tried in many ways. */
const SPACE = /[ \t\f]+|\\\r?\n/y;
const SPACE_AND_LINES = /\s+|\\\r?\n|#.*/y;
const PLAIN = /[^"'#()[\]{}\r\n\\]+/y;

/** A position in a Python text, and the steps over it that reading assignments needs. */
export class PythonText {
  position: number;
  lost: { readonly reason: string; readonly range: TextRange } | undefined;

  constructor(readonly text: string) {
    this.position = text.startsWith("\ufeff") ? 1 : 0;
  }

  isAtEnd(): boolean {
    return this.position >= this.text.length || this.lost !== undefined;
  }

  at(mark: string): boolean {
    return this.text.startsWith(mark, this.position);
  }

  /** Matches a sticky pattern here, and moves behind it. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match !== null) {
      this.position = pattern.lastIndex;
    }
    return match;
  }

  skipSpace(overLines: boolean): void {
    const step = overLines ? SPACE_AND_LINES : SPACE;
    while (this.match(step) !== null) {
      // It has moved.
    }
  }

  isAtString(): boolean {
    STRING_START.lastIndex = this.position;
    return STRING_START.test(this.text);
  }

  isAtEndOfStatement(): boolean {
    this.skipSpace(false);
    return this.position >= this.text.length || /[;#\r\n]/.test(this.text.charAt(this.position));
  }

  /** Moves behind a string literal; undefined if there is none here. */
  readString(): PythonString | undefined {
    const start = this.position;
    const match = this.match(STRING_START);
    if (match === null) {
      return undefined;
    }
    const [, prefix = "", quote = ""] = match;
    const bodyStart = this.position;
    const end = this.findQuote(quote, bodyStart);
    if (end < 0) {
      this.lost ??= { reason: "a string that is not closed", range: { start, end: bodyStart } };
      this.position = this.text.length;
      return undefined;
    }
    this.position = end + quote.length;
    return {
      body: { start: bodyStart, end },
      isRaw: /r/i.test(prefix),
      isFormatted: /[bft]/i.test(prefix),
    };
  }

  /** From behind a name to behind its `=`, over an annotation; false if there is no `=`. */
  skipAnnotation(): boolean {
    if (this.at(":")) {
      this.skipUntil("=");
    }
    if (!this.at("=")) {
      return false;
    }
    this.position += 1;
    return true;
  }

  /** Moves to the next statement of the same line, if there is one. */
  skipSemicolon(): boolean {
    this.skipSpace(false);
    if (!this.at(";")) {
      return false;
    }
    this.position += 1;
    this.skipSpace(false);
    return true;
  }

  /** Moves to the start of the next logical line: strings and brackets may go over several lines. */
  skipLogicalLine(): void {
    this.skipUntil("");
    this.match(/\r?\n|\r/y);
  }

  /** From a function's parameters to the end of its body; gives the logical lines of the body. */
  readSuite(): readonly string[] {
    this.skipUntil(":");
    this.position += 1;
    const lines: string[] = [];
    let start = this.position;
    this.skipUntil("");
    lines.push(this.text.slice(start, this.position));
    for (;;) {
      start = this.position;
      this.match(/\r?\n|\r/y);
      const isBlank = /[ \t]*(?:#.*)?(?:\r?\n|\r|$)/y;
      isBlank.lastIndex = this.position;
      const isInside = isBlank.test(this.text) || this.at(" ") || this.at("\t");
      if (!isInside || this.isAtEnd()) {
        this.position = start;
        return lines;
      }
      const lineStart = this.position;
      this.skipUntil("");
      lines.push(this.text.slice(lineStart, this.position));
    }
  }

  /** Moves to this mark outside brackets and strings, or to the end of the logical line. */
  private skipUntil(mark: string): void {
    let depth = 0;
    while (!this.isAtEnd()) {
      const character = this.text.charAt(this.position);
      if (depth === 0 && mark !== "" && this.skipPlainUntil(mark)) {
        return;
      }
      if ((character === "\n" || character === "\r") && depth === 0) {
        return;
      }
      depth = Math.max(0, depth + this.skipPiece(character));
    }
  }

  private skipPlainUntil(mark: string): boolean {
    if (this.at(mark)) {
      return true;
    }
    PLAIN.lastIndex = this.position;
    const plain = PLAIN.exec(this.text)?.[0] ?? "";
    const found = plain.indexOf(mark);
    if (found < 0) {
      return false;
    }
    this.position += found;
    return true;
  }

  /** Moves over one piece; gives the change of bracket depth. */
  private skipPiece(character: string): number {
    switch (character) {
      case '"':
      case "'":
        this.readString();
        return 0;
      case "#":
        this.match(/#[^\r\n]*/y);
        return 0;
      case "\\":
        this.position += this.text.startsWith("\r\n", this.position + 1) ? 3 : 2;
        return 0;
      case "(":
      case "[":
      case "{":
        this.position += 1;
        return 1;
      case ")":
      case "]":
      case "}":
        this.position += 1;
        return -1;
      default:
        if (this.match(PLAIN) === null) {
          this.position += 1;
        }
        return 0;
    }
  }

  /** Where the closing quote is; -1 where the text, or for a single quote the line, ends before. */
  private findQuote(quote: string, from: number): number {
    const { text } = this;
    const mark = quote.length === 1 ? /["'\\\r\n]/g : /"""|'''|\\/g;
    mark.lastIndex = from;
    for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
      const [found] = match;
      if (found === quote) {
        return match.index;
      }
      if (found === "\\") {
        mark.lastIndex += text.startsWith("\r\n", mark.lastIndex) ? 2 : 1;
      } else if (found === "\n" || found === "\r") {
        return -1;
      }
    }
    return -1;
  }
}
