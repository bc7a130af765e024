import type { Program } from "@babel/types";
import type { TextEdit } from "../../source/textEdit";
import type { WrittenRevision } from "../../sql/callSql";
import { quoteIdentifier, quoteQualifiedName } from "../../sql/quote";
import { after, propertiesOf, writtenOf, type CallStatement } from "./callEdits";
import type { LintFix } from "./lintFix";

/** Keeps the old name of a table as a view, which reads and writes the renamed table; `downgrade` drops the view first. */
export function viewOfOldName(
  statement: CallStatement,
  method: string,
  { program }: WrittenRevision,
): LintFix | undefined {
  const { call, op, text } = statement;
  const [from, to, given] = call.arguments;
  const schema = propertiesOf(given)?.get("schema");
  if (
    method !== "renameTable" ||
    from?.type !== "StringLiteral" ||
    to?.type !== "StringLiteral" ||
    (given !== undefined && schema?.type !== "StringLiteral")
  ) {
    return undefined;
  }
  const inSchema = schema === undefined ? "" : `, { schema: ${writtenOf(schema, text)} }`;
  const old = writtenOf(from, text);
  const renamed =
    schema?.type === "StringLiteral" ? quoteQualifiedName(schema.value, to.value) : quoteIdentifier(to.value);
  const create = `await ${op}.createView(${old}, ${JSON.stringify(`SELECT * FROM ${renamed}`)}${inSchema});`;
  const drop = atStartOf("downgrade", program, `await ${op}.dropView(${old}${inSchema});`, statement.indent);
  return drop && { kind: "old-name", edits: [after(statement, [create]), drop] };
}

/** Undefined where the function is not written as one. */
function atStartOf(name: string, program: Program, line: string, indent: string): TextEdit | undefined {
  const declared = program.body
    .map((node) => (node.type === "ExportNamedDeclaration" ? node.declaration : node))
    .find((node) => node?.type === "FunctionDeclaration" && node.id?.name === name);
  if (declared?.type !== "FunctionDeclaration") {
    return undefined;
  }
  const at = (declared.body.start ?? 0) + 1;
  return { range: { start: at, end: at }, newText: `\n${indent}${line}` };
}
