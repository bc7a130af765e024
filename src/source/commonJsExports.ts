import type { TextRange } from "./header";
import { isFunctionName, isHeaderName } from "./headerDraft";
import { type ExportName, isExportName, type ScannedExports } from "./scannedExports";
import type { ScriptCursor } from "./scriptCursor";
import { readFunctionValue, readParametersAndBody } from "./scriptFunctions";
import {
  CLOSE_BRACE,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  DOT,
  END,
  EQUALS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  STRING,
} from "./scriptTokens";
import { isOpening, readValue } from "./scriptValues";

/** Reads what a CommonJS module exports, as compiled TypeScript writes it and as hands do. */
export class CommonJsExports {
  /** Behind `exports.name =`, where another `exports` should be assigned to as well. */
  private isInChain = false;

  constructor(
    readonly cursor: ScriptCursor,
    readonly found: ScannedExports,
  ) {}

  /** At the word `module`: `module.exports …`. */
  readModuleExports(): void {
    const { cursor } = this;
    cursor.next();
    if (cursor.kind !== DOT) {
      return;
    }
    cursor.next();
    if (!cursor.isWord("exports")) {
      return;
    }
    this.readExportsMember();
  }

  /** At the word `exports`: `exports.name = value`, `module.exports = {…}`. */
  readExportsMember(): void {
    const { cursor } = this;
    const isWhole = cursor.previousKind === DOT;
    const isConditional = cursor.previousKind === CLOSE_PARENTHESIS;
    cursor.next();
    if (isWhole && cursor.kind === EQUALS) {
      cursor.next();
      this.readExportsObject();
      return;
    }
    if (cursor.kind === OPEN_BRACKET) {
      cursor.lose("an export with a computed name");
    }
    if (cursor.kind !== DOT) {
      return;
    }
    cursor.next();
    const name = cursor.word;
    const range = { start: cursor.start, end: cursor.end };
    cursor.next();
    if (cursor.kind !== EQUALS && this.isInChain) {
      cursor.lose("a value that is read from another export", range.start, range.end);
    }
    this.isInChain = false;
    if (cursor.kind !== EQUALS || !isExportName(name)) {
      return;
    }
    if (isConditional) {
      cursor.lose(`a conditional assignment to ${name}`);
      return;
    }
    cursor.next();
    this.readMember(name, range);
  }

  /** At the value of an exported name, in an assignment or an object. */
  private readMember(name: ExportName, range: TextRange): void {
    const { cursor } = this;
    this.isInChain = cursor.isWord("exports") || cursor.isWord("module");
    if (this.isInChain || cursor.isWord("void")) {
      return;
    }
    this.found.addExport(name);
    if (cursor.isWord(name)) {
      cursor.next();
    } else if (isHeaderName(name)) {
      this.found.addValue(name, readValue(cursor), true);
    } else {
      this.found.addFunction(name, range, true);
      readFunctionValue(this, name, range);
    }
  }

  private readExportsObject(): void {
    const { cursor } = this;
    if (cursor.kind !== OPEN_BRACE) {
      cursor.lose("module.exports is set to a computed value");
      return;
    }
    cursor.next();
    while (cursor.kind !== CLOSE_BRACE && cursor.kind !== END && !this.found.isComplete) {
      this.readProperty();
      while (cursor.kind !== COMMA && cursor.kind !== CLOSE_BRACE && cursor.kind !== END) {
        if (isOpening(cursor.kind)) {
          cursor.skipNested();
        } else {
          cursor.next();
        }
      }
      if (cursor.kind === COMMA) {
        cursor.next();
      }
    }
    if (cursor.kind === CLOSE_BRACE) {
      cursor.next();
    }
  }

  private readProperty(): void {
    const { cursor } = this;
    const isAsync = cursor.isWord("async");
    if (cursor.kind === DOT || cursor.kind === OPEN_BRACKET) {
      cursor.lose("an export with a computed name");
      return;
    }
    if (isAsync) {
      cursor.next();
    }
    const name = cursor.kind === STRING ? cursor.word.slice(1, -1) : cursor.word;
    const range = { start: cursor.start, end: cursor.end };
    cursor.next();
    if (!isExportName(name)) {
      return;
    }
    if (cursor.kind === COLON) {
      cursor.next();
      this.readMember(name, range);
    } else if (cursor.kind === OPEN_PARENTHESIS && isFunctionName(name)) {
      this.found.addFunction(name, range, true);
      readParametersAndBody(this, name, range);
    } else {
      this.found.addExport(name);
    }
  }
}
