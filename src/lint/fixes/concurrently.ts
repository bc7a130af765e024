import type { CallExpression } from "@babel/types";
import type { OperationCall } from "../../source/calls/callAt";
import { rangeOf, withoutTypes } from "../../source/constantValues";
import type { LintFinding } from "../finding";
import { withOption } from "./callEdits";
import type { LintFix } from "./lintFix";

/** The calls whose options have `concurrently`, with the number of arguments before the options. */
const concurrentCalls: ReadonlyMap<string, number> = new Map([
  ["createIndex", 3],
  ["dropIndex", 2],
  ["refreshMaterializedView", 1],
  ["detachPartition", 2],
]);

/** Does what the call does with CONCURRENTLY. */
export function concurrently(
  { method, call, batch }: OperationCall,
  { sql, range }: LintFinding,
  text: string,
): LintFix | undefined {
  if (method === "execute") {
    return concurrentSql(sql, range.start, call, text);
  }
  const position = batch === undefined ? concurrentCalls.get(method) : undefined;
  const edit = position === undefined ? undefined : withOption(call, position, "concurrently");
  return edit && { kind: "concurrently", edits: [edit] };
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
