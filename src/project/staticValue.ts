import type { Expression, Node, ObjectExpression, ObjectProperty, Program } from "@babel/types";
import { joinPaths } from "./textPath";

/** A value that the text alone tells, or that it does not. Functions count as known and have no value. */
export type StaticValue = { readonly isKnown: true; readonly value: unknown } | { readonly isKnown: false };

/** What names stand for in a file. */
export interface StaticScope {
  readonly constants: ReadonlyMap<string, Expression>;
  /** The file's folder, for `__dirname` and `import.meta.dirname`. */
  readonly directory: string;
}

const unknown: StaticValue = { isKnown: false };

function known(value: unknown): StaticValue {
  return { isKnown: true, value };
}

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

/** An expression without the type annotations, parentheses and constant names around it. */
export function unwrapExpression(node: Node, scope: StaticScope, depth = 0): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return unwrapExpression(node.expression, scope, depth);
    case "Identifier": {
      const constant = scope.constants.get(node.name);
      return constant === undefined || depth > 20 ? node : unwrapExpression(constant, scope, depth + 1);
    }
    default:
      return node;
  }
}

/** What an expression's text says. */
export function staticValue(expression: Node, scope: StaticScope, depth = 0): StaticValue {
  const node = unwrapExpression(expression, scope);
  const inner = (child: Node): StaticValue => (depth > 50 ? unknown : staticValue(child, scope, depth + 1));
  switch (node.type) {
    case "StringLiteral":
    case "NumericLiteral":
    case "BooleanLiteral":
      return known(node.value);
    case "NullLiteral":
      return known(null);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return known(undefined);
    case "Identifier":
      return node.name === "__dirname"
        ? known(scope.directory)
        : node.name === "undefined"
          ? known(undefined)
          : unknown;
    case "TemplateLiteral":
      return joinTexts(
        interleave(
          node.quasis.map((quasi) => known(quasi.value.cooked)),
          node.expressions.map(inner),
        ),
      );
    case "BinaryExpression":
      return node.operator === "+" ? joinTexts([inner(node.left), inner(node.right)]) : unknown;
    case "ArrayExpression":
      return knownList(node.elements.map((element) => (element === null ? unknown : inner(element))));
    case "ObjectExpression":
      return knownObject(node, inner);
    case "MemberExpression":
      return isImportMeta(node.object) && memberName(node) === "dirname" ? known(scope.directory) : unknown;
    case "CallExpression":
      return isPathCall(node.callee) ? joinKnownPaths(node.arguments.map(inner), scope) : unknown;
    default:
      return unknown;
  }
}

/** A property's name, undefined where it is computed. */
export function propertyName(property: ObjectProperty): string | undefined {
  if (property.key.type === "StringLiteral") {
    return property.key.value;
  }
  return property.key.type === "Identifier" && !property.computed ? property.key.name : undefined;
}

function interleave(texts: readonly StaticValue[], values: readonly StaticValue[]): readonly StaticValue[] {
  return texts.flatMap((text, index) => [text, ...values.slice(index, index + 1)]);
}

function joinTexts(parts: readonly StaticValue[]): StaticValue {
  const texts = textsOf(parts);
  return texts === undefined ? unknown : known(texts.join(""));
}

function joinKnownPaths(parts: readonly StaticValue[], scope: StaticScope): StaticValue {
  const texts = textsOf(parts);
  return texts === undefined ? unknown : known(joinPaths(scope.directory, ...texts));
}

function textsOf(parts: readonly StaticValue[]): readonly string[] | undefined {
  const texts = parts.map((part) =>
    part.isKnown && typeof part.value === "string" ? part.value : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function knownList(items: readonly StaticValue[]): StaticValue {
  return items.every((item) => item.isKnown) ? known(items.map((item) => item.value)) : unknown;
}

/** Properties that are not known are left out: an environment's name is worth having without its URL. */
function knownObject(node: ObjectExpression, inner: (child: Node) => StaticValue): StaticValue {
  const entries = new Map<string, unknown>();
  for (const property of node.properties) {
    const name = property.type === "ObjectProperty" ? propertyName(property) : undefined;
    if (property.type === "ObjectProperty" && name !== undefined) {
      const value = inner(property.value);
      entries.set(name, value.isKnown ? value.value : undefined);
    }
  }
  return known(entries);
}

function isImportMeta(node: Node): boolean {
  return node.type === "MetaProperty" && node.meta.name === "import";
}

function memberName(node: { readonly property: Node; readonly computed: boolean }): string | undefined {
  return node.property.type === "Identifier" && !node.computed ? node.property.name : undefined;
}

function isPathCall(callee: Node): boolean {
  const name =
    callee.type === "MemberExpression" ? memberName(callee) : callee.type === "Identifier" ? callee.name : "";
  return name === "join" || name === "resolve";
}
