import { tableSubject } from "../kind";
import type { KindTable } from "../kind";
import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { call, defaultArgument } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { present } from "../sparse";
import { sqlText } from "../sqlFragment";
import type { AddColumn, AlterColumn, ColumnOperation, DropColumn } from "./column";
import { columnArgument, identityArgument } from "./columnArguments";

/** The ways back, the printed calls and the words of each operation on columns. */
export const columnKinds: KindTable<ColumnOperation> = {
  addColumn: {
    invert: ({ table, schema, column, constraints, ifNotExists }) =>
      present<DropColumn>({
        kind: "dropColumn",
        table,
        schema,
        column: column.name,
        ifExists: ifNotExists,
        was: { column, constraints },
      }),
    calls: addColumnCall,
    subject: (operation) => `${tableSubject(operation)}.${operation.column.name}`,
  },
  dropColumn: {
    invert: ({ table, schema, was, ifExists }) =>
      was === undefined
        ? undefined
        : present<AddColumn>({ kind: "addColumn", table, schema, ...was, ifNotExists: ifExists }),
    calls: dropColumnCall,
    subject: (operation) => `${tableSubject(operation)}.${operation.column}`,
  },
  alterColumn: {
    invert: invertAlterColumn,
    calls: alterColumnCalls,
    subject: (operation) =>
      `${tableSubject(operation)}.${operation.column} (${columnChanges(operation).join(", ")})`,
  },
};

/** What was changed has to be known as it was; only for `nullable` the change itself says it. */
function invertAlterColumn(operation: AlterColumn): Operation | undefined {
  const pairs = [
    [operation.type, operation.existingType],
    [operation.default, operation.existingDefault],
    [operation.identity, operation.existingIdentity],
    [operation.comment, operation.existingComment],
  ];
  const isUnknown = pairs.some(([change, existing]) => change !== undefined && existing === undefined);
  if (
    isUnknown ||
    operation.generated === null ||
    operation.collation !== undefined ||
    changesShape(operation)
  ) {
    return undefined;
  }
  return present<AlterColumn>({
    kind: "alterColumn",
    table: operation.table,
    schema: operation.schema,
    column: operation.newName ?? operation.column,
    ...typeBack(operation),
    ...nullableBack(operation),
    ...(operation.default === undefined
      ? { existingDefault: operation.existingDefault }
      : { default: operation.existingDefault, existingDefault: operation.default }),
    ...(operation.identity === undefined
      ? { existingIdentity: operation.existingIdentity }
      : { identity: operation.existingIdentity, existingIdentity: operation.identity }),
    ...(operation.comment === undefined
      ? { existingComment: operation.existingComment }
      : { comment: operation.existingComment, existingComment: operation.comment }),
    newName: operation.newName === undefined ? undefined : operation.column,
  });
}

/** Between one value and an array of them no cast leads back to what was there. */
function changesShape({ type, existingType }: AlterColumn): boolean {
  return type !== undefined && existingType !== undefined && isArray(type) !== isArray(existingType);
}

function isArray(type: string): boolean {
  return /\]\s*$/.test(type) || /\barray\b/i.test(type);
}

type Change = "type" | "existingType" | "using" | "nullable" | "existingNullable";

type Back = { readonly [Key in Change]?: AlterColumn[Key] | undefined };

/** A change that needed USING needs one on the way back: the cast, which is all that can be known. */
function typeBack({ type, existingType, using, column, newName }: AlterColumn): Back {
  if (type === undefined) {
    return { existingType };
  }
  const name = `"${(newName ?? column).replaceAll('"', '""')}"`;
  const cast =
    using === undefined || existingType === undefined ? undefined : sqlText(`${name}::${existingType}`);
  return { type: existingType, existingType: type, using: cast };
}

function nullableBack({ nullable, existingNullable }: AlterColumn): Back {
  return nullable === undefined
    ? { existingNullable }
    : { nullable: existingNullable ?? !nullable, existingNullable: nullable };
}

function addColumnCall(
  operation: AddColumn,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { table, column, constraints, schema, ifNotExists } = operation;
  const printed = columnArgument(column, constraints, convention);
  return [call("addColumn", [table, column.name, printed], { schema, ifNotExists })];
}

function dropColumnCall(
  operation: DropColumn,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { table, column, schema, ifExists, cascade, was } = operation;
  return [
    call("dropColumn", [table, column], {
      schema,
      ifExists,
      cascade,
      was: was === undefined ? undefined : columnArgument(was.column, was.constraints, convention),
    }),
  ];
}

function alterColumnCalls(operation: AlterColumn): readonly OperationCall[] {
  const { kind: _kind, table, column, schema, newName, ...changes } = operation;
  const altered = call("alterColumn", [table, column], {
    ...changes,
    default: defaultArgument(changes.default),
    identity: identityArgument(changes.identity),
    newName,
    existingDefault: defaultArgument(changes.existingDefault),
    existingIdentity: identityArgument(changes.existingIdentity),
    schema,
  });
  const options = altered.input.length === 2 ? { ...altered, input: [...altered.input, {}] } : altered;
  return newName === undefined
    ? [options]
    : [call("renameColumn", [table, column, newName], { schema }), options];
}

function columnChanges(operation: AlterColumn): readonly string[] {
  const { type, nullable, newName, comment, collation, existingType } = operation;
  // A collation is changed by naming the type again.
  const isOtherType = type !== undefined && type !== existingType;
  const isOtherCollation = collation !== undefined || (type !== undefined && !isOtherType);
  return [
    ...(isOtherType ? [`type ${existingType ?? ""} to ${type}`] : []),
    ...(isOtherCollation ? [`collation ${collation ?? "default"}`] : []),
    ...(nullable === undefined ? [] : [nullable ? "nullable" : "not null"]),
    ...(operation.default === undefined ? [] : ["default"]),
    ...(operation.identity === undefined ? [] : ["identity"]),
    ...(operation.generated === undefined ? [] : ["generated"]),
    ...(comment === undefined ? [] : ["comment"]),
    ...(newName === undefined ? [] : [`name ${newName}`]),
  ];
}
