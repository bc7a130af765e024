import type {
  ArrayExpression,
  CallExpression,
  Expression,
  Node,
  ObjectExpression,
  ObjectProperty,
  Program,
  TemplateLiteral,
} from "@babel/types";
import type { LocatedText, TextRange } from "./header";

/** A value as far as the text of a file decides it, and where it stands. */
export type LiteralValue = { readonly range: TextRange } & (
  | { readonly kind: "text"; readonly text: LocatedText }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "flag"; readonly flag: boolean }
  | { readonly kind: "none"; readonly value: null | undefined }
  | { readonly kind: "function" }
  | { readonly kind: "list"; readonly items: readonly LiteralValue[] }
  /** By name, which is the user's; a property that is not known has the kind `unknown`. */
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, LiteralValue> }
  | { readonly kind: "unknown"; readonly reason: string }
);

/** What names stand for in a file. */
export interface ConstantScope {
  /** Names are the user's, so this is a Map. */
  readonly constants: ReadonlyMap<string, Expression>;
  /** For `__dirname`, `import.meta.dirname` and what joins paths; without it, they are not known. */
  readonly directory?: string;
  /** Joins paths, as `node:path` does. */
  readonly joinPaths?: (...parts: readonly string[]) => string;
}

/** Constants within each other, at most: nobody writes more. */
const deepest = 50;

/** The top-level constants of a file, by name. */
export function constantsOf(program: Program): ReadonlyMap<string, Expression> {
  const constants = new Map<string, Expression>();
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "VariableDeclaration" && declaration.kind === "const") {
      for (const { id, init } of declaration.declarations) {
        if (id.type === "Identifier" && init !== null && init !== undefined) {
          constants.set(id.name, init);
        }
      }
    }
  }
  return constants;
}

/**
 * The value of an expression as far as the file itself decides it: literals, and what constants, string joining and
 * spread arrays make of them. A text's range is its literal's where there is one, wherever that stands, and the whole
 * expression's otherwise.
 */
export function evaluate(expression: Node, scope: ConstantScope, seen: readonly Node[] = []): LiteralValue {
  const node = withoutTypes(expression);
  const range = rangeOf(node);
  const inner = (child: Node): LiteralValue => evaluate(child, scope, [...seen, node]);
  if (seen.length > deepest) {
    return unknown("a computed value", range);
  }
  switch (node.type) {
    case "StringLiteral":
      return { kind: "text", range, text: { value: node.value, range: within(range) } };
    case "NumericLiteral":
      return { kind: "number", range, value: node.value };
    case "BooleanLiteral":
      return { kind: "flag", range, flag: node.value };
    case "NullLiteral":
      return { kind: "none", range, value: null };
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return { kind: "function", range };
    case "UnaryExpression":
      return node.operator === "void"
        ? { kind: "none", range, value: undefined }
        : unknown("a computed value", range);
    case "TemplateLiteral":
      return evaluateTemplate(node, inner);
    case "BinaryExpression":
      return joined(node.operator === "+" ? [inner(node.left), inner(node.right)] : [], range);
    case "ArrayExpression":
      return evaluateArray(node, inner);
    case "ObjectExpression":
      return evaluateObject(node, inner);
    case "Identifier":
      return evaluateName(node.name, range, { scope, seen });
    case "MemberExpression":
      return isImportMeta(node.object) && memberName(node) === "dirname"
        ? directoryOf(scope, range)
        : unknown("a computed value", range);
    case "CallExpression":
      return evaluateCall(node, scope, inner);
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

/** A property's name, undefined where it is computed. */
export function propertyName(property: ObjectProperty): string | undefined {
  if (property.key.type === "StringLiteral") {
    return property.key.value;
  }
  return property.key.type === "Identifier" && !property.computed ? property.key.name : undefined;
}

function evaluateName(
  name: string,
  range: TextRange,
  { scope, seen }: { readonly scope: ConstantScope; readonly seen: readonly Node[] },
): LiteralValue {
  const constant = scope.constants.get(name);
  if (constant === undefined) {
    return name === "undefined"
      ? { kind: "none", range, value: undefined }
      : name === "__dirname"
        ? directoryOf(scope, range)
        : unknown("a computed value", range);
  }
  if (seen.includes(constant)) {
    return unknown("a constant that refers to itself", range);
  }
  const value = evaluate(constant, scope, [...seen, constant]);
  const isOfHeader =
    value.kind === "text" || value.kind === "list" || value.kind === "none" || value.kind === "flag";
  return isOfHeader ? { ...value, range } : value;
}

function evaluateTemplate(node: TemplateLiteral, inner: (child: Node) => LiteralValue): LiteralValue {
  const { quasis, expressions } = node;
  const range = rangeOf(node);
  let value = "";
  for (const [index, quasi] of quasis.entries()) {
    const inserted = expressions[index];
    value += quasi.value.cooked ?? "";
    if (inserted !== undefined) {
      const part = inner(inserted);
      if (part.kind !== "text") {
        return unknown("a template with computed parts", range);
      }
      value += part.text.value;
    }
  }
  return { kind: "text", range, text: { value, range: expressions.length === 0 ? within(range) : range } };
}

function evaluateArray(node: ArrayExpression, inner: (child: Node) => LiteralValue): LiteralValue {
  const items: LiteralValue[] = [];
  for (const element of node.elements) {
    if (element?.type === "SpreadElement") {
      const spread = inner(element.argument);
      items.push(
        ...(spread.kind === "list" ? spread.items : [unknown("a computed value", rangeOf(element))]),
      );
    } else {
      items.push(element === null ? unknown("a computed value", rangeOf(node)) : inner(element));
    }
  }
  return { kind: "list", range: rangeOf(node), items };
}

function evaluateObject(node: ObjectExpression, inner: (child: Node) => LiteralValue): LiteralValue {
  const entries = new Map<string, LiteralValue>();
  for (const property of node.properties) {
    const name = property.type === "ObjectProperty" ? propertyName(property) : undefined;
    if (property.type === "ObjectProperty" && name !== undefined) {
      entries.set(name, inner(property.value));
    }
  }
  return { kind: "object", range: rangeOf(node), entries };
}

function evaluateCall(
  node: CallExpression,
  { directory, joinPaths }: ConstantScope,
  inner: (child: Node) => LiteralValue,
): LiteralValue {
  const { callee } = node;
  const range = rangeOf(node);
  const name =
    callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : "";
  const parts = textsOf(node.arguments.map(inner));
  if ((name !== "join" && name !== "resolve") || directory === undefined || parts === undefined) {
    return unknown("a computed value", range);
  }
  const value = joinPaths?.(directory, ...parts);
  return value === undefined
    ? unknown("a computed value", range)
    : { kind: "text", range, text: { value, range } };
}

function joined(parts: readonly LiteralValue[], range: TextRange): LiteralValue {
  const texts = textsOf(parts);
  return texts === undefined || texts.length === 0
    ? unknown("a computed value", range)
    : { kind: "text", range, text: { value: texts.join(""), range } };
}

function textsOf(parts: readonly LiteralValue[]): readonly string[] | undefined {
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text.value] : []));
  return texts.length === parts.length ? texts : undefined;
}

function directoryOf({ directory }: ConstantScope, range: TextRange): LiteralValue {
  return directory === undefined
    ? unknown("a computed value", range)
    : { kind: "text", range, text: { value: directory, range } };
}

function isImportMeta(node: Node): boolean {
  return node.type === "MetaProperty" && node.meta.name === "import";
}

function memberName(node: { readonly property: Node; readonly computed: boolean }): string | undefined {
  return node.property.type === "Identifier" && !node.computed ? node.property.name : undefined;
}

function within({ start, end }: TextRange): TextRange {
  return { start: start + 1, end: end - 1 };
}

function unknown(reason: string, range: TextRange): LiteralValue {
  return { kind: "unknown", reason, range };
}
