import { quoteIdentifier, quoteQualifiedName } from "../../sql/quote";
import { propertiesOf, writtenOf, type CallStatement } from "./callEdits";
import { notNullSteps } from "./constraintSteps";
import type { LintFix } from "./lintFix";

/**
 * Adds a column without its default, which new rows then get; fills the rows that are there after the transaction; and sets
 * NOT NULL at the end.
 */
export function defaultLater(statement: CallStatement, method: string): LintFix | undefined {
  const { call, op, text, indent } = statement;
  const [table, column, definition, ...more] = call.arguments;
  const options = propertiesOf(definition);
  const [value, nullable] = [options?.get("default"), options?.get("nullable")];
  const schemaNode = propertiesOf(more[0])?.get("schema");
  const isKnown =
    [...(options?.keys() ?? [])].every((key) =>
      ["type", "default", "nullable", "comment", "collation"].includes(key),
    ) &&
    (more.length === 0 || schemaNode?.type === "StringLiteral") &&
    (nullable === undefined || nullable.type === "BooleanLiteral");
  if (
    method !== "addColumn" ||
    table?.type !== "StringLiteral" ||
    column?.type !== "StringLiteral" ||
    options === undefined ||
    value === undefined ||
    !isKnown
  ) {
    return undefined;
  }
  const schema = schemaNode?.type === "StringLiteral" ? schemaNode.value : undefined;
  const written = schemaNode && writtenOf(schemaNode, text);
  const isRequired = nullable?.type === "BooleanLiteral" && !nullable.value;
  const required = isRequired ? notNullSteps(statement, table.value, column.value, written) : undefined;
  if (isRequired && required === undefined) {
    return undefined;
  }
  const place = `${writtenOf(table, text)}, ${writtenOf(column, text)}`;
  const inSchema = written === undefined ? "" : `, schema: ${written}`;
  const kept = [...options].filter(([key]) => key !== "default" && key !== "nullable");
  const properties = kept.map(([key, node]) => `${key}: ${writtenOf(node, text)}`).join(", ");
  const ofSchema = written === undefined ? "" : `, { schema: ${written} }`;
  const name = quoteIdentifier(column.value);
  const fill = `UPDATE ${quoteQualifiedName(schema, table.value)} SET ${name} = DEFAULT WHERE ${name} IS NULL`;
  const lines = [
    `await ${op}.addColumn(${place}, { ${properties} }${ofSchema});`,
    `await ${op}.alterColumn(${place}, { default: ${writtenOf(value, text)}${inSchema} });`,
    `await ${op}.autocommitBlock(async () => {`,
    `  await ${op}.execute(${JSON.stringify(fill)});`,
    "});",
    ...(required === undefined
      ? []
      : [
          ...required.before,
          `await ${op}.alterColumn(${place}, { nullable: false${inSchema} });`,
          ...required.after,
        ]),
  ];
  const { start, end } = statement;
  return { kind: "default-later", edits: [{ range: { start, end }, newText: lines.join(`\n${indent}`) }] };
}
