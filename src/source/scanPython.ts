import { NO_DOC_COMMENT, readDocstring } from "./docComment";
import type { HeaderScan, LocatedText } from "./header";
import {
  ambiguous,
  finishHeader,
  type FoundFunction,
  type FunctionName,
  type HeaderName,
  type HeaderValue,
  isRevisionDraft,
} from "./headerDraft";
import { PythonText } from "./pythonText";
import { decodePythonString } from "./stringEscapes";

const HEADER = /(revision|down_revision|branch_labels|depends_on)[ \t]*(?=[:=](?!=))/y;
const FUNCTION = /def[ \t]+(upgrade|downgrade)[ \t]*\(/y;
const DOCSTRING_PREFIX = /([rRuU]?)(?="|')/y;
const EMPTY_STATEMENT = /^(?:pass|\.\.\.|return(?:[ \t]+None)?)?[ \t]*(?:;[ \t]*)?(?:#.*)?$/;

/**
 * Reads one of Alembic's own revision files: the assignments and functions at its outermost level. Nothing is run,
 * so only literals count.
 */
export function scanPython(text: string): HeaderScan {
  const python = new PythonText(text);
  const values = new Map<HeaderName, HeaderValue>();
  const functions = new Map<FunctionName, FoundFunction>();
  while (!python.isAtEnd()) {
    const header = python.match(HEADER)?.[1];
    if (header !== undefined) {
      const value = readAssignment(python);
      if (value !== undefined) {
        const name = header as HeaderName;
        values.set(name, values.has(name) ? unknown(python, "assigned twice", value.range.start) : value);
      }
      if (python.skipSemicolon()) {
        continue;
      }
    } else {
      readFunction(python, functions);
    }
    python.skipLogicalLine();
  }
  const draft = { values, functions };
  if (python.lost !== undefined) {
    return ambiguous(python.lost.reason, python.lost.range);
  }
  return isRevisionDraft(draft) ? finishHeader("python", draft, docstring(text)) : { kind: "not-a-revision" };
}

function readFunction(python: PythonText, functions: Map<FunctionName, FoundFunction>): void {
  const definition = python.match(FUNCTION);
  const name = definition?.[1] as FunctionName | undefined;
  if (definition === null || name === undefined) {
    return;
  }
  const start = definition.index + definition[0].indexOf(name, 4);
  python.position -= 1;
  functions.set(name, {
    name: { start, end: start + name.length },
    isEmpty: python.readSuite().every(isEmptyStatement),
  });
}

function isEmptyStatement(line: string): boolean {
  const statement = line.trim();
  return EMPTY_STATEMENT.test(statement) || /^[rRuU]?("""|''')(?:(?!\1)[^])*\1$/.test(statement);
}

/** Behind the name: an annotation, and the value. Undefined for an annotation alone. */
function readAssignment(python: PythonText): HeaderValue | undefined {
  if (!python.skipAnnotation()) {
    return undefined;
  }
  python.skipSpace(false);
  const first = readItem(python, false);
  if (first.kind === "unknown") {
    return first;
  }
  python.skipSpace(false);
  if (python.at(",") && first.kind === "text") {
    return readBareTuple(python, first.text, first.range.start);
  }
  return python.isAtEndOfStatement() ? first : unknown(python, "a computed value", first.range.start);
}

/** `isInside`: within brackets, where a line may end anywhere. */
function readItem(python: PythonText, isInside: boolean): HeaderValue {
  const start = python.position;
  if (python.at("(") || python.at("[")) {
    return readBrackets(python);
  }
  const literal = python.readString();
  if (literal !== undefined) {
    const range = { start, end: python.position };
    python.skipSpace(isInside);
    const value = literal.isRaw
      ? python.text.slice(literal.body.start, literal.body.end)
      : decodePythonString(python.text.slice(literal.body.start, literal.body.end));
    return value === undefined || literal.isFormatted || python.isAtString()
      ? unknown(python, "not a plain string", start)
      : { kind: "text", range, text: { value, range: literal.body } };
  }
  if (python.match(/None(?!\w)/y) !== null) {
    return { kind: "none", range: { start, end: python.position } };
  }
  return unknown(python, "a computed value", start);
}

function readBrackets(python: PythonText): HeaderValue {
  const start = python.position;
  const isList = python.at("[");
  const close = isList ? "]" : ")";
  const values: LocatedText[] = [];
  let hasComma = false;
  let only: HeaderValue | undefined;
  python.position += 1;
  for (;;) {
    python.skipSpace(true);
    if (python.at(close)) {
      break;
    }
    const item = readItem(python, true);
    python.skipSpace(true);
    const isSeparated = python.at(",");
    if (item.kind === "unknown" || (!isSeparated && !python.at(close))) {
      return unknown(python, "a computed value", start);
    }
    if (item.kind === "text") {
      values.push(item.text);
    } else if (isList || isSeparated || only !== undefined || values.length > 0) {
      return unknown(python, "a list with something other than strings", start);
    }
    only = item;
    if (isSeparated) {
      hasComma = true;
      python.position += 1;
    }
  }
  python.position += 1;
  if (!isList && !hasComma && only !== undefined) {
    return only;
  }
  return { kind: "list", range: { start, end: python.position }, values };
}

function readBareTuple(python: PythonText, first: LocatedText, start: number): HeaderValue {
  const values = [first];
  let { end } = first.range;
  while (python.at(",")) {
    python.position += 1;
    end = python.position;
    python.skipSpace(false);
    if (python.isAtEndOfStatement()) {
      break;
    }
    const item = readItem(python, false);
    end = python.position;
    if (item.kind !== "text") {
      return unknown(python, "a computed value", start);
    }
    end = item.range.end;
    values.push(item.text);
  }
  return python.isAtEndOfStatement()
    ? { kind: "list", range: { start, end }, values }
    : unknown(python, "a computed value", start);
}

function unknown(python: PythonText, reason: string, start: number): HeaderValue {
  return { kind: "unknown", reason, range: { start, end: Math.max(python.position, start + 1) } };
}

function docstring(text: string) {
  const python = new PythonText(text);
  python.skipSpace(true);
  const prefix = python.match(DOCSTRING_PREFIX)?.[1];
  python.position -= prefix?.length ?? 0;
  const literal = prefix === undefined ? undefined : python.readString();
  if (literal === undefined) {
    return NO_DOC_COMMENT;
  }
  return readDocstring(text, literal.body, literal.isRaw ? (line) => line : decodePythonString);
}
