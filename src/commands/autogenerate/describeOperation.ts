import type { Operation } from "../../operations/operation";

/** An operation in a few words, for a list of differences: `add column users.email_verified`. */
export function describeOperation(operation: Operation): string {
  const words = operation.kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const [verb = "", ...object] = words.split(" ");
  return `${verb} ${object.join(" ")} ${subject(operation)}`.replaceAll(/\s+/g, " ").trim();
}

function subject(operation: Operation): string {
  switch (operation.kind) {
    case "createTable":
    case "dropTable":
    case "createTableComment":
    case "dropTableComment":
    case "batchAlterTable":
    case "createPartition":
    case "attachPartition":
    case "detachPartition":
    case "enableRowLevelSecurity":
    case "disableRowLevelSecurity":
    case "bulkInsert":
      return tableName(operation);
    case "renameTable":
      return `${tableName(operation)} to ${operation.newName}`;
    case "addColumn":
      return `${tableName(operation)}.${operation.column.name}`;
    case "dropColumn":
      return `${tableName(operation)}.${operation.column}`;
    case "alterColumn":
      return `${tableName(operation)}.${operation.column} (${columnChanges(operation).join(", ")})`;
    case "createIndex":
      return `${operation.index.name} on ${tableName(operation)}`;
    case "dropIndex":
      return operation.table === undefined
        ? operation.name
        : `${operation.name} on ${tableName({ ...operation, table: operation.table })}`;
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createExcludeConstraint":
      return `${operation.constraint.name ?? ""} on ${tableName(operation)}`;
    case "dropConstraint":
    case "validateConstraint":
      return `${operation.name} on ${tableName(operation)}`;
    case "renameConstraint":
      return `${operation.name} on ${tableName(operation)} to ${operation.newName}`;
    case "addEnumValue":
      return `'${operation.value}' of ${operation.name}`;
    case "renameEnumValue":
      return `'${operation.value}' of ${operation.name} to '${operation.newValue}'`;
    case "renameObject":
      return `${operation.object} ${operation.name} to ${operation.newName}`;
    case "execute":
      return "";
    case "createTrigger":
    case "dropTrigger":
    case "createPolicy":
    case "dropPolicy":
      return `${operation.name} on ${tableName(operation)}`;
    default:
      return "schema" in operation && operation.schema !== undefined
        ? `${operation.schema}.${operation.name}`
        : operation.name;
  }
}

function tableName({
  schema,
  table,
}: {
  readonly schema?: string | undefined;
  readonly table: string;
}): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

function columnChanges(operation: Extract<Operation, { kind: "alterColumn" }>): readonly string[] {
  const { type, nullable, newName, comment } = operation;
  return [
    ...(type === undefined ? [] : [`type ${operation.existingType ?? ""} to ${type}`]),
    ...(nullable === undefined ? [] : [nullable ? "nullable" : "not null"]),
    ...(operation.default === undefined ? [] : ["default"]),
    ...(operation.identity === undefined ? [] : ["identity"]),
    ...(operation.generated === undefined ? [] : ["generated"]),
    ...(comment === undefined ? [] : ["comment"]),
    ...(newName === undefined ? [] : [`name ${newName}`]),
  ];
}
