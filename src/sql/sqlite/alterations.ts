import type { AlterationOperation } from "../../operations/batch/batch";
import type { AddColumn, AlterColumn } from "../../operations/column/column";
import type { DropIndex } from "../../operations/index/tableIndex";
import type { Operation } from "../../operations/operation";
import { OperationError } from "../../operations/operationError";
import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import { createIndexText, toSqliteColumn, toSqliteConstraint } from "./fromDefinition";
import { printColumn, printColumnConstraint } from "./printTable";

const alterationKinds: ReadonlySet<string> = new Set<AlterationOperation["kind"]>([
  "addColumn",
  "dropColumn",
  "alterColumn",
  "createIndex",
  "dropIndex",
  "createPrimaryKey",
  "createForeignKey",
  "createUniqueConstraint",
  "createCheckConstraint",
  "createExcludeConstraint",
  "dropConstraint",
  "validateConstraint",
  "renameConstraint",
  "createTableComment",
  "dropTableComment",
]);

/** Whether this is one of the operations that a batch may hold. */
export function isAlteration(operation: Operation): operation is AlterationOperation {
  return alterationKinds.has(operation.kind);
}

/**
 * One change of a table, where SQLite makes it directly.
 *
 * @throws OperationError `needs-batch`, `not-supported`
 */
export function alterationTexts(operation: AlterationOperation): readonly string[] {
  switch (operation.kind) {
    case "addColumn":
      return [addColumn(operation)];
    case "dropColumn":
      return [`${alterTable(operation)} DROP COLUMN ${quoteIdentifier(operation.column)}`];
    case "alterColumn":
      return renameColumn(operation);
    case "createIndex":
      return [createIndexText(operation.index, operation)];
    case "dropIndex":
      return [dropIndex(operation)];
    case "createTableComment":
    case "dropTableComment":
    case "validateConstraint":
      return [];
    case "createExcludeConstraint":
      throw new OperationError("not-supported", "SQLite has no exclude constraints.");
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "dropConstraint":
    case "renameConstraint":
      throw needsBatch(operation.kind, operation.table);
  }
}

function needsBatch(kind: string, table: string): OperationError {
  return new OperationError(
    "needs-batch",
    `SQLite cannot do ${kind} on "${table}" without copying the table.`,
    `Write it as op.batchAlterTable("${table}", async (batch) => { await batch.${kind}(…); }), without recreate: "never".`,
  );
}

/** The beginning of an ALTER TABLE. */
export function alterTable({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return `ALTER TABLE ${quoteQualifiedName(schema, table)}`;
}

/** SQLite adds a column with CHECK and REFERENCES, but with no key of its own. */
function addColumn(operation: AddColumn): string {
  const isKey = operation.constraints.some(({ kind }) => kind === "primaryKey");
  const column = toSqliteColumn(operation.column, isKey);
  if (needsCopyToAdd(operation)) {
    throw needsBatch("addColumn", operation.table);
  }
  return words(
    `${alterTable(operation)} ADD COLUMN`,
    printColumn(column),
    ...operation.constraints.map((constraint) => printColumnConstraint(toSqliteConstraint(constraint))),
  );
}

/** A column that ADD COLUMN refuses, or refuses where the table has rows. */
export function needsCopyToAdd({ column, constraints }: AddColumn): boolean {
  return (
    constraints.some(({ kind }) => kind !== "check" && kind !== "foreignKey") ||
    column.generated?.stored === true ||
    column.default?.kind === "sql" ||
    (!column.nullable && column.default === undefined && column.generated === undefined)
  );
}

function renameColumn(operation: AlterColumn): readonly string[] {
  if (changesColumn(operation)) {
    throw needsBatch("alterColumn", operation.table);
  }
  return operation.newName === undefined
    ? []
    : [
        `${alterTable(operation)} RENAME COLUMN ${quoteIdentifier(operation.column)} TO ${quoteIdentifier(operation.newName)}`,
      ];
}

const columnChanges = ["type", "nullable", "default", "identity", "generated", "collation"] as const;

/** More than a new name or comment? */
export function changesColumn(operation: AlterColumn): boolean {
  return columnChanges.some((change) => operation[change] !== undefined);
}

function dropIndex(operation: DropIndex): string {
  const name = quoteQualifiedName(operation.schema, operation.name);
  return words("DROP INDEX", operation.ifExists === true && "IF EXISTS", name);
}
