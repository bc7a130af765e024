import type { ColumnDefinition } from "../../operations/column/columnDefinition";
import type { ConstraintDefinition } from "../../operations/constraint/constraintDefinition";
import type { ColumnDefault } from "../../operations/definitions";
import type { IndexDefinition, IndexElement } from "../../operations/index/indexDefinition";
import { OperationError } from "../../operations/operationError";
import { present } from "../../operations/sparse";
import type { TableDefinition } from "../../operations/table/tableDefinition";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { renderDefault } from "../renderDefault";
import { checkedType, words } from "../sqlText";
import type { SqliteColumn, SqliteConstraint, SqliteTable } from "./tableModel";

const dialect = "sqlite";

/** A table as `op.createTable` defines it. */
export function toSqliteTable(
  schema: string | undefined,
  name: string,
  definition: TableDefinition,
): SqliteTable {
  const keys = definition.constraints.filter(({ kind }) => kind === "primaryKey");
  const [key] = keys;
  const keyColumn =
    key?.kind === "primaryKey" && key.columns.length === 1
      ? definition.columns.find((column) => column.name === key.columns[0])
      : undefined;
  const counts = keyColumn !== undefined && countsUp(keyColumn);
  return present<SqliteTable>({
    schema,
    name,
    columns: definition.columns.map((column) => toSqliteColumn(column, column === keyColumn)),
    constraints: definition.constraints.map((constraint) =>
      constraint.kind === "primaryKey" && counts
        ? { ...toPrimaryKey(constraint), isInline: true, autoincrement: true }
        : toSqliteConstraint(constraint),
    ),
    options: [],
  });
}

const serialTypes = /^(?:small|big)?serial[248]?$/i;
const integerTypes = /^(?:smallint|int[248]?|integer|bigint|(?:small|big)?serial[248]?)$/i;

function countsUp({ identity, type }: ColumnDefinition): boolean {
  return identity !== undefined || serialTypes.test(type.trim());
}

/**
 * A column without its constraints. Only the sole column of a primary key can count up by itself, and only as exactly
 * INTEGER. (https://sqlite.org/autoinc.html) Comments are left out: SQLite has none.
 *
 * @throws OperationError `not-supported` for an identity or a serial type elsewhere
 */
export function toSqliteColumn(column: ColumnDefinition, isSoleKey: boolean): SqliteColumn {
  const { generated, collation } = column;
  if (countsUp(column) && !(isSoleKey && integerTypes.test(column.type.trim()))) {
    throw new OperationError(
      "not-supported",
      `SQLite can't count up "${column.name}": only an integer that is the whole primary key can count up.`,
    );
  }
  return present<SqliteColumn>({
    name: column.name,
    type: countsUp(column) ? "INTEGER" : checkedType(column.type),
    collation,
    default: column.default === undefined ? undefined : defaultText(column.default, column.type),
    generated:
      generated === undefined
        ? undefined
        : { expression: inlineFragment(generated.expression, dialect), stored: generated.stored },
    notNull: column.nullable ? undefined : "NOT NULL",
  });
}

/** What stands after DEFAULT: an expression needs parentheses, unless it is a keyword that SQLite takes bare. */
export function defaultText(value: ColumnDefault, type: string | undefined): string {
  const text = renderDefault(value, type, dialect);
  const isBare =
    value.kind === "literal" ||
    /^(current_(?:date|time|timestamp)|null|true|false|[\d.]+|'[^']*')$/i.test(text);
  return isBare ? text : `(${text})`;
}

function toPrimaryKey(constraint: Extract<ConstraintDefinition, { kind: "primaryKey" }>) {
  return {
    kind: "primaryKey" as const,
    ...(constraint.name === undefined ? {} : { name: constraint.name }),
    columns: constraint.columns.map((name) => ({ name, options: "" })),
    conflict: "",
    isInline: false,
    autoincrement: false,
  };
}

/** @throws OperationError `not-supported` for an exclude constraint */
export function toSqliteConstraint(constraint: ConstraintDefinition): SqliteConstraint {
  const { name } = constraint;
  switch (constraint.kind) {
    case "primaryKey":
      return toPrimaryKey(constraint);
    case "unique":
      return present<SqliteConstraint>({
        kind: "unique",
        name,
        columns: constraint.columns.map((column) => ({ name: column, options: "" })),
        conflict: "",
      });
    case "check":
      return present<SqliteConstraint>({
        kind: "check",
        name,
        expression: inlineFragment(constraint.condition, dialect),
      });
    case "foreignKey":
      return present<SqliteConstraint>({
        kind: "foreignKey",
        name,
        columns: constraint.columns,
        referredTable: constraint.references.table,
        referredColumns: constraint.references.columns,
        clauses: words(
          constraint.onDelete !== undefined && `ON DELETE ${constraint.onDelete.toUpperCase()}`,
          constraint.onUpdate !== undefined && `ON UPDATE ${constraint.onUpdate.toUpperCase()}`,
          constraint.match !== undefined && `MATCH ${constraint.match.toUpperCase()}`,
          constraint.deferrable === true && "DEFERRABLE",
          constraint.initially !== undefined && `INITIALLY ${constraint.initially.toUpperCase()}`,
        ),
      });
    case "exclude":
      throw new OperationError("not-supported", "SQLite has no exclude constraints.");
  }
}

export interface CreateIndexOptions {
  readonly schema?: string | undefined;
  readonly table: string;
  readonly ifNotExists?: boolean | undefined;
}

/** CREATE INDEX: here the schema stands before the index, never before the table. */
export function createIndexText(index: IndexDefinition, options: CreateIndexOptions): string {
  return words(
    "CREATE",
    index.unique === true && "UNIQUE",
    "INDEX",
    options.ifNotExists === true && "IF NOT EXISTS",
    `${quoteQualifiedName(options.schema, index.name)} ON ${quoteIdentifier(options.table)}`,
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
