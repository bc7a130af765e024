import { tableSubject } from "../kind";
import type { KindTable, OperationKind } from "../kind";
import { namedKind } from "../namingConvention";
import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { call, nameArgument } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { present } from "../sparse";
import type { ConstraintOperation, DropConstraint } from "./constraint";
import { constraintOptions, excludeArguments } from "./constraintArguments";
import type { ConstraintDefinition, ConstraintType } from "./constraintDefinition";

type CreateConstraint = Extract<ConstraintOperation, { readonly constraint: ConstraintDefinition }>;

const creating: OperationKind<CreateConstraint> = {
  invert: invertCreateConstraint,
  calls: createConstraintCall,
  subject: (operation) => `${operation.constraint.name ?? ""} on ${tableSubject(operation)}`,
};

/** The ways back, the printed calls and the words of each operation on constraints. */
export const constraintKinds: KindTable<ConstraintOperation> = {
  createPrimaryKey: creating,
  createForeignKey: creating,
  createUniqueConstraint: creating,
  createCheckConstraint: creating,
  createExcludeConstraint: creating,
  dropConstraint: {
    invert: invertDropConstraint,
    calls: dropConstraintCall,
    subject: (operation) => `${operation.name ?? "without a name"} on ${tableSubject(operation)}`,
  },
  validateConstraint: {
    invert: () => undefined,
    calls: ({ kind, name, table, schema }) => [call(kind, [name, table], { schema })],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)}`,
  },
  renameConstraint: {
    invert: (operation) => ({ ...operation, name: operation.newName, newName: operation.name }),
    calls: ({ kind, table, name, newName, schema }) => [call(kind, [table, name, newName], { schema })],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)} to ${operation.newName}`,
  },
};

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
function invertCreateConstraint(operation: CreateConstraint): Operation | undefined {
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
  if (was === undefined || name === undefined) {
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

function createConstraintCall(
  operation: CreateConstraint,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { kind, table, schema, constraint } = operation;
  const options = constraintOptions(constraint);
  const named = (type: Parameters<typeof namedKind>[0]): unknown =>
    constraint.name === undefined ? null : nameArgument(constraint.name, namedKind(type), convention);
  switch (constraint.kind) {
    case "primaryKey":
      return [call(kind, [named("primary"), table, constraint.columns], { ...options, schema })];
    case "unique":
      return [call(kind, [named("unique"), table, constraint.columns], { ...options, schema })];
    case "check":
      return [call(kind, [named("check"), table, constraint.condition], { ...options, schema })];
    case "exclude":
      return [call(kind, [named("exclude"), table, excludeArguments(constraint)], { ...options, schema })];
    case "foreignKey": {
      const { references, columns } = constraint;
      const input = [named("foreignkey"), table, references.table, columns, references.columns ?? []];
      return [call(kind, input, { ...options, sourceSchema: schema })];
    }
  }
}

function dropConstraintCall(
  operation: DropConstraint,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { name, table, type, schema, ifExists, cascade, was } = operation;
  const printedName =
    name === undefined ? null : type === undefined ? name : nameArgument(name, namedKind(type), convention);
  return [call("dropConstraint", [printedName, table], { type, schema, ifExists, cascade, was })];
}
