import type { CallExpression, Node, ObjectExpression } from "@babel/types";
import type { NodePath } from "../../source/calls/bindings";
import { propertyName, rangeOf, withoutTypes } from "../../source/constantValues";
import type { TextEdit } from "../../source/textEdit";

/** A call that is a statement of its own in a function of the revision: `await op.…(…);` */
export interface CallStatement {
  readonly call: CallExpression;
  /** How the call names `op`. */
  readonly op: string;
  readonly indent: string;
  readonly start: number;
  readonly end: number;
  /** The revision's text. */
  readonly text: string;
}

/** The statement that the last call of a path is; undefined where it is in a block, or is more than that. */
export function statementOf(path: NodePath, call: CallExpression, text: string): CallStatement | undefined {
  const [ofFunction, block, statement, awaited] = path.slice(-5);
  const isPlain =
    awaited?.type === "AwaitExpression" &&
    statement?.type === "ExpressionStatement" &&
    block?.type === "BlockStatement" &&
    ofFunction?.type === "FunctionDeclaration";
  if (!isPlain || call.callee.type !== "MemberExpression") {
    return undefined;
  }
  const { start, end } = rangeOf(statement);
  const line = text.lastIndexOf("\n", start) + 1;
  const indent = /^\s*/.exec(text.slice(line, start))?.[0] ?? "";
  return { call, op: writtenOf(call.callee.object, text), indent, start, end, text };
}

/** As the text has it. */
export function writtenOf(node: Node, text: string): string {
  const { start, end } = rangeOf(node);
  return text.slice(start, end);
}

/** Lines before a statement. */
export function before({ start, indent }: CallStatement, lines: readonly string[]): TextEdit {
  return { range: { start, end: start }, newText: lines.map((line) => `${line}\n${indent}`).join("") };
}

/** Lines after a statement. */
export function after({ end, indent }: CallStatement, lines: readonly string[]): TextEdit {
  return { range: { start: end, end }, newText: lines.map((line) => `\n${indent}${line}`).join("") };
}

/** The properties of an options object, by name; undefined where it has more than names and values, or is none. */
export function propertiesOf(node: Node | undefined): ReadonlyMap<string, Node> | undefined {
  if (node === undefined) {
    return new Map();
  }
  const object = withoutTypes(node);
  if (object.type !== "ObjectExpression") {
    return undefined;
  }
  const found = new Map<string, Node>();
  for (const property of object.properties) {
    const name = property.type === "ObjectProperty" ? propertyName(property) : undefined;
    if (property.type !== "ObjectProperty" || name === undefined) {
      return undefined;
    }
    found.set(name, property.value);
  }
  return found;
}

/** Sets an option of a call, to true if nothing else is said; undefined where its options are not written out. */
export function withOption(
  { arguments: given, end }: CallExpression,
  position: number,
  option: string,
  value = "true",
): TextEdit | undefined {
  const options = given[position];
  const last = given.at(-1);
  if (last === undefined || given.some(({ type }) => type === "SpreadElement")) {
    return undefined;
  }
  if (options === undefined) {
    const left = ", undefined".repeat(position - given.length);
    const at = last.end ?? end ?? 0;
    return { range: { start: at, end: at }, newText: `${left}, { ${option}: ${value} }` };
  }
  const object = withoutTypes(options);
  if (object.type !== "ObjectExpression") {
    return undefined;
  }
  const old = propertyOf(object, option);
  if (old !== undefined) {
    return { range: rangeOf(old), newText: value };
  }
  const at = (object.start ?? 0) + 1;
  const rest = object.properties.length === 0 ? " " : ",";
  return { range: { start: at, end: at }, newText: ` ${option}: ${value}${rest}` };
}

export function propertyOf({ properties }: ObjectExpression, name: string): Node | undefined {
  const property = properties.find((each) => each.type === "ObjectProperty" && propertyName(each) === name);
  return property?.type === "ObjectProperty" ? property.value : undefined;
}
