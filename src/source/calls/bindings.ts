import type { Expression, Function as FunctionNode, Node, Statement } from "@babel/types";

/** A node with those around it, the file first. */
export type NodePath = readonly Node[];

/** What a name stands for, where it is used. */
export type Binding =
  /** Its value never changes; `path` is where that is written. */
  | { readonly kind: "constant"; readonly value: Expression; readonly path: NodePath }
  /** A parameter, or the property of an object that a parameter or a constant takes apart. */
  | {
      readonly kind: "parameter";
      readonly parameter: Node;
      readonly of: FunctionNode;
      readonly path: NodePath;
    }
  | { readonly kind: "property"; readonly name: string }
  | { readonly kind: "import"; readonly name: string; readonly from: string }
  | { readonly kind: "other" };

/** Visits a node and all below it, with what is around each; `visit` may end the walk below a node with `false`. */
export function walk(node: Node, visit: (path: NodePath, node: Node) => boolean, above: NodePath = []): void {
  const path = [...above, node];
  if (visit(path, node)) {
    for (const child of childrenOf(node)) {
      walk(child, visit, path);
    }
  }
}

/** The nodes right below a node, in their order. */
export function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flatMap((value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value && "end" in value;
}

export function isFunction(node: Node | undefined): node is FunctionNode {
  return (
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression" ||
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "ObjectMethod" ||
    node?.type === "ClassMethod" ||
    node?.type === "ClassPrivateMethod"
  );
}

/** What a name stands for at a place: the innermost that declares it. Undefined where the file does not. */
export function bindingOf(name: string, path: NodePath): Binding | undefined {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const node = path[depth];
    const found = node && bindingIn(node, name, path.slice(0, depth + 1));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function bindingIn(node: Node, name: string, path: NodePath): Binding | undefined {
  if (isFunction(node)) {
    return bindingOfParameter(node, name, path);
  }
  switch (node.type) {
    case "Program":
    case "BlockStatement":
      return firstOf(node.body.map((statement) => bindingOfStatement(statement, name, path)));
    case "SwitchStatement":
      return firstOf(
        node.cases.flatMap(({ consequent }) =>
          consequent.map((statement) => bindingOfStatement(statement, name, path)),
        ),
      );
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement": {
      const declared = node.type === "ForStatement" ? node.init : node.left;
      return declared?.type === "VariableDeclaration" && declares(declared, name)
        ? { kind: "other" }
        : undefined;
    }
    case "CatchClause":
      return node.param && declares(node.param, name) ? { kind: "other" } : undefined;
    default:
      return undefined;
  }
}

function bindingOfParameter(node: FunctionNode, name: string, path: NodePath): Binding | undefined {
  for (const parameter of node.params) {
    if (parameter.type === "Identifier" && parameter.name === name) {
      return { kind: "parameter", parameter, of: node, path };
    }
    const property = propertyBinding(parameter, name);
    if (property !== undefined) {
      return property;
    }
    if (declares(parameter, name)) {
      return { kind: "other" };
    }
  }
  return undefined;
}

/** Of `{ name }` and `{ property: name }`. */
function propertyBinding(pattern: Node, name: string): Binding | undefined {
  const properties = pattern.type === "ObjectPattern" ? pattern.properties : [];
  for (const property of properties) {
    if (
      property.type === "ObjectProperty" &&
      property.key.type === "Identifier" &&
      !property.computed &&
      property.value.type === "Identifier" &&
      property.value.name === name
    ) {
      return { kind: "property", name: property.key.name };
    }
  }
  return undefined;
}

function bindingOfStatement(statement: Statement, name: string, path: NodePath): Binding | undefined {
  const declared =
    statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration"
      ? statement.declaration
      : statement;
  switch (declared?.type) {
    case "VariableDeclaration":
      return declared.declarations
        .map(({ id, init }): Binding | undefined => {
          if (id.type === "Identifier" && id.name === name) {
            return declared.kind === "const" && init
              ? { kind: "constant", value: init, path }
              : { kind: "other" };
          }
          const property = declared.kind === "const" ? propertyBinding(id, name) : undefined;
          return property ?? (declares(id, name) ? { kind: "other" } : undefined);
        })
        .find((binding) => binding !== undefined);
    case "ImportDeclaration":
      return firstOf(
        declared.specifiers.map((specifier): Binding | undefined => {
          if (specifier.local.name !== name) {
            return undefined;
          }
          return specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier"
            ? { kind: "import", name: specifier.imported.name, from: declared.source.value }
            : { kind: "other" };
        }),
      );
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return declared.id?.name === name ? { kind: "other" } : undefined;
    default:
      return undefined;
  }
}

function firstOf(bindings: readonly (Binding | undefined)[]): Binding | undefined {
  return bindings.find((binding) => binding !== undefined);
}

/** Whether a pattern or declaration has a name anywhere. */
function declares(node: Node, name: string): boolean {
  let isThere = false;
  walk(node, (_, { type, ...rest }) => {
    isThere ||= type === "Identifier" && "name" in rest && rest.name === name;
    return !isThere;
  });
  return isThere;
}

/**
 * Names of the file whose values may change while it runs: declared by `var`, or whose properties or items something
 * may set. A method that is called on one counts, and so does a function that is given one.
 */
export function changingNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node | null | undefined): void => {
    const root = node && rootOf(node);
    if (root !== undefined && root !== null) {
      names.add(root);
    }
  };
  walk(program, (_, node) => {
    switch (node.type) {
      case "VariableDeclaration":
        if (node.kind === "var") {
          node.declarations.forEach(({ id }) => {
            add(id);
          });
        }
        break;
      case "AssignmentExpression":
        add(node.left);
        break;
      case "UpdateExpression":
        add(node.argument);
        break;
      case "UnaryExpression":
        if (node.operator === "delete") {
          add(node.argument);
        }
        break;
      case "CallExpression":
        if (node.callee.type === "MemberExpression" && node.callee.object.type === "MemberExpression") {
          add(node.callee.object);
        }
        if (node.callee.type === "Identifier" || isOfGlobalObject(node.callee)) {
          node.arguments.forEach(add);
        } else if (node.callee.type === "MemberExpression") {
          add(node.callee.object);
        }
        break;
      default:
    }
    return true;
  });
  return names;
}

/** `Object.assign(a, …)`, `Reflect.set(a, …)`: what they are given changes. */
function isOfGlobalObject(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    /^(?:Object|Reflect|Array)$/.test(callee.object.name)
  );
}

function rootOf(node: Node): string | undefined {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "MemberExpression":
      return rootOf(node.object);
    case "TSNonNullExpression":
    case "TSAsExpression":
    case "ParenthesizedExpression":
      return rootOf(node.expression);
    default:
      return undefined;
  }
}
