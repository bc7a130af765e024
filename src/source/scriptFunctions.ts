import type { TextRange } from "./header";
import type { FunctionName } from "./headerDraft";
import type { ScannedExports } from "./scannedExports";
import type { ScriptCursor } from "./scriptCursor";
import { ARROW, CLOSE_BRACE, LESS, NAME, OPEN_BRACE, OPEN_PARENTHESIS, SEMICOLON } from "./scriptTokens";
import { skipAngles, skipReturnType } from "./scriptValues";

/** Where the functions `upgrade` and `downgrade` are read. */
interface FunctionScan {
  readonly cursor: ScriptCursor;
  readonly found: ScannedExports;
}

/** At the start of what is assigned to a function's name: an arrow or a function expression, or something else. */
export function readFunctionValue(scan: FunctionScan, name: FunctionName, range: TextRange): void {
  const { cursor } = scan;
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
      readArrowBody(scan, name, range);
    }
  } else if (cursor.kind === OPEN_PARENTHESIS || cursor.kind === LESS) {
    readParametersAndBody(scan, name, range);
  }
}

/** Behind a function's name: its type parameters, parameters, return type and body. */
export function readParametersAndBody(scan: FunctionScan, name: FunctionName, range: TextRange): void {
  const { cursor } = scan;
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
    readArrowBody(scan, name, range);
  } else if (cursor.kind === OPEN_BRACE) {
    readBody(scan, name, range);
  }
}

function readArrowBody(scan: FunctionScan, name: FunctionName, range: TextRange): void {
  scan.cursor.next();
  if (scan.cursor.kind === OPEN_BRACE) {
    readBody(scan, name, range);
  }
}

function readBody({ cursor, found }: FunctionScan, name: FunctionName, range: TextRange): void {
  const open = cursor.start;
  cursor.next();
  while (cursor.kind === SEMICOLON || cursor.isWord("return")) {
    cursor.next();
  }
  if (cursor.kind === CLOSE_BRACE) {
    found.setEmpty(name, range);
    cursor.next();
  } else if (found.nothingFollows(cursor.start)) {
    found.isComplete = true;
  } else if (cursor.lost === undefined) {
    cursor.resumeAt(open);
    cursor.skipNested();
  }
}
