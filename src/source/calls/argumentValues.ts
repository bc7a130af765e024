import type {
  BinaryExpression,
  CallExpression,
  MemberExpression,
  Node,
  ObjectExpression,
  TaggedTemplateExpression,
  TemplateLiteral,
} from "@babel/types";
import { sql, toFragmentValue } from "../../operations/sqlFragment";
import { withoutTypes } from "../constantValues";
import { bindingOf } from "./bindings";
import type { NodePath } from "./bindings";
import { isOperations } from "./callAt";

/** What arguments are as far as the file's text decides it. */
export type ArgumentValues =
  | { readonly kind: "known"; readonly values: readonly unknown[] }
  /** The expressions of which only a run can tell. */
  | { readonly kind: "unknown"; readonly expressions: readonly Node[] };

interface Reading {
  readonly changing: ReadonlySet<string>;
  readonly unknown: Set<Node>;
  /** The constants that are being followed. */
  readonly following: readonly Node[];
}

const deepest = 50;

/**
 * The values of arguments, from the text alone: nothing is run, and what the text does not decide is unknown.
 *
 * @param changing names whose values may change, as `changingNames` gives them
 * @throws OperationError where sql`…` refuses its text
 */
export function argumentValues(
  expressions: readonly Node[],
  path: NodePath,
  changing: ReadonlySet<string>,
): ArgumentValues {
  const reading: Reading = { changing, unknown: new Set(), following: [] };
  const values = listOf(expressions, path, reading);
  return reading.unknown.size === 0
    ? { kind: "known", values }
    : { kind: "unknown", expressions: [...reading.unknown] };
}

function listOf(nodes: readonly (Node | null)[], path: NodePath, reading: Reading): readonly unknown[] {
  return nodes.flatMap((node): readonly unknown[] => {
    if (node?.type !== "SpreadElement") {
      return [node === null ? undefined : valueOf(node, path, reading)];
    }
    const before = reading.unknown.size;
    const spread = valueOf(node.argument, path, reading);
    return Array.isArray(spread) ? spread : [knownOr(undefined, false, node, reading, before)];
  });
}

/** The value of an expression; undefined, and marked in `reading`, where it is not known. */
function valueOf(expression: Node, path: NodePath, reading: Reading): unknown {
  const node = withoutTypes(expression);
  switch (node.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return node.value;
    case "BigIntLiteral":
      return BigInt(node.value);
    case "NullLiteral":
      return null;
    case "UnaryExpression":
      return node.operator === "-" && node.argument.type === "NumericLiteral"
        ? -node.argument.value
        : unknownAt(node, reading);
    case "TemplateLiteral":
      return templateText(node, path, reading);
    case "TaggedTemplateExpression":
      return taggedSql(node, path, reading);
    case "BinaryExpression":
      return sumOf(node, path, reading);
    case "ArrayExpression":
      return listOf(node.elements, path, reading);
    case "ObjectExpression":
      return objectOf(node, path, reading);
    case "Identifier":
      return node.name === "undefined" ? undefined : constantOf(node, node.name, path, reading);
    case "MemberExpression":
      return memberOf(node, path, reading);
    case "CallExpression":
      return callOf(node, path, reading);
    default:
      return unknownAt(node, reading);
  }
}

function unknownAt(node: Node, reading: Reading): undefined {
  reading.unknown.add(node);
  return undefined;
}

/** Where an inner part is unknown, that part is told, and not the whole. */
function knownOr(value: unknown, isRight: boolean, node: Node, reading: Reading, before: number): unknown {
  return isRight || reading.unknown.size > before ? value : unknownAt(node, reading);
}

function templateText(node: TemplateLiteral, path: NodePath, reading: Reading): unknown {
  const before = reading.unknown.size;
  const values = node.expressions.map((inserted) => valueOf(inserted, path, reading));
  const isText = values.every(isTextPart);
  const texts = node.quasis.map(({ value: { cooked } }) => cooked ?? "");
  const text = texts.map((part, index) => `${part}${values.filter(isTextPart)[index] ?? ""}`).join("");
  return knownOr(text, isText, node, reading, before);
}

function sumOf(node: BinaryExpression, path: NodePath, reading: Reading): unknown {
  if (node.operator !== "+") {
    return unknownAt(node, reading);
  }
  const before = reading.unknown.size;
  const left = valueOf(node.left, path, reading);
  const right = valueOf(node.right, path, reading);
  if (typeof left === "number" && typeof right === "number") {
    return left + right;
  }
  const isText = isTextPart(left) && isTextPart(right);
  return knownOr(isText ? `${left}${right}` : undefined, isText, node, reading, before);
}

function isTextPart(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function objectOf(node: ObjectExpression, path: NodePath, reading: Reading): unknown {
  const entries: [string, unknown][] = [];
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const before = reading.unknown.size;
      const spread = valueOf(property.argument, path, reading);
      if (isPlainObject(spread)) {
        entries.push(...Object.entries(spread));
      } else {
        knownOr(undefined, false, property, reading, before);
      }
      continue;
    }
    const name = property.type === "ObjectProperty" ? keyOf(property.key, property.computed) : undefined;
    if (property.type === "ObjectMethod" || name === undefined || name === "__proto__") {
      unknownAt(property, reading);
      continue;
    }
    entries.push([name, valueOf(property.value, path, reading)]);
  }
  return Object.fromEntries(entries);
}

function keyOf(key: Node, isComputed: boolean): string | undefined {
  if (key.type === "StringLiteral") {
    return key.value;
  }
  if (key.type === "NumericLiteral") {
    return String(key.value);
  }
  return key.type === "Identifier" && !isComputed ? key.name : undefined;
}

function constantOf(node: Node, name: string, path: NodePath, reading: Reading): unknown {
  const binding = bindingOf(name, path);
  if (
    binding?.kind !== "constant" ||
    reading.changing.has(name) ||
    reading.following.includes(binding.value) ||
    reading.following.length > deepest
  ) {
    return unknownAt(node, reading);
  }
  const inner = { ...reading, unknown: new Set<Node>(), following: [...reading.following, binding.value] };
  const value = valueOf(binding.value, binding.path, inner);
  return inner.unknown.size === 0 ? value : unknownAt(node, reading);
}

function memberOf(node: MemberExpression, path: NodePath, reading: Reading): unknown {
  const name = keyOf(node.property, node.computed);
  const object = valueOf(node.object, path, { ...reading, unknown: new Set() });
  const isKnown = name !== undefined && isPlainObject(object) && Object.hasOwn(object, name);
  return isKnown ? Reflect.get(object, name) : unknownAt(node, reading);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether an expression is the `sql` that a revision is given, or that it imports. */
function isSqlTag(node: Node, path: NodePath): boolean {
  const binding = node.type === "Identifier" ? bindingOf(node.name, path) : undefined;
  switch (binding?.kind) {
    case "property":
      return binding.name === "sql";
    case "import":
      return binding.name === "sql" && binding.from === "alembic-ts";
    default:
      return false;
  }
}

function taggedSql(node: TaggedTemplateExpression, path: NodePath, reading: Reading): unknown {
  const before = reading.unknown.size;
  const values = node.quasi.expressions.map((inserted) => valueOf(inserted, path, reading));
  const { quasis } = node.quasi;
  const texts = quasis.map(({ value }) => value.cooked ?? "");
  const raw = quasis.map(({ value }) => value.raw);
  const isKnown = reading.unknown.size === before && isSqlTag(node.tag, path);
  return isKnown
    ? sql(Object.assign(texts, { raw }), ...(values as Parameters<typeof sql>[1][]))
    : knownOr(undefined, false, node, reading, before);
}

/** What `sql.raw`, `op.f` and the like give of known arguments. */
function callOf(node: CallExpression, path: NodePath, reading: Reading): unknown {
  const { callee } = node;
  const make = callee.type === "MemberExpression" ? makerOf(callee, path) : undefined;
  if (make === undefined) {
    return unknownAt(node, reading);
  }
  const before = reading.unknown.size;
  const values = listOf(node.arguments, path, reading);
  return reading.unknown.size > before ? undefined : make(values);
}

type Maker = (input: readonly unknown[]) => unknown;

/** The functions that only make a part of an operation. */
const sqlMakers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["raw", ([text]) => sql.raw(String(text))],
  ["identifier", (names) => sql.identifier(...(names as readonly string[]))],
  ["join", ([parts, separator]) => sql.join(parts as Parameters<typeof sql.join>[0], separator as string)],
]);
const operationMakers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["f", ([name]) => ({ kind: "finalName", name })],
  [
    "inlineLiteral",
    ([value]) => ({
      kind: "sql",
      text: ["", ""],
      values: [{ kind: "literal", value: toFragmentValue(value) }],
    }),
  ],
]);

function makerOf({ object, property, computed }: MemberExpression, path: NodePath): Maker | undefined {
  const name = keyOf(property, computed) ?? "";
  if (isSqlTag(object, path)) {
    return sqlMakers.get(name);
  }
  return isOperations(object, path) ? operationMakers.get(name) : undefined;
}
