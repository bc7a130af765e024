import type { ArrayExpression, BinaryExpression, Expression, Node, TemplateLiteral } from "@babel/types";
import type { LocatedText, TextRange } from "./header";
import type { HeaderValue } from "./headerDraft";

/** The constants of a file by name. Names are the user's, so this is a Map. */
export type Constants = ReadonlyMap<string, Expression>;

/**
 * The value of an expression as far as the file itself decides it: literals, and what constants, string joining and
 * spread arrays make of them. A text's range is its literal's where there is one, wherever that stands, and the whole
 * expression's otherwise.
 */
export function evaluate(
  expression: Node,
  constants: Constants,
  seen: ReadonlySet<Node> = new Set(),
): HeaderValue {
  const node = withoutTypes(expression);
  const range = rangeOf(node);
  switch (node.type) {
    case "StringLiteral":
      return { kind: "text", range, text: { value: node.value, range: within(range) } };
    case "TemplateLiteral":
      return evaluateTemplate(node, constants, seen);
    case "BinaryExpression":
      return evaluateJoin(node, constants, seen);
    case "NullLiteral":
      return { kind: "none", range };
    case "BooleanLiteral":
      return { kind: "flag", range, flag: node.value };
    case "ArrayExpression":
      return evaluateArray(node, constants, seen);
    case "UnaryExpression":
      return node.operator === "void" ? { kind: "none", range } : unknown("a computed value", range);
    case "Identifier":
      return evaluateName(node.name, node, constants, seen);
    default:
      return unknown("a computed value", range);
  }
}

/** The expression under `as`, `satisfies`, `!` and parentheses. */
export function withoutTypes(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return withoutTypes(node.expression);
    default:
      return node;
  }
}

/** Where a node stands, in UTF-16 offsets. */
export function rangeOf(node: Node): TextRange {
  return { start: node.start ?? 0, end: node.end ?? 0 };
}

function evaluateName(name: string, node: Node, constants: Constants, seen: ReadonlySet<Node>): HeaderValue {
  const range = rangeOf(node);
  const constant = constants.get(name);
  if (constant === undefined) {
    return name === "undefined" ? { kind: "none", range } : unknown("a computed value", range);
  }
  if (seen.has(constant)) {
    return unknown("a constant that refers to itself", range);
  }
  const value = evaluate(constant, constants, new Set([...seen, constant]));
  return value.kind === "unknown" ? value : { ...value, range };
}

function evaluateTemplate(node: TemplateLiteral, constants: Constants, seen: ReadonlySet<Node>): HeaderValue {
  const range = rangeOf(node);
  let value = "";
  for (const [index, quasi] of node.quasis.entries()) {
    const inserted = node.expressions[index];
    value += quasi.value.cooked ?? "";
    if (inserted !== undefined) {
      const part = evaluate(inserted, constants, seen);
      if (part.kind !== "text") {
        return unknown("a template with computed parts", range);
      }
      value += part.text.value;
    }
  }
  const isPlain = node.expressions.length === 0;
  return { kind: "text", range, text: { value, range: isPlain ? within(range) : range } };
}

function evaluateJoin(node: BinaryExpression, constants: Constants, seen: ReadonlySet<Node>): HeaderValue {
  const range = rangeOf(node);
  const left = evaluate(node.left, constants, seen);
  const right = evaluate(node.right, constants, seen);
  if (node.operator !== "+" || left.kind !== "text" || right.kind !== "text") {
    return unknown("a computed value", range);
  }
  return { kind: "text", range, text: { value: left.text.value + right.text.value, range } };
}

function evaluateArray(node: ArrayExpression, constants: Constants, seen: ReadonlySet<Node>): HeaderValue {
  const values: LocatedText[] = [];
  for (const element of node.elements) {
    const isSpread = element?.type === "SpreadElement";
    const value =
      element === null ? undefined : evaluate(isSpread ? element.argument : element, constants, seen);
    if (value?.kind === "text" && !isSpread) {
      values.push(value.text);
    } else if (value?.kind === "list" && isSpread) {
      values.push(...value.values);
    } else {
      return unknown("a list with something other than strings", rangeOf(element ?? node));
    }
  }
  return { kind: "list", range: rangeOf(node), values };
}

function within({ start, end }: TextRange): TextRange {
  return { start: start + 1, end: end - 1 };
}

function unknown(reason: string, range: TextRange): HeaderValue {
  return { kind: "unknown", reason, range };
}
