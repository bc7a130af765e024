import { findDocComment, NO_DOC_COMMENT, readBlockComment } from "./docComment";
import type { HeaderScan } from "./header";
import {
  ambiguous,
  finishHeader,
  type FoundFunction,
  type FunctionName,
  type HeaderDraft,
  type HeaderName,
  type HeaderValue,
  isFunctionName,
  isHeaderName,
  isRevisionDraft,
} from "./headerDraft";
import {
  ARROW,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  DOT,
  END,
  EQUALS,
  LESS,
  NAME,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  ScriptCursor,
  SEMICOLON,
  STRING,
} from "./scriptCursor";
import { isOpening, readValue, skipAngles, skipReturnType, skipTypeAnnotation } from "./scriptValues";

/** In the order in which they are likely to be missing yet. */
const NAMES: readonly (HeaderName | FunctionName)[] = [
  "downgrade",
  "upgrade",
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "transaction",
];

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
  const draft = scan.draft();
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
  private readonly values = new Map<HeaderName, HeaderValue>();
  private readonly functions = new Map<FunctionName, FoundFunction>();
  private readonly exported = new Set<string>();
  private isComplete = false;
  /** Behind `exports.name =`, where another `exports` should be assigned to as well. */
  private isInChain = false;

  constructor(private readonly text: string) {
    this.cursor = new ScriptCursor(text);
    this.cursor.next();
  }

  run(): void {
    while (this.cursor.kind !== END && !this.isComplete) {
      this.readStatementPart();
    }
  }

  /** What the file exports. */
  draft(): HeaderDraft {
    const { exported, values, functions } = this;
    for (const name of exported) {
      if (isHeaderName(name) && !values.has(name)) {
        const range = { start: 0, end: 0 };
        values.set(name, { kind: "unknown", reason: "exported, but not declared in this file", range });
      }
    }
    for (const name of [...values.keys(), ...functions.keys()]) {
      if (!exported.has(name)) {
        values.delete(name as HeaderName);
        functions.delete(name as FunctionName);
      }
    }
    return { values, functions };
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
        this.readExportsMember();
        return;
      case "module":
        this.readModuleExports();
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
        if (this.isOurs(cursor.word)) {
          cursor.lose(`an export of ${local} as ${cursor.word}`);
        }
        cursor.next();
      } else if (this.isOurs(local)) {
        this.exported.add(local);
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
    if (NAMES.some((name) => cursor.text.slice(start, cursor.start).includes(name))) {
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
      this.addValue(name, readValue(cursor), isExported);
    } else {
      this.addValue(name, { kind: "unknown", reason: "without a value", range: nameRange }, isExported);
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
    this.addFunction(name, { name: range, isEmpty: false }, isExported);
    this.readFunctionValue(name, range);
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
    this.addFunction(name, { name: range, isEmpty: false }, isExported);
    this.readParametersAndBody(name, range);
  }

  /** At the start of what is assigned to a function's name: an arrow or a function expression, or something else. */
  private readFunctionValue(name: FunctionName, range: FoundFunction["name"]): void {
    const { cursor } = this;
    if (cursor.isWord("async")) {
      cursor.next();
    }
    if (cursor.isWord("function")) {
      cursor.next();
      if (cursor.kind === NAME) {
        cursor.next();
      }
    }
    if (cursor.kind === NAME) {
      cursor.next();
      if (cursor.kind === ARROW) {
        this.readArrowBody(name, range);
      }
    } else if (cursor.kind === OPEN_PARENTHESIS || cursor.kind === LESS) {
      this.readParametersAndBody(name, range);
    }
  }

  private readParametersAndBody(name: FunctionName, range: FoundFunction["name"]): void {
    const { cursor } = this;
    if (cursor.kind === LESS) {
      skipAngles(cursor);
    }
    if (cursor.kind !== OPEN_PARENTHESIS) {
      return;
    }
    cursor.skipNested();
    if (!skipReturnType(cursor)) {
      cursor.lose(`the return type of ${name}`);
    } else if (cursor.kind === ARROW) {
      this.readArrowBody(name, range);
    } else if (cursor.kind === OPEN_BRACE) {
      this.readBody(name, range);
    }
  }

  private readArrowBody(name: FunctionName, range: FoundFunction["name"]): void {
    this.cursor.next();
    if (this.cursor.kind === OPEN_BRACE) {
      this.readBody(name, range);
    }
  }

  private readBody(name: FunctionName, range: FoundFunction["name"]): void {
    const { cursor } = this;
    const open = cursor.start;
    cursor.next();
    while (cursor.kind === SEMICOLON || cursor.isWord("return")) {
      cursor.next();
    }
    if (cursor.kind === CLOSE_BRACE) {
      this.functions.set(name, { name: range, isEmpty: true });
      cursor.next();
    } else if (this.nothingFollows(cursor.start)) {
      this.isComplete = true;
    } else if (cursor.lost === undefined) {
      cursor.resumeAt(open);
      cursor.skipNested();
    }
  }

  /** Whether all that a header has is found: then the rest of the text, often the longest part, need not be read. */
  private nothingFollows(position: number): boolean {
    return (
      this.functions.has("downgrade") &&
      NAMES.every(
        (name) => (this.exported.has(name) && this.isFound(name)) || !this.text.includes(name, position),
      )
    );
  }

  private isFound(name: HeaderName | FunctionName): boolean {
    return isHeaderName(name) ? this.values.has(name) : this.functions.has(name);
  }

  private isOurs(name: string): name is HeaderName | FunctionName {
    return isHeaderName(name) || isFunctionName(name);
  }

  private addValue(name: HeaderName, value: HeaderValue, isExported: boolean): void {
    if (this.values.has(name)) {
      this.cursor.lose(`a second value for ${name}`, value.range.start, value.range.end);
    }
    if (value.kind === "unknown" && isExported) {
      this.cursor.lose(`${name} is ${value.reason}`, value.range.start, value.range.end);
    }
    this.values.set(name, value);
    if (isExported) {
      this.exported.add(name);
    }
  }

  private addFunction(name: FunctionName, found: FoundFunction, isExported: boolean): void {
    this.functions.set(name, found);
    if (isExported) {
      this.exported.add(name);
    }
  }

  private readModuleExports(): void {
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
  private readExportsMember(): void {
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
    if (cursor.kind !== EQUALS || !this.isOurs(name)) {
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
  private readMember(name: HeaderName | FunctionName, range: FoundFunction["name"]): void {
    const { cursor } = this;
    this.isInChain = cursor.isWord("exports") || cursor.isWord("module");
    if (this.isInChain || cursor.isWord("void")) {
      return;
    }
    this.exported.add(name);
    if (cursor.isWord(name)) {
      cursor.next();
    } else if (isHeaderName(name)) {
      this.addValue(name, readValue(cursor), true);
    } else {
      this.functions.set(name, { name: range, isEmpty: false });
      this.readFunctionValue(name, range);
    }
  }

  private readExportsObject(): void {
    const { cursor } = this;
    if (cursor.kind !== OPEN_BRACE) {
      cursor.lose("module.exports is set to a computed value");
      return;
    }
    cursor.next();
    while (cursor.kind !== CLOSE_BRACE && cursor.kind !== END && !this.isComplete) {
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
    if (!this.isOurs(name)) {
      return;
    }
    if (cursor.kind === COLON) {
      cursor.next();
      this.readMember(name, range);
    } else if (cursor.kind === OPEN_PARENTHESIS && isFunctionName(name)) {
      this.addFunction(name, { name: range, isEmpty: false }, true);
      this.readParametersAndBody(name, range);
    } else {
      this.exported.add(name);
    }
  }
}
