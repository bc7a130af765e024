import type { Operation } from "../../operations/operation";
import { OperationError } from "../../operations/operationError";
import { bulkInsert, execute, plainStatement } from "../dataStatements";
import type { Statement } from "../../sqlText/statement";
import { columnStatements } from "./column";
import { constraintStatements } from "./constraint";
import { policyStatements } from "./policy";
import { routineStatements } from "./routine";
import { schemaStatements } from "./schema";
import { sequenceStatements } from "./sequence";
import type { StatementsOf } from "./statementsOf";
import { tableStatements } from "./table";
import { indexStatements } from "./tableIndex";
import { typeStatements } from "./type";
import { viewStatements } from "./view";

type DefinitionOperation = Exclude<
  Operation,
  { readonly kind: "bulkInsert" | "execute" | "batchAlterTable" | "custom" }
>;

const definitionStatements: StatementsOf<DefinitionOperation> = {
  ...tableStatements,
  ...columnStatements,
  ...constraintStatements,
  ...indexStatements,
  ...typeStatements,
  ...viewStatements,
  ...sequenceStatements,
  ...routineStatements,
  ...policyStatements,
  ...schemaStatements,
};

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
        `The custom operation "${operation.name}" has no SQL.`,
        "Run it with op.invoke(…), which calls what the config registers under that name.",
      );
    default:
      return definitionTexts(operation).map(plainStatement);
  }
}

/** A record that came as data may be of a kind that no type allows. */
function definitionTexts(operation: DefinitionOperation): readonly string[] {
  if (!Object.hasOwn(definitionStatements, operation.kind)) {
    throw new OperationError(
      "unknown-operation",
      `There is no operation of kind ${JSON.stringify(operation.kind)}.`,
    );
  }
  const statements = definitionStatements[operation.kind] as (
    definition: DefinitionOperation,
  ) => readonly string[];
  return statements(operation);
}
