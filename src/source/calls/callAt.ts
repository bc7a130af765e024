import type { CallExpression, Expression, Node, Program } from "@babel/types";
import { withoutTypes } from "../constantValues";
import { bindingOf, isFunction, walk } from "./bindings";
import type { NodePath } from "./bindings";

/** A call of an operation in a revision's text, such as `op.dropTable("users")`. */
export interface OperationCall {
  readonly method: string;
  readonly call: CallExpression;
  /** Ends with the call. */
  readonly path: NodePath;
  /** Of a call in the callback of `op.batchAlterTable`: the call of that. */
  readonly batch: OperationCall | undefined;
}

/** The call of an operation whose name, or the `op` before it, is at an offset. */
export function operationCallAt(program: Program, offset: number): OperationCall | undefined {
  let found: OperationCall | undefined;
  walk(program, (path, node) => {
    if (found !== undefined || (node.start ?? 0) > offset || (node.end ?? 0) < offset) {
      return false;
    }
    if (node.type === "CallExpression" && isWithin(node.callee, offset)) {
      found = operationCallOf(node, path);
    }
    return true;
  });
  return found;
}

/** What a call is if it is that of an operation. */
export function operationCallOf(call: CallExpression, path: NodePath): OperationCall | undefined {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") {
    return undefined;
  }
  const method = callee.property.name;
  if (isOperations(callee.object, path)) {
    return { method, call, path, batch: undefined };
  }
  const batch = batchOf(callee.object, path);
  return batch && { method, call, path, batch };
}

/** Whether an expression is the `op` that a revision is given. */
export function isOperations(node: Expression | Node, path: NodePath): boolean {
  const inner = withoutTypes(node);
  if (inner.type === "MemberExpression") {
    return !inner.computed && inner.property.type === "Identifier" && inner.property.name === "op";
  }
  const binding = inner.type === "Identifier" ? bindingOf(inner.name, path) : undefined;
  switch (binding?.kind) {
    case "property":
      return binding.name === "op";
    case "parameter":
      return isOperationsParameter(binding.parameter);
    default:
      return false;
  }
}

function isOperationsParameter(parameter: Node): boolean {
  if (parameter.type !== "Identifier") {
    return false;
  }
  const annotation = parameter.typeAnnotation;
  const type = annotation?.type === "TSTypeAnnotation" ? annotation.typeAnnotation : undefined;
  return type?.type === "TSTypeReference" && type.typeName.type === "Identifier"
    ? type.typeName.name === "Operations"
    : parameter.name === "op";
}

/** The call of `op.batchAlterTable` whose callback gets what the expression names. */
function batchOf(node: Node, path: NodePath): OperationCall | undefined {
  const inner = withoutTypes(node);
  const binding = inner.type === "Identifier" ? bindingOf(inner.name, path) : undefined;
  if (binding?.kind !== "parameter" || binding.of.params[0] !== binding.parameter) {
    return undefined;
  }
  const outside = binding.path.slice(0, -1);
  const call = outside.at(-1);
  const given = call?.type === "CallExpression" ? call.arguments[1] : undefined;
  if (call?.type !== "CallExpression" || given !== binding.of || !isFunction(given)) {
    return undefined;
  }
  const operation = operationCallOf(call, outside);
  return operation?.method === "batchAlterTable" && operation.batch === undefined ? operation : undefined;
}

function isWithin(node: Node, offset: number): boolean {
  return (node.start ?? 0) <= offset && offset <= (node.end ?? 0);
}
