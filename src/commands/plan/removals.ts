import type { Node } from "libpg-query";
import type { LintSurroundings } from "../../lint/rule";
import {
  isChange,
  nodeOf,
  nodesBelow,
  objectName,
  relationName,
  strings,
  tableChanges,
} from "../../lint/syntaxTree";

/** Whether a text names what removes data. */
export function mayRemove(text: string): boolean {
  return /\b(?:drop|truncate|delete)\b/i.test(text.replaceAll(/\bdrop(?=[A-Z])/g, "drop "));
}

/** Whether a statement may be one that the grammar has to be asked about: no other removes data. */
export function isSuspect(text: string): boolean {
  return /\b(?:drop|truncate|delete|type)\b/i.test(text);
}

/** What lint lets be in a revision that somebody reads, and an approval is asked for. */
export function removalsOf(
  node: Node,
  text: string,
  { isNew }: Pick<LintSurroundings, "isNew">,
): readonly string[] {
  if (nodeOf(node, "CreateFunctionStmt") !== undefined) {
    return [];
  }
  const merges = nodesBelow(node, "MergeStmt").filter(({ mergeWhenClauses }) =>
    nodesBelow(mergeWhenClauses, "MergeWhenClause").some(({ commandType }) => commandType === "CMD_DELETE"),
  );
  const emptied = [...nodesBelow(node, "DeleteStmt"), ...merges].map(({ relation }) =>
    relationName(relation),
  );
  return [
    ...emptied.filter((name) => !isNew(name)).map((name) => `Rows of ${name} are deleted.`),
    ...recomputed(node, isNew),
    ...(nodeOf(node, "DoStmt") !== undefined && mayRemove(text)
      ? ["It runs a DO block that names statements that remove data."]
      : []),
    ...(sendsText(node) ? ["It gives a function SQL that removes data."] : []),
  ];
}

/** The function or procedure that a statement makes, if its body names what removes data. */
export function removingRoutine(node: Node, text: string): string | undefined {
  const made = nodeOf(node, "CreateFunctionStmt");
  return made !== undefined && mayRemove(text) ? strings(made.funcname).at(-1) : undefined;
}

/** Whether a statement calls one of these routines. */
export function callsOne(node: Node, routines: ReadonlySet<string>): string | undefined {
  return nodesBelow(node, "FuncCall")
    .map(({ funcname }) => strings(funcname).at(-1) ?? "")
    .find((name) => routines.has(name));
}

/** Columns whose new values are an expression other than the old ones, converted. */
function recomputed(node: Node, isNew: (name: string) => boolean): readonly string[] {
  return tableChanges(node).flatMap((change) => {
    const using = nodeOf(change.command.def, "ColumnDef")?.raw_default;
    if (!isChange(change, "AT_AlterColumnType") || using === undefined || isNew(change.table)) {
      return [];
    }
    const { name = "" } = change.command;
    return isConversion(using, name) ? [] : [`All values of ${change.table}.${name} are replaced.`];
  });
}

function isConversion(expression: Node, column: string): boolean {
  const cast = nodeOf(expression, "TypeCast");
  if (cast?.arg !== undefined) {
    return isConversion(cast.arg, column);
  }
  const reference = nodeOf(expression, "ColumnRef");
  return reference?.fields?.length === 1 && objectName(reference.fields[0]) === column;
}

/** Such as `dblink_exec` and `cron.schedule` are given. */
function sendsText(node: Node): boolean {
  return nodesBelow(node, "FuncCall").some(({ args }) =>
    nodesBelow(args, "A_Const").some(
      (value) => "sval" in value && /\b(?:drop|truncate|delete\s+from)\s/i.test(value.sval.sval ?? ""),
    ),
  );
}
