import type {
  ArrowFunctionExpression,
  AssignmentExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Node,
  ObjectExpression,
  ObjectMethod,
  Program,
  Statement,
  VariableDeclaration,
} from "@babel/types";
import { evaluate, type LiteralValue, rangeOf, withoutTypes } from "./constantValues";
import type { TextRange } from "./header";
import {
  type FoundFunction,
  type FunctionName,
  type HeaderDraft,
  type HeaderName,
  type HeaderValue,
  isFunctionName,
  isHeaderName,
} from "./headerDraft";

interface Binding {
  readonly name: TextRange;
  /** Undefined for what has no value in the text, such as an import. */
  readonly value: Expression | FunctionDeclaration | undefined;
  readonly isConstant: boolean;
}

/** An exported name: an expression of its own, or the name of a binding. */
interface Export {
  readonly name: TextRange;
  readonly value: Node | undefined;
}

/** Reads what a parsed module exports under the names of a revision file, as an ES module or as CommonJS. */
export function readModuleExports(program: Program): HeaderDraft {
  const reader = new ModuleReader();
  for (const statement of program.body) {
    reader.readStatement(statement);
  }
  return reader.draft();
}

/** A function that a module exports. */
export interface ExportedFunction {
  readonly name: string;
  /** Of the name, where the text has one. */
  readonly range: TextRange;
}

/**
 * The functions that a parsed module exports, in the order of the text. What a call returns counts as one, because only running
 * the module would tell; classes and other values do not.
 */
export function readExportedFunctions(program: Program): readonly ExportedFunction[] {
  const reader = new ModuleReader();
  let byDefault: ExportedFunction | undefined;
  for (const statement of program.body) {
    reader.readStatement(statement);
    if (statement.type === "ExportDefaultDeclaration" && isFunction(withoutTypes(statement.declaration))) {
      const { declaration } = statement;
      const id = declaration.type === "FunctionDeclaration" ? declaration.id : undefined;
      byDefault = { name: "default", range: rangeOf(id ?? declaration) };
    }
  }
  const named = reader.exportedFunctions();
  return byDefault === undefined ? named : [...named, byDefault];
}

class ModuleReader {
  private readonly bindings = new Map<string, Binding>();
  private readonly exports = new Map<string, Export>();
  private readonly unclear = new Map<string, TextRange>();

  readStatement(statement: Statement): void {
    switch (statement.type) {
      case "VariableDeclaration":
        this.bindVariables(statement, false);
        break;
      case "FunctionDeclaration":
        this.bindFunction(statement, false);
        break;
      case "ExportNamedDeclaration":
        this.readExport(statement.declaration ?? undefined);
        for (const specifier of statement.specifiers) {
          if (specifier.type === "ExportSpecifier" && specifier.exportKind !== "type") {
            this.exports.set(nameOf(specifier.exported), {
              name: rangeOf(specifier.exported),
              value: (statement.source ?? null) === null ? specifier.local : undefined,
            });
          }
        }
        break;
      case "ExpressionStatement":
        if (statement.expression.type === "AssignmentExpression") {
          this.readAssignment(statement.expression);
        }
        break;
      default:
        break;
    }
  }

  draft(): HeaderDraft {
    const values = new Map<HeaderName, HeaderValue>();
    const functions = new Map<FunctionName, FoundFunction>();
    for (const [name, exported] of this.exports) {
      if (isHeaderName(name)) {
        values.set(name, this.valueOf(name, exported));
      } else if (isFunctionName(name)) {
        functions.set(name, this.functionOf(exported));
      }
    }
    return { values, functions };
  }

  exportedFunctions(): readonly ExportedFunction[] {
    return [...this.exports].flatMap(([name, exported]) => {
      const binding = this.bindingOf(exported);
      const value = binding === undefined ? exported.value : binding.value;
      const node = value && withoutTypes(value);
      const mayBeCalled = node !== undefined && (isFunction(node) || node.type === "CallExpression");
      return mayBeCalled ? [{ name, range: binding?.name ?? exported.name }] : [];
    });
  }

  private valueOf(name: string, exported: Export): HeaderValue {
    const unclear = this.unclear.get(name);
    if (unclear !== undefined) {
      return { kind: "unknown", reason: "assigned more than once", range: unclear };
    }
    if (exported.value === undefined) {
      return { kind: "unknown", reason: "without a value in this file", range: exported.name };
    }
    const constants = new Map<string, Expression>();
    for (const [local, { value, isConstant }] of this.bindings) {
      if (value !== undefined && value.type !== "FunctionDeclaration" && (isConstant || local === name)) {
        constants.set(local, value);
      }
    }
    const value = headerValue(evaluate(exported.value, { constants }));
    const binding = this.bindingOf(exported);
    const isOwn = binding?.value !== undefined && binding.value.type !== "FunctionDeclaration";
    return isOwn && value.kind !== "unknown"
      ? { ...value, range: rangeOf(withoutTypes(binding.value)) }
      : value;
  }

  private functionOf(exported: Export): FoundFunction {
    const binding = this.bindingOf(exported);
    const value = binding === undefined ? exported.value : binding.value;
    return { name: binding?.name ?? exported.name, isEmpty: value !== undefined && isEmptyFunction(value) };
  }

  private bindingOf({ value }: Export): Binding | undefined {
    return value?.type === "Identifier" ? this.bindings.get(value.name) : undefined;
  }

  private readExport(declaration: Node | undefined): void {
    if (declaration?.type === "VariableDeclaration") {
      this.bindVariables(declaration, true);
    } else if (declaration?.type === "FunctionDeclaration") {
      this.bindFunction(declaration, true);
    }
  }

  private bindVariables(declaration: VariableDeclaration, isExported: boolean): void {
    if (declaration.declare === true) {
      return;
    }
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier") {
        const binding: Binding = {
          name: { start: id.start ?? 0, end: (id.start ?? 0) + id.name.length },
          value: init ?? undefined,
          isConstant: declaration.kind === "const",
        };
        this.bind(id.name, binding, isExported ? id : undefined);
      } else if (id.type === "ObjectPattern") {
        this.bindPattern(id.properties, isExported);
      }
    }
  }

  private bindPattern(properties: readonly Node[], isExported: boolean): void {
    for (const property of properties) {
      if (property.type === "ObjectProperty" && property.value.type === "Identifier") {
        const { value } = property;
        const binding = { name: rangeOf(value), value: undefined, isConstant: true };
        this.bind(value.name, binding, isExported ? value : undefined);
      }
    }
  }

  private bindFunction(declaration: FunctionDeclaration, isExported: boolean): void {
    const { id } = declaration;
    if (id !== null && id !== undefined) {
      const binding = { name: rangeOf(id), value: declaration, isConstant: true };
      this.bind(id.name, binding, isExported ? id : undefined);
    }
  }

  private bind(name: string, binding: Binding, exported: Node | undefined): void {
    if (this.bindings.has(name)) {
      this.unclear.set(name, binding.name);
    }
    this.bindings.set(name, binding);
    if (exported !== undefined) {
      this.exports.set(name, { name: binding.name, value: exported });
    }
  }

  private readAssignment({ left, right, operator }: AssignmentExpression): void {
    if (left.type === "Identifier") {
      this.unclear.set(left.name, rangeOf(left));
      return;
    }
    if (operator !== "=" || left.type !== "MemberExpression") {
      return;
    }
    if (isModuleExports(left)) {
      this.readExportsObject(right);
    } else if (isExports(left.object) && !left.computed && left.property.type === "Identifier") {
      this.exportMember(left.property.name, rangeOf(left.property), right);
    } else if (isExports(left.object) && left.property.type === "StringLiteral") {
      this.exportMember(left.property.value, rangeOf(left.property), right);
    }
  }

  private readExportsObject(value: Node): void {
    const object = withoutTypes(value);
    if (object.type === "AssignmentExpression") {
      this.readExportsObject(object.right);
    } else if (object.type === "ObjectExpression") {
      this.exportProperties(object);
    }
  }

  private exportProperties({ properties }: ObjectExpression): void {
    for (const property of properties) {
      if (property.type === "SpreadElement" || property.computed) {
        continue;
      }
      const name = nameOf(property.key);
      const value = property.type === "ObjectProperty" ? property.value : property;
      this.exportMember(name, rangeOf(property.key), value);
    }
  }

  /** Compilers first set every export to `void 0`, in a chain. */
  private exportMember(name: string, range: TextRange, value: Node): void {
    if (value.type === "AssignmentExpression") {
      this.readAssignment(value);
      return;
    }
    if (value.type === "UnaryExpression" && value.operator === "void") {
      return;
    }
    if (this.exports.has(name)) {
      this.unclear.set(name, range);
    }
    this.exports.set(name, { name: range, value });
  }
}

function headerValue(literal: LiteralValue): HeaderValue {
  const { range } = literal;
  switch (literal.kind) {
    case "text":
    case "none":
    case "flag":
    case "unknown":
      return literal;
    case "list": {
      const other = literal.items.find(({ kind }) => kind !== "text");
      const values = literal.items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
      return other === undefined
        ? { kind: "list", range, values }
        : { kind: "unknown", reason: "a list with something other than strings", range: other.range };
    }
    default:
      return { kind: "unknown", reason: "a computed value", range };
  }
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : node.type === "StringLiteral" ? node.value : "";
}

function isExports(node: Node): boolean {
  return (node.type === "Identifier" && node.name === "exports") || isModuleExports(node);
}

function isModuleExports(node: Node): boolean {
  return (
    node.type === "MemberExpression" &&
    !node.computed &&
    node.object.type === "Identifier" &&
    node.object.name === "module" &&
    nameOf(node.property) === "exports"
  );
}

function isFunction(
  node: Node,
): node is FunctionDeclaration | FunctionExpression | ArrowFunctionExpression | ObjectMethod {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression" ||
    node.type === "ObjectMethod"
  );
}

function isEmptyFunction(value: Node): boolean {
  const node = withoutTypes(value);
  if (!isFunction(node) || node.body.type !== "BlockStatement") {
    return false;
  }
  return node.body.body.every(
    (statement) =>
      statement.type === "EmptyStatement" ||
      (statement.type === "ReturnStatement" && (statement.argument ?? null) === null),
  );
}
