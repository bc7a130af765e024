import type { Operation } from "../../operations/operation";
import { OperationError } from "../../operations/operationError";
import { bulkInsert, execute, plainStatement } from "../dataStatements";
import type { Statement } from "../statement";
import { addColumn, alterColumn, dropColumn } from "./column";
import { createConstraint, dropConstraint, renameConstraint, validateConstraint } from "./constraint";
import { createIndex, dropIndex } from "./createIndex";
import * as object from "./object";
import * as table from "./table";
import * as type from "./type";

/** The SQL of an operation for PostgreSQL. */
export function renderPostgresql(operation: Operation, isOffline: boolean): readonly Statement[] {
  switch (operation.kind) {
    case "bulkInsert":
      return bulkInsert(operation, "postgresql", isOffline);
    case "execute":
      return execute(operation, "postgresql", isOffline);
    case "batchAlterTable":
      return operation.operations.flatMap((inner) => renderPostgresql(inner, isOffline));
    case "custom":
      throw new OperationError(
        "unknown-operation",
        `The custom operation "${operation.name}" has no SQL of its own.`,
        "Run it with op.invoke(…), which calls what the config registers under that name.",
      );
    default:
      return definitionTexts(operation).map(plainStatement);
  }
}

type DefinitionOperation = Exclude<
  Operation,
  { readonly kind: "bulkInsert" | "execute" | "batchAlterTable" | "custom" }
>;

function definitionTexts(operation: DefinitionOperation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
      return table.createTable(operation);
    case "dropTable":
      return table.dropTable(operation);
    case "renameTable":
      return table.renameTable(operation);
    case "createTableComment":
    case "dropTableComment":
      return table.setTableComment(operation);
    case "createPartition":
      return table.createPartition(operation);
    case "attachPartition":
      return table.attachPartition(operation);
    case "detachPartition":
      return table.detachPartition(operation);
    case "addColumn":
      return addColumn(operation);
    case "dropColumn":
      return dropColumn(operation);
    case "alterColumn":
      return alterColumn(operation);
    case "createIndex":
      return createIndex(operation);
    case "dropIndex":
      return dropIndex(operation);
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createExcludeConstraint":
      return createConstraint(operation);
    case "dropConstraint":
      return dropConstraint(operation);
    case "validateConstraint":
      return validateConstraint(operation);
    case "renameConstraint":
      return renameConstraint(operation);
    default:
      return objectTexts(operation);
  }
}

type ObjectOperation = Exclude<
  Parameters<typeof definitionTexts>[0],
  {
    readonly kind:
      | "createTable"
      | "dropTable"
      | "renameTable"
      | "createTableComment"
      | "dropTableComment"
      | "createPartition"
      | "attachPartition"
      | "detachPartition"
      | "addColumn"
      | "dropColumn"
      | "alterColumn"
      | "createIndex"
      | "dropIndex"
      | "createPrimaryKey"
      | "createForeignKey"
      | "createUniqueConstraint"
      | "createCheckConstraint"
      | "createExcludeConstraint"
      | "dropConstraint"
      | "validateConstraint"
      | "renameConstraint";
  }
>;

function objectTexts(operation: ObjectOperation): readonly string[] {
  switch (operation.kind) {
    case "createEnum":
      return type.createEnum(operation);
    case "dropEnum":
      return type.dropEnum(operation);
    case "addEnumValue":
      return type.addEnumValue(operation);
    case "renameEnumValue":
      return type.renameEnumValue(operation);
    case "replaceEnum":
      return type.replaceEnum(operation);
    case "createDomain":
      return type.createDomain(operation);
    case "dropDomain":
      return type.dropDomain(operation);
    case "createView":
    case "replaceView":
      return object.createView(operation);
    case "dropView":
      return [type.dropNamed("VIEW", operation)];
    case "createMaterializedView":
      return object.createMaterializedView(operation);
    case "dropMaterializedView":
      return [type.dropNamed("MATERIALIZED VIEW", operation)];
    case "refreshMaterializedView":
      return object.refreshMaterializedView(operation);
    case "createSequence":
      return object.createSequence(operation);
    case "alterSequence":
      return object.alterSequence(operation);
    case "dropSequence":
      return [type.dropNamed("SEQUENCE", operation)];
    case "createFunction":
      return object.createFunction(operation);
    case "dropFunction":
      return object.dropFunction(operation);
    case "createTrigger":
      return object.createTrigger(operation);
    case "dropTrigger":
      return object.dropFromTable("TRIGGER", operation);
    case "createPolicy":
      return object.createPolicy(operation);
    case "dropPolicy":
      return object.dropFromTable("POLICY", operation);
    case "enableRowLevelSecurity":
    case "disableRowLevelSecurity":
      return object.rowLevelSecurity(operation);
    case "createSchema":
      return object.createSchema(operation);
    case "dropSchema":
      return [type.dropNamed("SCHEMA", operation)];
    case "createExtension":
      return object.createExtension(operation);
    case "dropExtension":
      return [type.dropNamed("EXTENSION", operation)];
    case "renameObject":
      return object.renameObject(operation);
    case "setSchema":
      return object.setSchema(operation);
    default:
      return refuseUnknown(operation);
  }
}

/** A record that came as data may be of a kind that no type allows. */
function refuseUnknown(operation: never): never {
  const { kind } = operation as { readonly kind?: unknown };
  throw new OperationError("unknown-operation", `There is no operation of kind ${JSON.stringify(kind)}.`);
}
