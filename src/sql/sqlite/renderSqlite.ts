import type { Operation } from "../../operations/operation";
import { OperationError } from "../../operations/operationError";
import type { CreateTrigger } from "../../operations/routine/routine";
import type { BulkInsert, RowValue } from "../../operations/rows/rows";
import { isSqlFragment } from "../../operations/sqlFragment";
import type { CreateTable, DropTable } from "../../operations/table/table";
import type { CreateView } from "../../operations/view/view";
import { bulkInsert, execute } from "../dataStatements";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import type { Statement } from "../../sqlText/statement";
import { alterationTexts, alterTable, isAlteration } from "./alterations";
import { renderBatch } from "./renderBatch";
import { toSqliteTable } from "./fromDefinition";
import { printTable } from "./printTable";

const dialect = "sqlite";

/**
 * The SQL of an operation for SQLite: what its statements can do by themselves, and batches that need no look at the
 * table. (https://sqlite.org/lang_altertable.html)
 *
 * @throws OperationError `needs-batch` for a change that only a copy of the table makes, `not-supported` for what
 *   SQLite does not have
 */
export function renderSqlite(operation: Operation, isOffline: boolean): readonly Statement[] {
  switch (operation.kind) {
    case "bulkInsert":
      return withoutDefaults(operation).flatMap((part) => bulkInsert(part, dialect, isOffline));
    case "execute":
      // What SQLite refuses in a transaction are VACUUM, ATTACH and DETACH.
      return execute(operation, dialect, isOffline).map(toTransactional);
    case "batchAlterTable":
      return renderBatch(operation);
    default:
      return definitionTexts(operation).map(definitionStatement);
  }
}

/** SQLite has no DEFAULT among the values of an INSERT: rows that leave out other columns go separately, in order. */
function withoutDefaults(operation: BulkInsert): readonly BulkInsert[] {
  const parts: { columns: readonly string[]; rows: (readonly RowValue[])[] }[] = [];
  for (const row of operation.rows) {
    const isGiven = (_: unknown, index: number): boolean => !isDefault(row[index]);
    const columns = operation.columns.filter(isGiven);
    const values = row.filter(isGiven);
    const part = parts.at(-1);
    if (part !== undefined && part.columns.join("\0") === columns.join("\0")) {
      part.rows.push(values);
    } else {
      parts.push({ columns, rows: [values] });
    }
  }
  return parts.map((part) => ({ ...operation, ...part }));
}

function isDefault(value: RowValue | undefined): boolean {
  return isSqlFragment(value) && value.values.length === 0 && /^\s*default\s*$/i.test(value.text.join(""));
}

/** A statement without values. */
function definitionStatement(text: string): Statement {
  return { text, values: [], isTransactional: true };
}

function toTransactional(statement: Statement): Statement {
  return { ...statement, isTransactional: !/^\s*(?:VACUUM|ATTACH|DETACH)\b/i.test(statement.text) };
}

function definitionTexts(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
      return [createTable(operation)];
    case "dropTable":
      return [dropTable(operation)];
    case "renameTable":
      return [`${alterTable(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case "createView":
      return [createView(operation, operation)];
    case "replaceView":
      return [dropView({ ...operation, ifExists: true }), createView(operation, operation)];
    case "dropView":
      return [dropView(operation)];
    case "createTrigger":
      return createTrigger(operation);
    case "dropTrigger":
      return [
        words(
          "DROP TRIGGER",
          operation.ifExists === true && "IF EXISTS",
          quoteQualifiedName(operation.schema, operation.name),
        ),
      ];
    default:
      if (isAlteration(operation)) {
        return alterationTexts(operation);
      }
      throw new OperationError("not-supported", `SQLite has no ${operation.kind}.`);
  }
}

function createTable(operation: CreateTable): string {
  if (operation.partitionBy !== undefined || operation.inherits !== undefined) {
    throw new OperationError(
      "not-supported",
      `SQLite has no partitions and no inheritance: "${operation.table}" can't be made.`,
    );
  }
  return printTable(toSqliteTable(operation.schema, operation.table, operation), {
    temporary: operation.temporary === true,
    ifNotExists: operation.ifNotExists === true,
  });
}

function dropTable(operation: DropTable): string {
  const name = quoteQualifiedName(operation.schema, operation.table);
  return words("DROP TABLE", operation.ifExists === true && "IF EXISTS", name);
}

interface Named {
  readonly schema?: string;
  readonly name: string;
}

function createView(
  { schema, name }: Named,
  { columns, query }: Pick<CreateView, "columns" | "query">,
): string {
  return words(
    `CREATE VIEW ${quoteQualifiedName(schema, name)}`,
    columns !== undefined && quoteNameList(columns),
    `AS ${inlineFragment(query, dialect)}`,
  );
}

function dropView({ schema, name, ifExists }: Named & { readonly ifExists?: boolean }): string {
  return words("DROP VIEW", ifExists === true && "IF EXISTS", quoteQualifiedName(schema, name));
}

function createTrigger(operation: CreateTrigger): readonly string[] {
  const name = quoteQualifiedName(operation.schema, operation.name);
  const create = words(
    `CREATE TRIGGER ${name}`,
    inlineFragment(operation.event, dialect),
    `ON ${quoteIdentifier(operation.table)}`,
    inlineFragment(operation.action, dialect),
  );
  return operation.orReplace === true ? [`DROP TRIGGER IF EXISTS ${name}`, create] : [create];
}
