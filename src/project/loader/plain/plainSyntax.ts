import type {
  ClassDeclaration,
  Function as FunctionNode,
  Identifier,
  Node,
  ObjectProperty,
  VariableDeclaration,
} from "@babel/types";
import { eraseBehind, eraseMark, requireOneLine, requireSameOperands } from "./erasure";
import { endOf, isGiven, startOf } from "./nodes";
import { NotPlain } from "./notPlain";
import type { PlainNames } from "./plainNames";
import type { Rewriting } from "./rewriting";

/** What of a file is rewritten, and by what. */
export interface PlainFile {
  readonly source: string;
  readonly format: "commonjs" | "module";
  readonly names: PlainNames;
  /** Whether decorated members get their types. */
  readonly hasMetadata: boolean;
  readonly rewriting: Rewriting;
}

/** Syntax that is left to TypeScript, besides all types that are not named below. */
const unknown = new Set([
  ...["ClassDeclaration", "ClassExpression", "ImportExpression", "Import", "ObjectPattern", "ArrayPattern"],
  ...["Decorator", "ExportNamedDeclaration", "ImportDeclaration", "WithStatement", "PrivateName"],
]);

/** Takes the types out of code that runs, and has imported names read from where they are. */
export function rewriteCode(node: Node, file: PlainFile): void {
  file.rewriting.noteStart(startOf(node));
  const visit = (each: Node | null | undefined): void => {
    if (isGiven(each)) {
      rewriteCode(each, file);
    }
  };
  switch (node.type) {
    case "Identifier":
      requireWritten(node, file);
      rewriteReference(node, file);
      return;
    case "MemberExpression":
    case "OptionalMemberExpression":
      visit(node.object);
      if (node.computed || node.property.type !== "Identifier") {
        visit(node.property);
      } else {
        // A stack trace names the method that is called, not the object.
        file.rewriting.noteStart(startOf(node.property));
      }
      return;
    case "ObjectProperty":
      rewriteObjectProperty(node, file);
      return;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ObjectMethod":
      rewriteFunction(node, file);
      return;
    case "VariableDeclaration":
      rewriteVariables(node, file);
      return;
    case "CatchClause":
      if (isGiven(node.param)) {
        rewriteBinding(node.param, file);
      }
      visit(node.body);
      return;
    case "AssignmentExpression":
    case "UpdateExpression":
      noteAssigned(node.type === "UpdateExpression" ? node.argument : node.left, file);
      childrenOf(node).forEach(visit);
      return;
    case "LabeledStatement":
      visit(node.body);
      return;
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
      return;
    case "CallExpression":
    case "OptionalCallExpression":
    case "TaggedTemplateExpression":
      rewriteCall(node, file);
      return;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      requireSameOperands(node.expression, endOf(node), file.source);
      visit(node.expression);
      eraseBehind(endOf(node.expression), endOf(node), file);
      return;
    case "TSTypeParameterInstantiation":
    case "TSTypeParameterDeclaration":
      file.rewriting.replace(startOf(node), endOf(node));
      return;
    default:
      if (unknown.has(node.type) || /^(?:TS|JSX)/.test(node.type) || Reflect.get(node, "declare") === true) {
        throw new NotPlain(node.type);
      }
      childrenOf(node).forEach(visit);
  }
}

function rewriteVariables({ kind, declarations }: VariableDeclaration, file: PlainFile): void {
  if (kind !== "const" && kind !== "let" && kind !== "var") {
    throw new NotPlain(kind);
  }
  for (const { id, init, definite, ...declarator } of declarations) {
    file.rewriting.noteStart(startOf(declarator));
    if (definite === true) {
      throw new NotPlain("a definite variable");
    }
    rewriteBinding(id, file);
    if (isGiven(init)) {
      rewriteCode(init, file);
    }
  }
}

/** @throws {NotPlain} the text has escapes in a name */
export function requireWritten({ name, start, end }: Identifier, { source }: PlainFile): void {
  if (!source.slice(start ?? 0, end ?? 0).startsWith(name)) {
    throw new NotPlain("a name with escapes");
  }
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? (value as readonly unknown[]).filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function noteAssigned(target: Node, file: PlainFile): void {
  switch (target.type) {
    case "Identifier":
      file.names.assigned.add(target.name);
      return;
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      noteAssigned(target.expression, file);
      return;
    default:
      // A pattern is left to TypeScript, and a member is no name.
      return;
  }
}

function rewriteReference({ name, start, end }: Identifier, { names, rewriting }: PlainFile): void {
  const value = names.reference(name);
  if (value !== undefined) {
    rewriting.replace(start ?? 0, end ?? 0, value);
  }
}

function rewriteObjectProperty(node: ObjectProperty, file: PlainFile): void {
  if (node.computed) {
    rewriteCode(node.key, file);
  }
  if (node.shorthand && node.value.type === "Identifier") {
    const value = file.names.reference(node.value.name);
    if (value !== undefined) {
      file.rewriting.replace(startOf(node), endOf(node), `${node.value.name}: ${value}`);
    }
    return;
  }
  rewriteCode(node.value, file);
}

function rewriteCall(node: Node, file: PlainFile): void {
  const callee = node.type === "TaggedTemplateExpression" ? node.tag : "callee" in node ? node.callee : node;
  if (callee.type === "Identifier") {
    const value = file.names.reference(callee.name);
    if (value !== undefined) {
      // Called as a function, and not as a method of the module.
      file.rewriting.replace(startOf(callee), endOf(callee), value.includes(".") ? `(0, ${value})` : value);
    }
  } else if (callee !== node) {
    rewriteCode(callee, file);
  }
  childrenOf(node)
    .filter((child) => child !== callee)
    .forEach((child) => rewriteCode(child, file));
}

/** Takes the types out of a function's head, and rewrites its body. */
export function rewriteFunction(node: FunctionNode, file: PlainFile): void {
  const { rewriting, names } = file;
  if (node.type === "FunctionDeclaration" || node.type === "FunctionExpression") {
    if (isGiven(node.id)) {
      names.bind(node.id.name);
    }
  }
  if ("computed" in node && node.computed) {
    rewriteCode(node.key, file);
  }
  if (node.type === "ArrowFunctionExpression") {
    requireOneLine(node, file.source);
  }
  for (const type of [node.typeParameters, node.returnType]) {
    if (isGiven(type)) {
      rewriting.replace(startOf(type), endOf(type));
    }
  }
  for (const parameter of node.params) {
    if (
      parameter.type === "TSParameterProperty" ||
      (parameter.type === "Identifier" && parameter.name === "this")
    ) {
      throw new NotPlain("this kind of parameter");
    }
    rewriteBinding(parameter, file);
  }
  rewriteCode(node.body, file);
}

/** Takes the types out of what gives names to values. */
export function rewriteBinding(node: Node, file: PlainFile): void {
  const { rewriting, names, source } = file;
  if ("decorators" in node && (node.decorators ?? []).length > 0) {
    throw new NotPlain("a decorated parameter");
  }
  if ("typeAnnotation" in node && isGiven(node.typeAnnotation)) {
    rewriting.replace(startOf(node.typeAnnotation), endOf(node.typeAnnotation));
  }
  switch (node.type) {
    case "Identifier":
      names.bind(node.name);
      if (node.optional === true) {
        eraseMark("?", startOf(node) + node.name.length, source, rewriting);
      }
      return;
    case "AssignmentPattern":
      rewriteBinding(node.left, file);
      rewriteCode(node.right, file);
      return;
    case "RestElement":
      rewriteBinding(node.argument, file);
      return;
    case "ArrayPattern":
      node.elements.forEach((element) => element !== null && rewriteBinding(element, file));
      return;
    case "ObjectPattern":
      for (const property of node.properties) {
        if (property.type === "ObjectProperty" && property.computed) {
          throw new NotPlain("a computed name in a pattern");
        }
        rewriteBinding(property.type === "ObjectProperty" ? property.value : property, file);
      }
      return;
    default:
      throw new NotPlain(node.type);
  }
}

/** Whether code within a class may read the class itself: its name is somewhere there. */
export function mayReadItself({ id }: ClassDeclaration, source: string, from: number, to: number): boolean {
  return typeof id?.name === "string" && source.slice(from, to).includes(id.name);
}
