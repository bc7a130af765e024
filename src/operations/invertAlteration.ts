import type { ConstraintDefinition } from "./definitions";
import type { Operation } from "./operation";
import type { AddColumn, AlterColumn, DropColumn } from "./records/column";
import type { DropConstraint } from "./records/constraint";
import type { ConstraintType } from "./definitions";
import type { CreateIndex, DropIndex } from "./records/tableIndex";
import { present } from "./sparse";
import { sqlText } from "./sqlFragment";

/** The way back of operations on columns, indexes and constraints; undefined also for all others. */
export function invertAlteration(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "addColumn": {
      const { table, schema, column, constraints, ifNotExists: ifExists } = operation;
      return present<DropColumn>({
        kind: "dropColumn",
        table,
        schema,
        column: column.name,
        ifExists,
        was: { column, constraints },
      });
    }
    case "dropColumn": {
      const { table, schema, was, ifExists: ifNotExists } = operation;
      return was === undefined
        ? undefined
        : present<AddColumn>({ kind: "addColumn", table, schema, ...was, ifNotExists });
    }
    case "alterColumn":
      return invertAlterColumn(operation);
    case "createIndex":
      return invertCreateIndex(operation);
    case "dropIndex":
      return invertDropIndex(operation);
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createExcludeConstraint":
      return invertCreateConstraint(operation);
    case "dropConstraint":
      return invertDropConstraint(operation);
    case "renameConstraint":
      return { ...operation, name: operation.newName, newName: operation.name };
    default:
      return undefined;
  }
}

function invertCreateIndex({ table, schema, index, concurrently, ifNotExists }: CreateIndex): Operation {
  return present<DropIndex>({
    kind: "dropIndex",
    name: index.name,
    table,
    schema,
    ifExists: ifNotExists,
    concurrently,
    was: index,
  });
}

function invertDropIndex({ table, schema, was, concurrently, ifExists }: DropIndex): Operation | undefined {
  return was === undefined || table === undefined
    ? undefined
    : present<CreateIndex>({
        kind: "createIndex",
        table,
        schema,
        index: was,
        concurrently,
        ifNotExists: ifExists,
      });
}

const constraintTypes: Readonly<Record<ConstraintDefinition["kind"], ConstraintType>> = {
  primaryKey: "primary",
  foreignKey: "foreignkey",
  unique: "unique",
  check: "check",
  exclude: "exclude",
};

/**
 * Without a name PostgreSQL chose one, which only the database knows; and an index that a constraint took over would
 * go with it.
 */
function invertCreateConstraint(operation: {
  readonly table: string;
  readonly schema?: string;
  readonly constraint: ConstraintDefinition;
}): Operation | undefined {
  const { table, schema, constraint } = operation;
  const takesIndex = "usingIndex" in constraint && constraint.usingIndex !== undefined;
  return constraint.name === undefined || takesIndex
    ? undefined
    : present<DropConstraint>({
        kind: "dropConstraint",
        table,
        schema,
        name: constraint.name,
        type: constraintTypes[constraint.kind],
        was: constraint,
      });
}

function invertDropConstraint({ table, schema, name, was }: DropConstraint): Operation | undefined {
  if (was === undefined) {
    return undefined;
  }
  const place = schema === undefined ? { table } : { table, schema };
  switch (was.kind) {
    case "primaryKey":
      return { kind: "createPrimaryKey", ...place, constraint: { ...was, name } };
    case "foreignKey":
      return { kind: "createForeignKey", ...place, constraint: { ...was, name } };
    case "unique":
      return { kind: "createUniqueConstraint", ...place, constraint: { ...was, name } };
    case "check":
      return { kind: "createCheckConstraint", ...place, constraint: { ...was, name } };
    case "exclude":
      return { kind: "createExcludeConstraint", ...place, constraint: { ...was, name } };
  }
}

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
