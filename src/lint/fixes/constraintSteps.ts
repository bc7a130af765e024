import { withoutTypes } from "../../source/constantValues";
import { quoteIdentifier } from "../../sql/quote";
import {
  after,
  before,
  propertiesOf,
  propertyOf,
  withOption,
  writtenOf,
  type CallStatement,
} from "./callEdits";
import type { LintFix } from "./lintFix";

/** PostgreSQL cuts a name after so many bytes. */
const longestName = 63;

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

/** Adds the constraint as NOT VALID, and validates it after the transaction. */
export function validatedLater(statement: CallStatement, method: string): LintFix | undefined {
  const { call, text } = statement;
  const checked = checkedCalls.get(method);
  const [name, table] = call.arguments;
  const edit = checked && withOption(call, checked.position, "notValid");
  if (checked === undefined || edit === undefined || table === undefined || name?.type !== "StringLiteral") {
    return undefined;
  }
  const options = call.arguments[checked.position];
  const object = options && withoutTypes(options);
  const schema = object?.type === "ObjectExpression" ? propertyOf(object, checked.schema) : undefined;
  const lines = validation(statement, {
    name: writtenOf(name, text),
    table: writtenOf(table, text),
    type: checked.type,
    schema: schema && writtenOf(schema, text),
  });
  return { kind: "validate-later", edits: [edit, after(statement, lines)] };
}

/** Builds the index of a UNIQUE constraint concurrently, and makes it the constraint's. */
export function uniqueByIndex(statement: CallStatement, method: string): LintFix | undefined {
  const { call, text, op } = statement;
  const [name, table, columns, given] = call.arguments;
  const options = propertiesOf(given);
  const edit = withOption(call, 3, "usingIndex", name && writtenOf(name, text));
  // An index of other than the plain columns must be written by hand.
  const isPlain = [...(options?.keys() ?? [])].every((key) =>
    ["schema", "deferrable", "initially"].includes(key),
  );
  if (
    method !== "createUniqueConstraint" ||
    name?.type !== "StringLiteral" ||
    table === undefined ||
    columns === undefined ||
    options === undefined ||
    edit === undefined ||
    !isPlain
  ) {
    return undefined;
  }
  const schema = options.get("schema");
  const [index, ofTable, of] = [name, table, columns].map((node) => writtenOf(node, text));
  const inSchema = schema === undefined ? "" : `, schema: ${writtenOf(schema, text)}`;
  const line = `await ${op}.createIndex(${index ?? ""}, ${ofTable ?? ""}, ${of ?? ""}, { unique: true, concurrently: true${inSchema} });`;
  return { kind: "unique-by-index", edits: [before(statement, [line]), edit] };
}

/**
 * Sets the columns of a primary key NOT NULL without reading them under the lock, builds the key's index concurrently, and makes it
 * the key's.
 */
export function primaryKeyByIndex(statement: CallStatement, method: string): LintFix | undefined {
  const { call, text, op } = statement;
  const [name, table, columns, given] = call.arguments;
  const options = propertiesOf(given);
  const edit = withOption(call, 3, "usingIndex", name && writtenOf(name, text));
  const columnNames = columns?.type === "ArrayExpression" ? columns.elements : [];
  const isPlain = [...(options?.keys() ?? [])].every((key) => key === "schema");
  if (
    method !== "createPrimaryKey" ||
    name?.type !== "StringLiteral" ||
    table?.type !== "StringLiteral" ||
    columns === undefined ||
    columnNames.length === 0 ||
    edit === undefined ||
    !isPlain
  ) {
    return undefined;
  }
  const schemaNode = options?.get("schema");
  const schema = schemaNode && writtenOf(schemaNode, text);
  const inSchema = schema === undefined ? "" : `, schema: ${schema}`;
  const [index, ofTable, ofColumns] = [name, table, columns].map((node) => writtenOf(node, text));
  const lines: string[] = [];
  for (const column of columnNames) {
    const steps =
      column?.type === "StringLiteral"
        ? notNullSteps(statement, table.value, column.value, schema)
        : undefined;
    if (steps === undefined || column === null) {
      return undefined;
    }
    const set = `await ${op}.alterColumn(${ofTable ?? ""}, ${writtenOf(column, text)}, { nullable: false${inSchema} });`;
    lines.push(...steps.before, set, ...steps.after);
  }
  lines.push(
    `await ${op}.createIndex(${index ?? ""}, ${ofTable ?? ""}, ${ofColumns ?? ""}, { unique: true, concurrently: true${inSchema} });`,
  );
  return { kind: "key-by-index", edits: [before(statement, lines), edit] };
}

/** Sets NOT NULL after a CHECK constraint that was validated online, so that nothing is read under the lock. */
export function checkedNotNull(statement: CallStatement, method: string): LintFix | undefined {
  const { call, text } = statement;
  const [table, column, changes] = call.arguments;
  const options = propertiesOf(changes);
  const nullable = options?.get("nullable");
  const isAlone = [...(options?.keys() ?? [])].every((key) => /^(?:nullable|schema|existing\w*)$/.test(key));
  if (
    method !== "alterColumn" ||
    table?.type !== "StringLiteral" ||
    column?.type !== "StringLiteral" ||
    nullable?.type !== "BooleanLiteral" ||
    nullable.value ||
    !isAlone
  ) {
    return undefined;
  }
  const schema = options?.get("schema");
  const made = notNullSteps(statement, table.value, column.value, schema && writtenOf(schema, text));
  return (
    made && {
      kind: "not-null-by-check",
      edits: [before(statement, made.before), after(statement, made.after)],
    }
  );
}

/** What goes before SET NOT NULL, and after it; undefined where the check's name would be too long. */
export function notNullSteps(
  statement: CallStatement,
  table: string,
  column: string,
  schema: string | undefined,
): { readonly before: readonly string[]; readonly after: readonly string[] } | undefined {
  // Not `…_not_null`: PostgreSQL 18 gives that name to what SET NOT NULL makes.
  const name = `${table}_${column}_is_not_null`;
  if (Buffer.byteLength(name) > longestName) {
    return undefined;
  }
  const { op } = statement;
  const [quoted, ofTable] = [name, table].map((each) => JSON.stringify(each));
  const condition = JSON.stringify(`${quoteIdentifier(column)} IS NOT NULL`);
  const inSchema = schema === undefined ? "" : `, schema: ${schema}`;
  return {
    before: [
      `await ${op}.createCheckConstraint(${quoted ?? ""}, ${ofTable ?? ""}, ${condition}, { notValid: true${inSchema} });`,
      ...validation(statement, { name: quoted ?? "", table: ofTable ?? "", type: "check", schema }),
    ],
    after: [`await ${op}.dropConstraint(${quoted ?? ""}, ${ofTable ?? ""}, { type: "check"${inSchema} });`],
  };
}

/** A constraint as the text of a revision names it. */
interface WrittenConstraint {
  readonly name: string;
  readonly table: string;
  readonly type: string;
  readonly schema: string | undefined;
}

function validation(
  { op }: CallStatement,
  { name, table, type, schema }: WrittenConstraint,
): readonly string[] {
  const inSchema = schema === undefined ? "" : `, schema: ${schema}`;
  return [
    `await ${op}.autocommitBlock(async () => {`,
    `  await ${op}.validateConstraint(${name}, ${table}, { type: "${type}"${inSchema} });`,
    "});",
  ];
}
