import type { Function as FunctionNode, Node } from "@babel/types";
import { endOf, isGiven, startOf } from "./nodes";
import { NotPlain } from "./notPlain";
import type { Rewriting } from "./rewriting";

/** What types are taken out of. */
interface ErasedFile {
  readonly source: string;
  readonly rewriting: Rewriting;
}

/**
 * Takes a type away that stands behind an expression.
 * @throws {NotPlain} the expression would go on in the next line
 */
export function eraseBehind(start: number, end: number, { source, rewriting }: ErasedFile): void {
  if (source.slice(start, end).includes("\n") || isContinuedInNextLine(source, end)) {
    throw new NotPlain("a type at the end of a line");
  }
  rewriting.replace(start, end);
}

/** Whether what follows would be taken for the rest of an expression, were it not for the type that ends in this line. */
function isContinuedInNextLine(source: string, from: number): boolean {
  const between = /\s+|\/\/.*|\/\*[^]*?\*\//y;
  let at = from;
  let hasNewLine = false;
  for (let skipped; (skipped = skip(between, source, at)) !== ""; at += skipped.length) {
    hasNewLine ||= skipped.includes("\n");
  }
  return hasNewLine && "([`+-*/".includes(source.charAt(at) || " ");
}

function skip(expression: RegExp, source: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(source)?.[0] ?? "";
}

/** Whether an operator that follows would take a part of an expression, were it not for the type between them. */
function isCompound(expression: Node): boolean {
  switch (expression.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return isCompound(expression.expression);
    case "BinaryExpression":
    case "LogicalExpression":
    case "ConditionalExpression":
    case "AssignmentExpression":
    case "ArrowFunctionExpression":
    case "YieldExpression":
    case "SequenceExpression":
      return true;
    default:
      return false;
  }
}

/**
 * @throws {NotPlain} without the type at its end, an operator that follows would take a part of the expression
 */
export function requireSameOperands(expression: Node, end: number, source: string): void {
  if (isCompound(expression) && operatorNext.test(source.slice(end))) {
    throw new NotPlain("a type within an expression");
  }
}

const operatorNext =
  /^(?:\s|\/\/.*[\n\r\u2028\u2029]|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:[-+*%<>&^|=!?]|\/(?![/*])|in\b|instanceof\b)/;

/**
 * @throws {NotPlain} a line ends after a type of an arrow function's head: without the type it would end the statement
 */
export function requireOneLine({ typeParameters, returnType }: FunctionNode, source: string): void {
  if (isGiven(typeParameters)) {
    const end = endOf(typeParameters);
    requireNoLineEnd(source.slice(end, source.indexOf("(", end)));
  }
  if (isGiven(returnType)) {
    const start = startOf(returnType);
    requireNoLineEnd(source.slice(source.lastIndexOf(")", start - 1), start));
  }
}

function requireNoLineEnd(text: string): void {
  if (/[\r\n]/.test(text)) {
    throw new NotPlain("a line that ends at a type");
  }
}

/** Takes a `?` or `!` away that follows a name. */
export function eraseMark(mark: string, from: number, source: string, rewriting: Rewriting): void {
  const at = from + (/^\s*/.exec(source.slice(from, from + 200))?.[0].length ?? 0);
  if (source[at] !== mark) {
    throw new NotPlain("the place of a mark");
  }
  rewriting.replace(at, at + 1);
}
