import type {
  CreatePolicy,
  DisableRowLevelSecurity,
  EnableRowLevelSecurity,
  PolicyOperation,
} from "../../operations/policy/policy";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import { roleText } from "./role";
import { dropFromTable } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on row level security. */
export const policyStatements: StatementsOf<PolicyOperation> = {
  enableRowLevelSecurity: rowLevelSecurity,
  disableRowLevelSecurity: rowLevelSecurity,
  createPolicy,
  dropPolicy: dropFromTable("POLICY"),
};

function rowLevelSecurity(operation: EnableRowLevelSecurity | DisableRowLevelSecurity): readonly string[] {
  const alter = `ALTER TABLE ${quoteQualifiedName(operation.schema, operation.table)}`;
  const isOn = operation.kind === "enableRowLevelSecurity";
  return [
    `${alter} ${isOn ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`,
    ...(operation.force === true ? [`${alter} ${isOn ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`] : []),
  ];
}

function createPolicy(operation: CreatePolicy): readonly string[] {
  const create = words(
    `CREATE POLICY ${quoteIdentifier(operation.name)} ON ${quoteQualifiedName(operation.schema, operation.table)}`,
    operation.as !== undefined && `AS ${operation.as.toUpperCase()}`,
    operation.for !== undefined && `FOR ${operation.for.toUpperCase()}`,
    operation.to !== undefined && `TO ${operation.to.map(roleText).join(", ")}`,
    operation.using !== undefined && `USING (${inlineFragment(operation.using, dialect)})`,
    operation.withCheck !== undefined && `WITH CHECK (${inlineFragment(operation.withCheck, dialect)})`,
  );
  return [create];
}
