import { columnArgument, defaultArgument, identityArgument } from "./columnArguments";
import type { PrintedOptions } from "./columnArguments";
import type { ConstraintDefinition, IndexDefinition, IndexElement } from "./definitions";
import { nameArgument } from "./nameArgument";
import { namedKind } from "./namingConvention";
import type { NamingConvention } from "./namingConvention";
import { objectCall } from "./objectCall";
import { call } from "./printedCall";
import type { OperationCall } from "./printedCall";
import type { Operation } from "./operation";
import type { AddColumn, AlterColumn, DropColumn } from "./records/column";
import type { DropConstraint } from "./records/constraint";
import type { BulkInsert } from "./records/data";
import type { CreateIndex, DropIndex } from "./records/tableIndex";
import type { CreateTable, DropTable } from "./records/table";
import { boundsArgument, constraintOptions, excludeArguments, tableArguments } from "./tableArguments";

/** The calls that may make an operation, the most natural first. */
export function operationCall(
  operation: Operation,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  switch (operation.kind) {
    case "createTable":
      return createTableCalls(operation, convention);
    case "dropTable":
      return dropTableCalls(operation, convention);
    case "alterColumn":
      return alterColumnCalls(operation);
    default:
      return [oneCall(operation, convention)];
  }
}

function oneCall(operation: Operation, convention: NamingConvention | undefined): OperationCall {
  switch (operation.kind) {
    case "renameTable":
      return call("renameTable", [operation.table, operation.newName], { schema: operation.schema });
    case "createTableComment": {
      const { schema, existingComment } = operation;
      return call("createTableComment", [operation.table, operation.comment], { schema, existingComment });
    }
    case "dropTableComment": {
      const { schema, existingComment } = operation;
      return call("dropTableComment", [operation.table], { schema, existingComment });
    }
    case "createPartition": {
      const { table, parent, schema, parentSchema, ifNotExists } = operation;
      const options = { schema, parentSchema, ifNotExists };
      return call("createPartition", [table, parent, boundsArgument(operation.bounds)], options);
    }
    case "attachPartition": {
      const { table, partition, schema, partitionSchema } = operation;
      const options = { schema, partitionSchema };
      return call("attachPartition", [table, partition, boundsArgument(operation.bounds)], options);
    }
    case "detachPartition": {
      const { table, partition, schema, partitionSchema, concurrently, was } = operation;
      const options = {
        schema,
        partitionSchema,
        concurrently,
        was: was === undefined ? undefined : boundsArgument(was),
      };
      return call("detachPartition", [table, partition], options);
    }
    case "bulkInsert":
      return bulkInsertCall(operation);
    case "execute": {
      const [text = ""] = operation.sql.text;
      const isPlain = operation.sql.values.length === 0 && !/[\n\r"\\]/.test(text);
      return { method: "execute", input: [isPlain ? text : operation.sql] };
    }
    case "addColumn":
      return addColumnCall(operation, convention);
    case "dropColumn":
      return dropColumnCall(operation, convention);
    case "createIndex":
      return createIndexCall(operation, convention);
    case "dropIndex":
      return dropIndexCall(operation, convention);
    case "createPrimaryKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createForeignKey":
    case "createExcludeConstraint":
      return createConstraintCall(operation, convention);
    case "dropConstraint":
      return dropConstraintCall(operation, convention);
    case "validateConstraint":
      return call("validateConstraint", [operation.name, operation.table], { schema: operation.schema });
    case "renameConstraint": {
      const { table, name, newName, schema } = operation;
      return call("renameConstraint", [table, name, newName], { schema });
    }
    default:
      return objectCall(operation);
  }
}

function createTableCalls(
  { kind: _kind, table, schema, ifNotExists, ...structure }: CreateTable,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  return tableArguments(structure, convention).map((printed) =>
    call("createTable", [table], { ...printed, schema, ifNotExists }),
  );
}

function dropTableCalls(
  { table, schema, ifExists, cascade, was }: DropTable,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const options = { schema, ifExists, cascade };
  return was === undefined
    ? [call("dropTable", [table], options)]
    : tableArguments(was, convention).map((printed) =>
        call("dropTable", [table], { ...options, was: printed }),
      );
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

function bulkInsertCall({ table, columns, rows, schema }: BulkInsert): OperationCall {
  const printed = rows.map((row, rowIndex) =>
    Object.fromEntries(
      columns.flatMap((column, index) => {
        const cell = row[index];
        const isLeftOut = rowIndex > 0 && JSON.stringify(cell) === defaultCell;
        return isLeftOut ? [] : [[column, cell]];
      }),
    ),
  );
  return call("bulkInsert", [table, printed], { schema });
}

const defaultCell = JSON.stringify({ kind: "sql", text: ["DEFAULT"], values: [] });

function addColumnCall(operation: AddColumn, convention: NamingConvention | undefined): OperationCall {
  const { table, column, constraints, schema, ifNotExists } = operation;
  const printed = columnArgument(column, constraints, convention);
  return call("addColumn", [table, column.name, printed], { schema, ifNotExists });
}

function dropColumnCall(operation: DropColumn, convention: NamingConvention | undefined): OperationCall {
  const { table, column, schema, ifExists, cascade, was } = operation;
  return call("dropColumn", [table, column], {
    schema,
    ifExists,
    cascade,
    was: was === undefined ? undefined : columnArgument(was.column, was.constraints, convention),
  });
}

function indexElementArgument(element: IndexElement): unknown {
  if (element.kind === "sql") {
    return element;
  }
  if (element.kind === "column") {
    const { kind: _kind, name, ...options } = element;
    return Object.keys(options).length === 0 ? name : { column: name, ...options };
  }
  const { kind: _kind, ...options } = element;
  return options;
}

function indexOptions({ name: _name, columns: _columns, ...options }: IndexDefinition): PrintedOptions {
  return options;
}

/** An index as one of a list. */
export function indexArgument(
  index: IndexDefinition,
  convention: NamingConvention | undefined,
): PrintedOptions {
  return {
    name: nameArgument(index.name, "ix", convention),
    columns: index.columns.map(indexElementArgument),
    ...indexOptions(index),
  };
}

function createIndexCall(operation: CreateIndex, convention: NamingConvention | undefined): OperationCall {
  const { table, index, schema, concurrently, ifNotExists } = operation;
  const columns = index.columns.map(indexElementArgument);
  const options = { ...indexOptions(index), concurrently, ifNotExists, schema };
  return call("createIndex", [nameArgument(index.name, "ix", convention), table, columns], options);
}

function dropIndexCall(operation: DropIndex, convention: NamingConvention | undefined): OperationCall {
  const { name, table, schema, ifExists, cascade, concurrently, was } = operation;
  const printed =
    was === undefined ? undefined : { columns: was.columns.map(indexElementArgument), ...indexOptions(was) };
  const options = { schema, ifExists, cascade, concurrently, was: printed };
  const printedName = nameArgument(name, "ix", convention);
  return call("dropIndex", table === undefined ? [printedName] : [printedName, table], options);
}

type CreateConstraint = Extract<Operation, { readonly constraint: ConstraintDefinition }>;

function createConstraintCall(
  operation: CreateConstraint,
  convention: NamingConvention | undefined,
): OperationCall {
  const { kind, table, schema, constraint } = operation;
  const options = constraintOptions(constraint);
  const named = (type: Parameters<typeof namedKind>[0]): unknown =>
    constraint.name === undefined ? null : nameArgument(constraint.name, namedKind(type), convention);
  switch (constraint.kind) {
    case "primaryKey":
      return call(kind, [named("primary"), table, constraint.columns], { ...options, schema });
    case "unique":
      return call(kind, [named("unique"), table, constraint.columns], { ...options, schema });
    case "check":
      return call(kind, [named("check"), table, constraint.condition], { ...options, schema });
    case "exclude":
      return call(kind, [named("exclude"), table, excludeArguments(constraint)], { ...options, schema });
    case "foreignKey": {
      const { references, columns } = constraint;
      const input = [named("foreignkey"), table, references.table, columns, references.columns ?? []];
      return call(kind, input, { ...options, sourceSchema: schema });
    }
  }
}

function dropConstraintCall(
  operation: DropConstraint,
  convention: NamingConvention | undefined,
): OperationCall {
  const { name, table, type, schema, ifExists, cascade, was } = operation;
  const printedName = type === undefined ? name : nameArgument(name, namedKind(type), convention);
  return call("dropConstraint", [printedName, table], { type, schema, ifExists, cascade, was });
}
