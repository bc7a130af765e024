import { dropFlags, makeDefault } from "../makers";
import type { MakeContext, Makers } from "../makers";
import type { Operation } from "../operation";
import { OperationError } from "../operationError";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { flag, present } from "../sparse";
import { fragmentOf } from "../sqlFragment";
import type {
  ColumnOperations,
  AddColumn,
  AddColumnOptions,
  AlterColumn,
  AlterColumnOptions,
  DropColumn,
} from "./column";
import { columnKeys, makeColumn, makeIdentity } from "./makeColumn";

/** What the method takes besides the column. */
export const addColumnKeys: OptionKeys<AddColumnOptions> = { ...schemaKeys, ifNotExists: "flag" };

const alterColumnKeys: OptionKeys<AlterColumnOptions> = {
  type: "text",
  using: "sql",
  collation: "text",
  nullable: "flag",
  default: "any",
  identity: "objectTextOrNull",
  generated: "any",
  comment: "textOrNull",
  newName: "text",
  existingType: "text",
  existingNullable: "flag",
  existingDefault: "any",
  existingIdentity: "objectTextOrNull",
  existingComment: "textOrNull",
  schema: "text",
};

/** The makers of operations on columns. */
export function columnMakers(context: MakeContext): Makers<keyof ColumnOperations> {
  return {
    addColumn: (table, name, definition, { schema, ifNotExists } = {}) =>
      present<AddColumn>({
        kind: "addColumn",
        table,
        schema,
        ...makeColumn(context, table, name, definition),
        ifNotExists: flag(ifNotExists),
      }),
    dropColumn: (table, column, options = {}) =>
      present<DropColumn>({
        kind: "dropColumn",
        table,
        column,
        ...dropFlags(options),
        was: options.was === undefined ? undefined : makeColumn(context, table, column, options.was),
      }),
    alterColumn: makeAlterColumn,
    renameColumn: (table, column, newName, { schema } = {}) =>
      present<AlterColumn>({ kind: "alterColumn", table, schema, column, newName }),
  };
}

function makeAlterColumn(table: string, column: string, changes: AlterColumnOptions): Operation {
  const subject = `the change of column "${column}" of "${table}"`;
  for (const key of ["using", "collation"] as const) {
    if (changes[key] !== undefined && changes.type === undefined) {
      throw new OperationError("invalid-argument", `"${key}" in ${subject} needs a "type" beside it.`);
    }
  }
  if (changes.generated !== undefined && changes.generated !== null) {
    throw new OperationError(
      "not-supported",
      `PostgreSQL cannot make an existing column a generated one: ${subject}.`,
      "Drop the column and add it again.",
    );
  }
  if (changes.type !== undefined && /^(small|big)?serial\d?$/i.test(changes.type.trim())) {
    throw new OperationError(
      "invalid-argument",
      `"${changes.type}" is a type for new columns only: ${subject}.`,
      'Give the integer type, and identity: "by default" for its numbers.',
    );
  }
  return present<AlterColumn>({
    kind: "alterColumn",
    table,
    schema: changes.schema,
    column,
    type: changes.type,
    using: changes.using === undefined ? undefined : fragmentOf(changes.using),
    collation: changes.collation,
    nullable: changes.nullable,
    default: makeDefault(changes.default),
    identity: optionalIdentity(changes.identity),
    generated: changes.generated,
    comment: changes.comment,
    newName: changes.newName,
    existingType: changes.existingType,
    existingNullable: changes.existingNullable,
    existingDefault: makeDefault(changes.existingDefault),
    existingIdentity: optionalIdentity(changes.existingIdentity),
    existingComment: changes.existingComment,
  });
}

function optionalIdentity(
  identity: AlterColumnOptions["identity"],
): ReturnType<typeof makeIdentity> | null | undefined {
  return identity === null || identity === undefined ? identity : makeIdentity(identity);
}

/** What their methods take. */
export const columnSignatures: Signatures<keyof ColumnOperations> = {
  addColumn: [given.table, given.column, ["definition", columnKeys], ["options?", addColumnKeys]],
  dropColumn: [given.table, given.column, ["options?", { ...dropKeys, was: columnKeys }]],
  alterColumn: [given.table, given.column, ["changes", alterColumnKeys]],
  renameColumn: [given.table, given.oldName, given.newName, given.schemaOption],
};
