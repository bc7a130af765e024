import type { AlterationOperation, BatchAlterTable } from "../../operations/batch/batch";
import type { AddColumn, AlterColumn } from "../../operations/column/column";
import type { NamingConvention } from "../../operations/namingConvention";
import { OperationError } from "../../operations/operationError";
import { present } from "../../operations/sparse";
import { inlineFragment } from "../fragment";
import { checkedType } from "../sqlText";
import { quoteIdentifier } from "../quote";
import { constraintColumns, findConstraint, requireNewName } from "./constraints";
import { createIndexText, defaultText, toSqliteColumn, toSqliteConstraint } from "./fromDefinition";
import { reorderColumns } from "./reorderColumns";
import type {
  SqliteColumn,
  SqliteConstraint,
  SqliteIndex,
  SqlitePrimaryKey,
  SqliteTable,
  SqliteTableSnapshot,
} from "./tableModel";
import { isSameName, mentionsName } from "./tokens";

/** A column of the copy; `source` is SQL over the old table, absent for a new column. */
export interface AlteredColumn extends SqliteColumn {
  readonly source?: string;
}

/** A table on its way through a batch. */
export interface AlteredTable extends SqliteTable {
  readonly columns: readonly AlteredColumn[];
  readonly indexes: readonly SqliteIndex[];
}

/**
 * The table as a batch wants it.
 *
 * @throws OperationError for a column, constraint or index that the table doesn't have
 */
export function alterTable(
  { table, indexes }: SqliteTableSnapshot,
  batch: BatchAlterTable,
  operations: readonly AlterationOperation[],
): AlteredTable {
  let altered: AlteredTable = {
    ...table,
    columns: table.columns.map((column) => ({ ...column, source: quoteIdentifier(column.name) })),
    indexes,
  };
  altered = withTableArgs(altered, batch);
  for (const operation of operations) {
    altered = applyOperation(altered, operation, batch.namingConvention);
  }
  return batch.partialReordering === undefined
    ? altered
    : { ...altered, columns: reorderColumns(altered.name, altered.columns, batch.partialReordering) };
}

/** A constraint of `tableArgs` takes the place of the table's own that has its name, or says the same. */
function withTableArgs(table: AlteredTable, { tableArgs }: BatchAlterTable): AlteredTable {
  let altered = table;
  for (const constraint of (tableArgs?.constraints ?? []).map(toSqliteConstraint)) {
    const replaced = altered.constraints.filter((own) => !isReplacedBy(own, constraint));
    altered = { ...altered, constraints: [...replaced, constraint] };
  }
  return tableArgs?.autoincrement === true ? withAutoincrement(altered, true) : altered;
}

function isReplacedBy(own: SqliteConstraint, constraint: SqliteConstraint): boolean {
  if (own.name !== undefined && constraint.name !== undefined) {
    return (
      isSameName(own.name, constraint.name) || (own.kind === "primaryKey" && constraint.kind === "primaryKey")
    );
  }
  const { name: _own, ...left } = own;
  const { name: _other, ...right } = constraint;
  return (
    (own.kind === "primaryKey" && constraint.kind === "primaryKey") ||
    JSON.stringify(left) === JSON.stringify(right)
  );
}

function applyOperation(
  table: AlteredTable,
  operation: AlterationOperation,
  convention: NamingConvention | undefined,
): AlteredTable {
  switch (operation.kind) {
    case "addColumn":
      return addColumn(table, operation);
    case "dropColumn":
      return operation.ifExists === true && !hasColumn(table, operation.column)
        ? table
        : dropColumn(table, requireColumn(table, operation.column).name);
    case "alterColumn":
      return alterColumn(table, operation);
    case "createIndex": {
      const { index } = operation;
      if (table.indexes.some(({ name }) => isSameName(name, index.name))) {
        if (operation.ifNotExists === true) {
          return table;
        }
        throw new OperationError(
          "invalid-argument",
          `The table "${table.name}" has an index "${index.name}" already.`,
        );
      }
      const sql = createIndexText(index, { schema: table.schema, table: table.name });
      return { ...table, indexes: [...table.indexes, { name: index.name, sql }] };
    }
    case "dropIndex": {
      const rest = table.indexes.filter(({ name }) => !isSameName(name, operation.name));
      if (rest.length === table.indexes.length && operation.ifExists !== true) {
        const known = table.indexes.map(({ name }) => name).join(", ");
        throw new OperationError(
          "invalid-argument",
          `The table "${table.name}" has no index "${operation.name}".`,
          known === "" ? "It has none." : `It has: ${known}.`,
        );
      }
      return { ...table, indexes: rest };
    }
    case "createPrimaryKey":
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createExcludeConstraint":
      return addConstraint(table, toSqliteConstraint(operation.constraint));
    case "dropConstraint": {
      const found = findConstraint(table, operation, convention);
      return found === undefined
        ? table
        : { ...table, constraints: table.constraints.filter((constraint) => constraint !== found) };
    }
    case "renameConstraint": {
      const found = findConstraint(table, operation, convention);
      requireNewName(table, operation.newName);
      return {
        ...table,
        constraints: table.constraints.map((constraint) =>
          constraint === found ? { ...constraint, name: operation.newName } : constraint,
        ),
      };
    }
    case "validateConstraint":
    case "createTableComment":
    case "dropTableComment":
      return table;
  }
}

function addConstraint(table: AlteredTable, constraint: SqliteConstraint): AlteredTable {
  requireNewName(table, constraint.name);
  for (const column of constraintColumns(constraint)) {
    requireColumn(table, column);
  }
  // A table has one primary key: a new one replaces the old, as in Alembic.
  const kept = table.constraints.filter(
    ({ kind }) => !(kind === "primaryKey" && constraint.kind === "primaryKey"),
  );
  return { ...table, constraints: [...kept, constraint] };
}

function addColumn(table: AlteredTable, operation: AddColumn): AlteredTable {
  const { column, constraints } = operation;
  if (hasColumn(table, column.name)) {
    if (operation.ifNotExists === true) {
      return table;
    }
    throw new OperationError(
      "invalid-argument",
      `The table "${table.name}" has a column "${column.name}" already.`,
    );
  }
  const isKey = constraints.some(({ kind }) => kind === "primaryKey");
  const added = toSqliteColumn(column, isKey);
  const before = operation.insertBefore;
  const after = operation.insertAfter;
  const index =
    before !== undefined
      ? columnIndex(table, before)
      : after !== undefined
        ? columnIndex(table, after) + 1
        : table.columns.length;
  const columns = [...table.columns.slice(0, index), added, ...table.columns.slice(index)];
  const withColumn = constraints
    .map(toSqliteConstraint)
    .reduce<AlteredTable>(addConstraint, { ...table, columns });
  return isKey && column.identity !== undefined ? withAutoincrement(withColumn, true) : withColumn;
}

/** With the column go the constraints and indexes that name it, as in PostgreSQL. */
function dropColumn(table: AlteredTable, name: string): AlteredTable {
  return {
    ...table,
    columns: table.columns.filter((column) => column.name !== name),
    constraints: table.constraints.filter((constraint) =>
      constraint.kind === "check"
        ? !mentionsName(constraint.expression, name)
        : !constraintColumns(constraint).some((column) => isSameName(column, name)),
    ),
    indexes: table.indexes.filter((index) => !mentionsName(indexBody(index.sql), name)),
  };
}

/** What an index is on, and its condition: all behind `ON table`. */
function indexBody(sql: string): string {
  return sql.slice(sql.indexOf("("));
}

function alterColumn(table: AlteredTable, operation: AlterColumn): AlteredTable {
  const column = requireColumn(table, operation.column);
  const altered = changedColumn(column, operation);
  const result = {
    ...table,
    columns: table.columns.map((own) => (own === column ? altered : own)),
  };
  return operation.identity === undefined
    ? result
    : withIdentity(result, altered, operation.identity !== null);
}

function changedColumn(column: AlteredColumn, operation: AlterColumn): AlteredColumn {
  const { type, collation, nullable, using } = operation;
  const wantedType = type === undefined ? column.type : checkedType(type);
  const { default: ownDefault, notNull, ...rest } = column;
  const kept = operation.generated === null ? withoutGenerated(rest) : rest;
  return present<AlteredColumn>({
    ...kept,
    type: wantedType,
    collation: collation ?? column.collation,
    default:
      operation.default === undefined
        ? ownDefault
        : operation.default === null
          ? undefined
          : defaultText(operation.default, wantedType),
    notNull: nullable === undefined ? notNull : nullable ? undefined : (notNull ?? "NOT NULL"),
    source: using === undefined ? column.source : inlineFragment(using, "sqlite"),
  });
}

function withoutGenerated<Column extends SqliteColumn>({
  generated: _,
  ...column
}: Column): Omit<Column, "generated"> {
  return column;
}

function withIdentity(table: AlteredTable, column: AlteredColumn, isWanted: boolean): AlteredTable {
  const key = table.constraints.find(isPrimaryKey);
  const isSoleKey = key?.columns.length === 1 && isSameName(key.columns[0]?.name ?? "", column.name);
  if (!isSoleKey) {
    if (isWanted) {
      throw new OperationError(
        "not-supported",
        `SQLite can't count up "${column.name}": only an integer that is the whole primary key can count up.`,
      );
    }
    return table;
  }
  return withAutoincrement(table, isWanted);
}

/** AUTOINCREMENT is possible for a column that is exactly INTEGER. (https://sqlite.org/autoinc.html) */
function withAutoincrement(table: AlteredTable, autoincrement: boolean): AlteredTable {
  const key = table.constraints.find(isPrimaryKey);
  const keyName = key?.columns[0]?.name ?? "";
  return {
    ...table,
    columns: table.columns.map((column) =>
      autoincrement && isSameName(column.name, keyName) ? { ...column, type: "INTEGER" } : column,
    ),
    constraints: table.constraints.map((constraint) =>
      constraint.kind === "primaryKey"
        ? { ...constraint, autoincrement, isInline: autoincrement || constraint.isInline }
        : constraint,
    ),
  };
}

function isPrimaryKey(constraint: SqliteConstraint): constraint is SqlitePrimaryKey {
  return constraint.kind === "primaryKey";
}

function hasColumn(table: AlteredTable, name: string): boolean {
  return table.columns.some((column) => isSameName(column.name, name));
}

function columnIndex(table: AlteredTable, name: string): number {
  return table.columns.indexOf(requireColumn(table, name));
}

function requireColumn(table: AlteredTable, name: string): AlteredColumn {
  const column = table.columns.find((own) => isSameName(own.name, name));
  if (column === undefined) {
    throw new OperationError(
      "invalid-argument",
      `The table "${table.name}" has no column "${name}".`,
      `It has: ${table.columns.map((own) => own.name).join(", ")}.`,
    );
  }
  return column;
}
