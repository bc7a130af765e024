import type { CallExpression, Node, ObjectExpression } from "@babel/types";
import { walk } from "../source/calls/bindings";
import type { NodePath } from "../source/calls/bindings";
import { operationCallOf } from "../source/calls/callAt";
import { propertyName, rangeOf, withoutTypes } from "../source/constantValues";
import type { TextEdit } from "../source/textEdit";
import type { WrittenRevision } from "../sql/callSql";
import type { LintFinding } from "./finding";

/** A way to write the safe form. */
export interface LintFix {
  readonly kind: "concurrently" | "validate-later";
  readonly edits: readonly TextEdit[];
}

/** The calls whose options have `concurrently`, with the number of arguments before the options. */
const concurrentCalls: ReadonlyMap<string, number> = new Map([
  ["createIndex", 3],
  ["dropIndex", 2],
  ["refreshMaterializedView", 1],
  ["detachPartition", 2],
]);

interface CheckedCall {
  readonly position: number;
  /** The option that names the table's schema. */
  readonly schema: string;
  readonly type: string;
}

/** The calls whose options have `notValid`. */
const checkedCalls: ReadonlyMap<string, CheckedCall> = new Map([
  ["createCheckConstraint", { position: 3, schema: "schema", type: "check" }],
  ["createForeignKey", { position: 5, schema: "sourceSchema", type: "foreignkey" }],
]);

/** The fix of a finding, where it is mechanical. */
export function fixOf(
  { code, call, range, sql }: LintFinding,
  written: WrittenRevision,
): LintFix | undefined {
  const path = callAt(written, call.start, call.end);
  const node = path?.at(-1);
  const found = path && node?.type === "CallExpression" ? operationCallOf(node, path) : undefined;
  if (path === undefined || found === undefined) {
    return undefined;
  }
  switch (code) {
    case "index-not-concurrent":
    case "drop-index-not-concurrent":
    case "refresh-not-concurrent":
    case "detach-partition-not-concurrent": {
      if (found.method === "execute") {
        return concurrentSql(sql, range.start, found.call, written.text);
      }
      const position = found.batch === undefined ? concurrentCalls.get(found.method) : undefined;
      const edit = position === undefined ? undefined : withOption(found.call, position, "concurrently");
      return edit && { kind: "concurrently", edits: [edit] };
    }
    case "check-constraint-scans":
    case "foreign-key-scans":
      return validatedLater(found.method, found.call, path, written.text);
    default:
      return undefined;
  }
}

function callAt({ program }: WrittenRevision, start: number, end: number): NodePath | undefined {
  let found: NodePath | undefined;
  walk(program, (path, node) => {
    if (node.type === "CallExpression" && node.start === start && node.end === end) {
      found = path;
    }
    return found === undefined && (node.start ?? 0) <= start && end <= (node.end ?? 0);
  });
  return found;
}

/** Sets an option of a call to true; undefined where its options are not written out. */
function withOption(
  { arguments: given, end }: CallExpression,
  position: number,
  option: string,
): TextEdit | undefined {
  const options = given[position];
  const last = given.at(-1);
  if (last === undefined || given.some(({ type }) => type === "SpreadElement")) {
    return undefined;
  }
  if (options === undefined) {
    const left = ", undefined".repeat(position - given.length);
    const at = last.end ?? end ?? 0;
    return { range: { start: at, end: at }, newText: `${left}, { ${option}: true }` };
  }
  const object = withoutTypes(options);
  if (object.type !== "ObjectExpression") {
    return undefined;
  }
  const old = propertyOf(object, option);
  if (old !== undefined) {
    return { range: rangeOf(old), newText: "true" };
  }
  const at = (object.start ?? 0) + 1;
  const rest = object.properties.length === 0 ? " " : ",";
  return { range: { start: at, end: at }, newText: ` ${option}: true${rest}` };
}

function propertyOf({ properties }: ObjectExpression, name: string): Node | undefined {
  const property = properties.find((each) => each.type === "ObjectProperty" && propertyName(each) === name);
  return property?.type === "ObjectProperty" ? property.value : undefined;
}

/** Puts CONCURRENTLY into the one statement that a call is given as written. */
function concurrentSql(sql: string, start: number, call: CallExpression, text: string): LintFix | undefined {
  const [argument] = call.arguments;
  const word = /^(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX|REFRESH\s+MATERIALIZED\s+VIEW)\b/i.exec(
    sql,
  )?.[0];
  const literal = argument && withoutTypes(argument);
  if (word === undefined || literal === undefined || !text.startsWith(sql, start)) {
    return undefined;
  }
  const { start: from, end: to } = rangeOf(literal);
  const around = text.slice(from, start) + text.slice(start + sql.length, to);
  const at = start + word.length;
  return /^(?:sql)?["'`\s;]*$/.test(around)
    ? { kind: "concurrently", edits: [{ range: { start: at, end: at }, newText: " CONCURRENTLY" }] }
    : undefined;
}

/** Adds the constraint as NOT VALID, and validates it after the transaction. */
function validatedLater(
  method: string,
  call: CallExpression,
  path: NodePath,
  text: string,
): LintFix | undefined {
  const checked = checkedCalls.get(method);
  const [ofFunction, block, statement, awaited] = path.slice(-5);
  const [name, table] = call.arguments;
  const edit = checked && withOption(call, checked.position, "notValid");
  const isPlain =
    awaited?.type === "AwaitExpression" &&
    statement?.type === "ExpressionStatement" &&
    block?.type === "BlockStatement" &&
    ofFunction?.type === "FunctionDeclaration" &&
    name?.type === "StringLiteral";
  if (checked === undefined || edit === undefined || table === undefined || !isPlain) {
    return undefined;
  }
  const options = call.arguments[checked.position];
  const object = options && withoutTypes(options);
  const schema = object?.type === "ObjectExpression" ? propertyOf(object, checked.schema) : undefined;
  const written = (node: Node): string => text.slice(node.start ?? 0, node.end ?? 0);
  const op = call.callee.type === "MemberExpression" ? written(call.callee.object) : "op";
  const inSchema = schema === undefined ? "" : `, schema: ${written(schema)}`;
  const line = text.lastIndexOf("\n", statement.start ?? 0) + 1;
  const indent = /^\s*/.exec(text.slice(line, statement.start ?? 0))?.[0] ?? "";
  const at = statement.end ?? 0;
  const later = [
    "",
    `await ${op}.autocommitBlock(async () => {`,
    `  await ${op}.validateConstraint(${written(name)}, ${written(table)}, { type: "${checked.type}"${inSchema} });`,
    "});",
  ].join(`\n${indent}`);
  return { kind: "validate-later", edits: [edit, { range: { start: at, end: at }, newText: later }] };
}
