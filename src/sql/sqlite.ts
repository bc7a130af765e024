import type { ColumnDefinition, ConstraintDefinition, IndexElement } from "../operations/definitions";
import type {
  AddColumn,
  CreateIndex,
  CreateTable,
  DropIndex,
  DropTable,
  Operation,
} from "../operations/operation";
import { OperationError } from "../operations/operationError";
import { bulkInsert, execute, plainStatement } from "./dataStatements";
import { inlineFragment } from "./fragment";
import { renderDefault } from "./renderDefault";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "./quote";
import { checkedType, words } from "./sqlText";
import type { Statement } from "./statement";

const dialect = "sqlite";

/**
 * The SQL of an operation for SQLite: what its ALTER TABLE can do. (https://sqlite.org/lang_altertable.html)
 *
 * @throws OperationError `needs-batch` for a change that only a copy of the table makes, `not-supported` for what
 *   SQLite does not have
 */
export function renderSqlite(operation: Operation, isOffline: boolean): readonly Statement[] {
  switch (operation.kind) {
    case "bulkInsert":
      return bulkInsert(operation, dialect, isOffline);
    case "execute":
      return execute(operation, dialect, isOffline);
    case "batchAlterTable":
      return operation.operations.flatMap((inner) => renderSqlite(inner, isOffline));
    default:
      return definitionTexts(operation).map((text) => ({ ...plainStatement(text), isTransactional: true }));
  }
}

function definitionTexts(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
      return [createTable(operation)];
    case "dropTable":
      return [dropTable(operation)];
    case "renameTable":
      return [`${alterTable(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`];
    case "addColumn":
      return [addColumn(operation)];
    case "dropColumn":
      return [`${alterTable(operation)} DROP COLUMN ${quoteIdentifier(operation.column)}`];
    case "alterColumn":
      return renameColumn(operation);
    case "createIndex":
      return [createIndex(operation)];
    case "dropIndex":
      return [dropIndex(operation)];
    case "createTableComment":
    case "dropTableComment":
      return [];
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "dropConstraint":
      throw needsBatch(operation.kind, operation.table);
    default:
      throw new OperationError("not-supported", `SQLite has no ${operation.kind}.`);
  }
}

function needsBatch(kind: string, table: string): OperationError {
  return new OperationError(
    "needs-batch",
    `SQLite cannot do ${kind} on "${table}" without copying the table.`,
    `Write it as op.batchAlterTable("${table}", async (batch) => { await batch.${kind}(…); }).`,
  );
}

function alterTable({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return `ALTER TABLE ${quoteQualifiedName(schema, table)}`;
}

function columnText(column: ColumnDefinition): string {
  const { generated } = column;
  const value =
    column.default === undefined ? undefined : renderDefault(column.default, column.type, dialect);
  // An expression needs parentheses here, unless it is one of the keywords that SQLite takes bare.
  const isBare =
    column.default?.kind === "literal" || /^(current_\w+|null|true|false|[\d.]+|'[^']*')$/i.test(value ?? "");
  return words(
    quoteIdentifier(column.name),
    checkedType(column.type),
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    value !== undefined && `DEFAULT ${isBare ? value : `(${value})`}`,
    generated !== undefined &&
      `GENERATED ALWAYS AS (${inlineFragment(generated.expression, dialect)}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    !column.nullable && "NOT NULL",
  );
}

function constraintText(constraint: ConstraintDefinition): string {
  const name = constraint.name === undefined ? undefined : `CONSTRAINT ${quoteIdentifier(constraint.name)}`;
  switch (constraint.kind) {
    case "primaryKey":
      return words(name, `PRIMARY KEY ${quoteNameList(constraint.columns)}`);
    case "unique":
      return words(name, `UNIQUE ${quoteNameList(constraint.columns)}`);
    case "check":
      return words(name, `CHECK (${inlineFragment(constraint.condition, dialect)})`);
    case "foreignKey":
      return words(
        name,
        `FOREIGN KEY ${quoteNameList(constraint.columns)} REFERENCES ${quoteIdentifier(constraint.references.table)}`,
        constraint.references.columns !== undefined && quoteNameList(constraint.references.columns),
        constraint.onDelete !== undefined && `ON DELETE ${constraint.onDelete.toUpperCase()}`,
        constraint.onUpdate !== undefined && `ON UPDATE ${constraint.onUpdate.toUpperCase()}`,
        constraint.deferrable === true && "DEFERRABLE",
        constraint.initially !== undefined && `INITIALLY ${constraint.initially.toUpperCase()}`,
      );
    case "exclude":
      throw new OperationError("not-supported", "SQLite has no exclude constraints.");
  }
}

function createTable(operation: CreateTable): string {
  const lines = [...operation.columns.map(columnText), ...operation.constraints.map(constraintText)];
  return words(
    "CREATE",
    operation.temporary === true && "TEMPORARY",
    "TABLE",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.table),
    `(\n${lines.map((line) => `    ${line}`).join(",\n")}\n)`,
  );
}

function dropTable(operation: DropTable): string {
  const name = quoteQualifiedName(operation.schema, operation.table);
  return words("DROP TABLE", operation.ifExists === true && "IF EXISTS", name);
}

/** SQLite adds a column with CHECK and REFERENCES, but with no key of its own. */
function addColumn(operation: AddColumn): string {
  const constraints = operation.constraints.map((constraint) => {
    if (constraint.kind !== "check" && constraint.kind !== "foreignKey") {
      throw needsBatch("addColumn", operation.table);
    }
    return constraint.kind === "check"
      ? constraintText(constraint)
      : constraintText(constraint).replace(/FOREIGN KEY \(.*?\) (?=REFERENCES)/, "");
  });
  const column = operation.column;
  if (column.generated?.stored === true || (!column.nullable && column.default === undefined)) {
    throw needsBatch("addColumn", operation.table);
  }
  return words(`${alterTable(operation)} ADD COLUMN`, columnText(column), ...constraints);
}

function renameColumn(operation: Extract<Operation, { kind: "alterColumn" }>): readonly string[] {
  const changes = ["type", "nullable", "default", "identity", "generated", "collation"] as const;
  if (changes.some((change) => operation[change] !== undefined)) {
    throw needsBatch("alterColumn", operation.table);
  }
  return operation.newName === undefined
    ? []
    : [
        `${alterTable(operation)} RENAME COLUMN ${quoteIdentifier(operation.column)} TO ${quoteIdentifier(operation.newName)}`,
      ];
}

/** In SQLite the schema stands before the index, never before the table. */
function createIndex({ index, ...operation }: CreateIndex): string {
  return words(
    "CREATE",
    index.unique === true && "UNIQUE",
    "INDEX",
    operation.ifNotExists === true && "IF NOT EXISTS",
    `${quoteQualifiedName(operation.schema, index.name)} ON ${quoteIdentifier(operation.table)}`,
    `(${index.columns.map(indexElement).join(", ")})`,
    index.where !== undefined && `WHERE ${inlineFragment(index.where, dialect)}`,
  );
}

function indexElement(element: IndexElement): string {
  if (element.kind === "sql") {
    return inlineFragment(element, dialect);
  }
  return words(
    element.kind === "column"
      ? quoteIdentifier(element.name)
      : `(${inlineFragment(element.expression, dialect)})`,
    element.collation !== undefined && `COLLATE ${quoteIdentifier(element.collation)}`,
    element.order?.toUpperCase(),
  );
}

function dropIndex(operation: DropIndex): string {
  const name = quoteQualifiedName(operation.schema, operation.name);
  return words("DROP INDEX", operation.ifExists === true && "IF EXISTS", name);
}
