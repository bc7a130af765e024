import { findDocComment, NO_DOC_COMMENT, readBlockComment } from "./docComment";
import type { HeaderScan } from "./header";
import {
  ambiguous,
  finishHeader,
  type FunctionName,
  type HeaderName,
  isFunctionName,
  isHeaderName,
  isRevisionDraft,
} from "./headerDraft";
import { CommonJsExports } from "./commonJsExports";
import { isExportName, mentionsExport, ScannedExports } from "./scannedExports";
import { ScriptCursor } from "./scriptCursor";
import { readFunctionValue, readParametersAndBody } from "./scriptFunctions";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COMMA,
  DOT,
  END,
  EQUALS,
  NAME,
  OPEN_BRACE,
  OPEN_BRACKET,
  STRING,
} from "./scriptTokens";
import { isOpening, readValue, skipTypeAnnotation } from "./scriptValues";

/**
 * Reads a TypeScript or JavaScript revision file by its tokens. With `recovers`, code that cannot be read is passed
 * over up to the next line that starts with `export`, so that a file that is half typed keeps its header.
 */
export function scanScript(text: string, { recovers = false } = {}): HeaderScan {
  const scan = new ScriptScan(text);
  scan.run();
  while (recovers && scan.cursor.lost !== undefined) {
    const next = text.indexOf("\nexport ", scan.cursor.lost.range.start);
    if (next < 0) {
      break;
    }
    scan.cursor.resumeAt(next);
    scan.run();
  }
  const draft = scan.found.draft();
  const { lost } = scan.cursor;
  if (lost !== undefined && !recovers) {
    return ambiguous(lost.reason, lost.range);
  }
  if (!isRevisionDraft(draft)) {
    return { kind: "not-a-revision" };
  }
  const comment = findDocComment(text);
  return finishHeader(
    "typescript",
    draft,
    comment === undefined ? NO_DOC_COMMENT : readBlockComment(text, comment),
  );
}

/** One walk over the outermost statements of a file. */
class ScriptScan {
  readonly cursor: ScriptCursor;
  readonly found: ScannedExports;
  private readonly commonJs: CommonJsExports;

  constructor(text: string) {
    this.cursor = new ScriptCursor(text);
    this.found = new ScannedExports(this.cursor);
    this.commonJs = new CommonJsExports(this.cursor, this.found);
    this.cursor.next();
  }

  run(): void {
    while (this.cursor.kind !== END && !this.found.isComplete) {
      this.readStatementPart();
    }
  }

  private readStatementPart(): void {
    const { cursor } = this;
    if (cursor.kind === NAME) {
      this.readName();
    } else if (isOpening(cursor.kind)) {
      cursor.skipNested();
    } else if (
      cursor.kind === CLOSE_BRACE ||
      cursor.kind === CLOSE_BRACKET ||
      cursor.kind === CLOSE_PARENTHESIS
    ) {
      cursor.lose("a closing bracket without an opening one");
    } else {
      cursor.next();
    }
  }

  private readName(): void {
    const { cursor } = this;
    if (cursor.previousKind === DOT) {
      cursor.next();
      return;
    }
    const { word } = cursor;
    switch (word) {
      case "export":
        this.readExport();
        return;
      case "const":
      case "let":
      case "var":
        this.readDeclarations(false);
        return;
      case "function":
        this.readFunctionDeclaration(false);
        return;
      case "type":
      case "interface":
      case "enum":
      case "class":
      case "namespace":
        this.skipNameOfDeclaration();
        return;
      case "exports":
        this.commonJs.readExportsMember();
        return;
      case "module":
        this.commonJs.readModuleExports();
        return;
      default:
        cursor.next();
        if (cursor.kind === EQUALS && (isHeaderName(word) || isFunctionName(word))) {
          cursor.lose(`an assignment to ${word}`);
        }
    }
  }

  private skipNameOfDeclaration(): void {
    this.cursor.next();
    if (this.cursor.kind === NAME && !this.cursor.isFirstOnLine) {
      this.cursor.next();
    }
  }

  private readExport(): void {
    const { cursor } = this;
    cursor.next();
    if (cursor.isWord("async")) {
      cursor.next();
    }
    if (cursor.isWord("const") || cursor.isWord("let") || cursor.isWord("var")) {
      this.readDeclarations(true);
    } else if (cursor.isWord("function")) {
      this.readFunctionDeclaration(true);
    } else if (cursor.isWord("default")) {
      cursor.next();
      if (cursor.isWord("function") || cursor.isWord("async")) {
        this.skipDefaultFunction();
      }
    } else if (cursor.kind === OPEN_BRACE) {
      this.readExportList();
    }
  }

  private skipDefaultFunction(): void {
    const { cursor } = this;
    while (cursor.kind === NAME) {
      cursor.next();
    }
  }

  private readExportList(): void {
    const { cursor } = this;
    cursor.next();
    while (cursor.kind === NAME || cursor.kind === COMMA || cursor.kind === STRING) {
      const local = cursor.word;
      cursor.next();
      if (cursor.isWord("as")) {
        cursor.next();
        if (isExportName(cursor.word)) {
          cursor.lose(`an export of ${local} as ${cursor.word}`);
        }
        cursor.next();
      } else if (isExportName(local)) {
        this.found.addExport(local);
      }
    }
    if (cursor.kind === CLOSE_BRACE) {
      cursor.next();
    }
  }

  private readDeclarations(isExported: boolean): void {
    const { cursor } = this;
    do {
      cursor.next();
      if (cursor.kind === OPEN_BRACE || cursor.kind === OPEN_BRACKET) {
        this.skipPattern();
        return;
      }
      const name = cursor.word;
      if (isHeaderName(name)) {
        this.readHeaderDeclaration(name, isExported);
      } else if (isFunctionName(name)) {
        this.readFunctionConstant(name, isExported);
      } else {
        return;
      }
    } while (cursor.kind === COMMA);
  }

  private skipPattern(): void {
    const { cursor } = this;
    const { start } = cursor;
    cursor.skipNested();
    if (mentionsExport(cursor.text.slice(start, cursor.start))) {
      cursor.lose("a header in a destructured declaration", start);
    }
  }

  private readHeaderDeclaration(name: HeaderName, isExported: boolean): void {
    const { cursor } = this;
    const nameRange = { start: cursor.start, end: cursor.end };
    cursor.next();
    if (!skipTypeAnnotation(cursor)) {
      cursor.lose(`the type of ${name}`);
    } else if (cursor.kind === EQUALS) {
      cursor.next();
      this.found.addValue(name, readValue(cursor), isExported);
    } else {
      this.found.addValue(name, { kind: "unknown", reason: "without a value", range: nameRange }, isExported);
    }
  }

  private readFunctionConstant(name: FunctionName, isExported: boolean): void {
    const { cursor } = this;
    const range = { start: cursor.start, end: cursor.end };
    cursor.next();
    if (!skipTypeAnnotation(cursor)) {
      cursor.lose(`the type of ${name}`);
      return;
    }
    if (cursor.kind === EQUALS) {
      cursor.next();
    }
    this.found.addFunction(name, range, isExported);
    readFunctionValue(this, name, range);
  }

  private readFunctionDeclaration(isExported: boolean): void {
    const { cursor } = this;
    cursor.next();
    const name = cursor.word;
    if (!isFunctionName(name)) {
      cursor.next();
      return;
    }
    const range = { start: cursor.start, end: cursor.end };
    cursor.next();
    this.found.addFunction(name, range, isExported);
    readParametersAndBody(this, name, range);
  }
}
