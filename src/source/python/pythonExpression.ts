import type { TextRange } from "../header";
import { decodePythonString } from "../stringEscapes";
import { childrenOf, textOf, type PythonNode } from "./pythonNodes";
import { addValues, computedValue, isTruthy, sameValue, unknownValue, type PythonValue } from "./pythonValue";

/** What an expression may use: the module's text, and the names that have a value where it stands. */
export interface PythonScope {
  readonly text: string;
  lookUp(name: string): PythonValue | undefined;
  assign(name: string, value: PythonValue): void;
}

/** The value of an expression without running anything: literals, names of the same file, and what joins them. */
export function evaluate(node: PythonNode, scope: PythonScope): PythonValue {
  switch (node.name) {
    case "String":
      return stringValue(node, scope);
    case "FormatString":
      return formatted(node, scope);
    case "ContinuedString":
      return continued(node, scope);
    case "None":
      return { kind: "none" };
    case "Boolean":
      return { kind: "constant", value: textOf(node, scope.text) === "True" };
    case "Number":
      return numberValue(textOf(node, scope.text));
    case "VariableName":
      return named(node, scope);
    case "ParenthesizedExpression":
      return evaluateOnly(expressionsIn(node), scope);
    case "TupleExpression":
      return itemsOf("tuple", node, scope);
    case "ArrayExpression":
      return itemsOf("list", node, scope);
    case "SetExpression":
      return itemsOf("set", node, scope);
    case "BinaryExpression":
      return binary(node, scope);
    case "UnaryExpression":
      return unary(node, scope);
    case "ConditionalExpression":
      return conditional(node, scope);
    case "NamedExpression":
      return assignedInside(node, scope);
    case "MemberExpression":
      return member(node, scope);
    case "CallExpression":
      return call(node, scope);
    default:
      return computedValue;
  }
}

/** The value of expressions with commas between them: a tuple, or the only one. */
export function evaluateGroup(nodes: readonly PythonNode[], scope: PythonScope): PythonValue {
  const parts = nodes.filter(({ name }) => name !== "Comment");
  const isTuple = parts.some(({ name }) => name === ",");
  return isTuple
    ? { kind: "items", type: "tuple", items: spreadItems(parts, scope) ?? [computedValue] }
    : evaluateOnly(parts, scope);
}

function evaluateOnly(nodes: readonly PythonNode[], scope: PythonScope): PythonValue {
  const [only, another] = nodes;
  return only === undefined || another !== undefined ? computedValue : evaluate(only, scope);
}

const brackets = new Set(["(", ")", "[", "]", "{", "}", "Comment"]);

function expressionsIn(node: PythonNode): readonly PythonNode[] {
  return childrenOf(node).filter(({ name }) => !brackets.has(name));
}

function rangeOf({ from, to }: PythonNode): TextRange {
  return { start: from, end: to };
}

function stringValue(node: PythonNode, { text }: PythonScope): PythonValue {
  const written = textOf(node, text);
  const match = /^([A-Za-z]*)("""|'''|"|')([^]*)\2$/.exec(written);
  const [, prefix = "", quote = "", body = ""] = match ?? [];
  if (match === null || /[bt]/i.test(prefix)) {
    return unknownValue(match === null ? "a string that is not closed" : "not a plain string");
  }
  const lines = body.replace(/\r\n?/g, "\n");
  const value = /r/i.test(prefix) ? lines : decodePythonString(lines);
  const start = node.from + prefix.length + quote.length;
  return value === undefined
    ? unknownValue("not a plain string")
    : { kind: "text", value, range: { start, end: start + body.length } };
}

/** An f-string whose places hold texts that are known, without a format. */
function formatted(node: PythonNode, scope: PythonScope): PythonValue {
  const written = textOf(node, scope.text);
  const [opening = "", prefix = "", quote = ""] = /^([A-Za-z]*)("""|'''|"|')/.exec(written) ?? [];
  let value = "";
  let position = node.from + opening.length;
  const take = (end: number): boolean => {
    const literal = scope.text.slice(position, end);
    const decoded = /r/i.test(prefix) ? literal : decodePythonString(literal);
    value += decoded?.replace(/\{\{/g, "{").replace(/\}\}/g, "}") ?? "";
    return decoded !== undefined;
  };
  for (const part of childrenOf(node)) {
    const inside = part.name === "FormatReplacement" ? expressionsIn(part) : undefined;
    const found =
      inside?.length === 1 && inside[0] !== undefined ? evaluate(inside[0], scope) : computedValue;
    const shown = shownText(found);
    if (shown === undefined || !take(part.from)) {
      return unknownValue("not a plain string");
    }
    value += shown;
    position = part.to;
  }
  return take(node.to - quote.length)
    ? { kind: "text", value, range: rangeOf(node) }
    : unknownValue("not a plain string");
}

function shownText(value: PythonValue): string | undefined {
  return value.kind === "text"
    ? value.value
    : value.kind === "constant" && typeof value.value === "number"
      ? String(value.value)
      : undefined;
}

function continued(node: PythonNode, scope: PythonScope): PythonValue {
  let value = "";
  for (const part of expressionsIn(node)) {
    const found = evaluate(part, scope);
    if (found.kind !== "text") {
      return found;
    }
    value += found.value;
  }
  return { kind: "text", value, range: rangeOf(node) };
}

function numberValue(written: string): PythonValue {
  const value = Number(written.replaceAll("_", ""));
  return Number.isSafeInteger(value) ? { kind: "constant", value } : computedValue;
}

/** What a name stands for, as an expression at this place. */
function named(node: PythonNode, scope: PythonScope): PythonValue {
  const name = textOf(node, scope.text);
  return placedAt(node, scope.lookUp(name) ?? unknownValue(`the name ${name}, which has no value here`));
}

function placedAt(node: PythonNode, value: PythonValue): PythonValue {
  return value.kind === "text" ? { ...value, range: rangeOf(node) } : value;
}

function itemsOf(type: "tuple" | "list" | "set", node: PythonNode, scope: PythonScope): PythonValue {
  const items = spreadItems(expressionsIn(node), scope);
  return items === undefined ? computedValue : { kind: "items", type, items };
}

function spreadItems(nodes: readonly PythonNode[], scope: PythonScope): readonly PythonValue[] | undefined {
  const items: PythonValue[] = [];
  let isSpread = false;
  for (const node of nodes) {
    if (node.name === "*") {
      isSpread = true;
    } else if (node.name !== ",") {
      const value = evaluate(node, scope);
      if (isSpread && value.kind !== "items") {
        return undefined;
      }
      items.push(...(isSpread && value.kind === "items" ? value.items : [value]));
      isSpread = false;
    }
  }
  return items;
}

function binary(node: PythonNode, scope: PythonScope): PythonValue {
  const [first, operation, ...rest] = childrenOf(node).filter(({ name }) => name !== "Comment");
  const second = rest.at(-1);
  if (first === undefined || operation === undefined || second === undefined) {
    return computedValue;
  }
  const left = evaluate(first, scope);
  const right = evaluate(second, scope);
  const sign = scope.text.slice(operation.from, rest.length > 1 ? second.from : operation.to).trim();
  switch (sign) {
    case "+":
      return addValues(left, right, rangeOf(node));
    case "%":
      return percent(left, right, rangeOf(node));
    case "and":
    case "or": {
      const isTrue = isTruthy(left);
      return isTrue === undefined ? computedValue : isTrue === (sign === "and") ? right : left;
    }
    case "==":
    case "is":
      return flag(sameValue(left, right));
    case "!=":
    case "is not":
      return flag(negated(sameValue(left, right)));
    default:
      return computedValue;
  }
}

function flag(value: boolean | undefined): PythonValue {
  return value === undefined ? computedValue : { kind: "constant", value };
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** `"%s_%s" % (a, b)`, for texts and numbers. */
function percent(left: PythonValue, right: PythonValue, range: TextRange): PythonValue {
  const given = right.kind === "items" && right.type === "tuple" ? right.items : [right];
  const values = given.map(shownText);
  const places = left.kind === "text" ? [...left.value.matchAll(/%(.)/gs)] : [];
  const wanted = places.filter(([, letter]) => letter !== "%");
  if (
    left.kind !== "text" ||
    wanted.length !== values.length ||
    wanted.some(([, letter]) => letter !== "s") ||
    values.includes(undefined)
  ) {
    return computedValue;
  }
  let index = 0;
  const value = left.value.replace(/%(.)/gs, (_, letter: string) =>
    letter === "%" ? "%" : (values[index++] ?? ""),
  );
  return { kind: "text", value, range };
}

function unary(node: PythonNode, scope: PythonScope): PythonValue {
  const [sign, operand] = childrenOf(node);
  const value = operand === undefined ? computedValue : evaluate(operand, scope);
  if (sign?.name === "not") {
    return flag(negated(isTruthy(value)));
  }
  const isMinus = sign !== undefined && textOf(sign, scope.text) === "-";
  return isMinus && value.kind === "constant"
    ? { kind: "constant", value: -Number(value.value) }
    : computedValue;
}

function conditional(node: PythonNode, scope: PythonScope): PythonValue {
  const [first, condition, second] = childrenOf(node).filter(
    ({ name }) => name !== "if" && name !== "else" && name !== "Comment",
  );
  const isTrue = condition === undefined ? undefined : isTruthy(evaluate(condition, scope));
  const chosen = isTrue === true ? first : isTrue === false ? second : undefined;
  return chosen === undefined ? computedValue : evaluate(chosen, scope);
}

function assignedInside(node: PythonNode, scope: PythonScope): PythonValue {
  const [name, , value] = childrenOf(node);
  const found = value === undefined ? computedValue : evaluate(value, scope);
  if (name !== undefined) {
    scope.assign(textOf(name, scope.text), found);
  }
  return found;
}

function member(node: PythonNode, scope: PythonScope): PythonValue {
  const [object, mark, key] = childrenOf(node);
  if (object === undefined || mark === undefined || key === undefined) {
    return computedValue;
  }
  const value = evaluate(object, scope);
  if (mark.name === "." && value.kind === "namespace") {
    return placedAt(node, value.values.get(textOf(key, scope.text)) ?? computedValue);
  }
  const index = mark.name === "[" ? evaluate(key, scope) : computedValue;
  if (
    value.kind !== "items" ||
    value.type === "set" ||
    index.kind !== "constant" ||
    childrenOf(node).length > 4
  ) {
    return value.kind === "unknown" ? value : computedValue;
  }
  return placedAt(node, value.items.at(Number(index.value)) ?? computedValue);
}

/** The few calls whose result is plain: `"-".join(…)`, `"A".lower()`, `str(…)`, `tuple(…)`, `list(…)`. */
function call(node: PythonNode, scope: PythonScope): PythonValue {
  const [callee, list] = childrenOf(node);
  const values = list === undefined ? undefined : spreadItems(expressionsIn(list), scope);
  const given = values ?? [computedValue];
  if (callee?.name === "VariableName") {
    const name = textOf(callee, scope.text);
    return scope.lookUp(name) === undefined ? builtIn(name, given, rangeOf(node)) : computedValue;
  }
  const [object, , method] = callee?.name === "MemberExpression" ? childrenOf(callee) : [];
  const text = object === undefined ? computedValue : evaluate(object, scope);
  return text.kind === "text" && method !== undefined
    ? textMethod(text.value, textOf(method, scope.text), given, rangeOf(node))
    : computedValue;
}

function builtIn(name: string, given: readonly PythonValue[], range: TextRange): PythonValue {
  const [first] = given;
  if (given.length > 1) {
    return computedValue;
  }
  switch (name) {
    case "str": {
      const value = first === undefined ? "" : shownText(first);
      return value === undefined ? computedValue : { kind: "text", value, range };
    }
    case "tuple":
    case "list": {
      const items =
        first === undefined ? [] : first.kind === "items" && first.type !== "set" ? first.items : undefined;
      return items === undefined ? computedValue : { kind: "items", type: name, items };
    }
    default:
      return computedValue;
  }
}

function textMethod(
  text: string,
  method: string,
  given: readonly PythonValue[],
  range: TextRange,
): PythonValue {
  const [first] = given;
  const asText = (value: string): PythonValue => ({ kind: "text", value, range });
  if (method === "join" && first?.kind === "items" && first.type !== "set") {
    const parts = first.items.map((item) => (item.kind === "text" ? item.value : undefined));
    return parts.includes(undefined) ? computedValue : asText(parts.join(text));
  }
  if (given.length > 0) {
    return computedValue;
  }
  switch (method) {
    case "lower":
      return asText(text.toLowerCase());
    case "upper":
      return asText(text.toUpperCase());
    case "strip":
      return asText(text.trim());
    default:
      return computedValue;
  }
}
