import type {
  CreateExtension,
  CreateSchema,
  RenameObject,
  SchemaOperation,
  SetSchema,
} from "../../operations/schema/schema";
import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import { roleText } from "./role";
import { dropNamed } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

/** PostgreSQL's statements for each operation on schemas and extensions, and of what moves or renames a thing. */
export const schemaStatements: StatementsOf<SchemaOperation> = {
  createSchema,
  dropSchema: dropNamed("SCHEMA"),
  createExtension,
  dropExtension: dropNamed("EXTENSION"),
  renameObject,
  setSchema,
};

function createSchema(operation: CreateSchema): readonly string[] {
  const create = words(
    "CREATE SCHEMA",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteIdentifier(operation.name),
    operation.authorization !== undefined && `AUTHORIZATION ${roleText(operation.authorization)}`,
  );
  return [create];
}

function createExtension(operation: CreateExtension): readonly string[] {
  const create = words(
    "CREATE EXTENSION",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteIdentifier(operation.name),
    operation.schema !== undefined && `SCHEMA ${quoteIdentifier(operation.schema)}`,
    operation.version !== undefined && `VERSION ${quoteLiteral(operation.version)}`,
    operation.cascade === true && "CASCADE",
  );
  return [create];
}

function renameObject(operation: RenameObject): readonly string[] {
  const name = quoteQualifiedName(operation.schema, operation.name);
  return [`ALTER ${operation.object.toUpperCase()} ${name} RENAME TO ${quoteIdentifier(operation.newName)}`];
}

function setSchema(operation: SetSchema): readonly string[] {
  // An extension is in no schema: only what it brought is.
  const schema = operation.object === "extension" ? undefined : operation.schema;
  const name = quoteQualifiedName(schema, operation.name);
  return [
    `ALTER ${operation.object.toUpperCase()} ${name} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`,
  ];
}
