import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import type { SqliteColumn, SqliteConstraint, SqlitePrimaryKey, SqliteTable } from "./tableModel";
import { isSameName } from "./tokens";

export interface PrintTableOptions {
  readonly temporary?: boolean;
  readonly ifNotExists?: boolean;
}

/** The CREATE TABLE of a table. (https://sqlite.org/lang_createtable.html) */
export function printTable(table: SqliteTable, options: PrintTableOptions = {}): string {
  const inlineKey = table.constraints.find(isInlineKey);
  const lines = [
    ...table.columns.map((column) => {
      const isKey = inlineKey?.columns.some(({ name }) => isSameName(name, column.name)) === true;
      return words(printColumn(column), isKey && printInlineKey(inlineKey));
    }),
    ...table.constraints
      .filter((constraint) => constraint !== inlineKey)
      .map((constraint) => printConstraint(constraint)),
  ];
  return words(
    "CREATE",
    options.temporary === true && "TEMPORARY",
    "TABLE",
    options.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(table.schema, table.name),
    `(\n${lines.map((line) => `    ${line}`).join(",\n")}\n)`,
    table.options.join(", "),
  );
}

/** A column as it stands in `CREATE TABLE`. */
export function printColumn(column: SqliteColumn): string {
  const { generated } = column;
  return words(
    quoteIdentifier(column.name),
    column.type,
    column.collation !== undefined && `COLLATE ${quoteIdentifier(column.collation)}`,
    column.default !== undefined && `DEFAULT ${column.default}`,
    generated !== undefined &&
      `GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}`,
    column.notNull,
  );
}

/** A constraint of the table. */
function printConstraint(constraint: SqliteConstraint): string {
  const name = printName(constraint);
  switch (constraint.kind) {
    case "primaryKey":
      return words(name, `PRIMARY KEY ${printKeyColumns(constraint.columns)}`, constraint.conflict);
    case "unique":
      return words(name, `UNIQUE ${printKeyColumns(constraint.columns)}`, constraint.conflict);
    case "check":
      return words(name, `CHECK (${constraint.expression})`);
    case "foreignKey":
      return words(name, `FOREIGN KEY ${quoteNameList(constraint.columns)}`, printReference(constraint));
  }
}

/** A constraint at its column, as ADD COLUMN takes it. */
export function printColumnConstraint(constraint: SqliteConstraint): string {
  return constraint.kind === "foreignKey"
    ? words(printName(constraint), printReference(constraint))
    : printConstraint(constraint);
}

function printName({ name }: SqliteConstraint): string | undefined {
  return name === undefined ? undefined : `CONSTRAINT ${quoteIdentifier(name)}`;
}

function printReference(constraint: Extract<SqliteConstraint, { kind: "foreignKey" }>): string {
  return words(
    `REFERENCES ${quoteIdentifier(constraint.referredTable)}`,
    constraint.referredColumns !== undefined && quoteNameList(constraint.referredColumns),
    constraint.clauses,
  );
}

function printKeyColumns(columns: SqlitePrimaryKey["columns"]): string {
  return `(${columns.map(({ name, options }) => words(quoteIdentifier(name), options)).join(", ")})`;
}

function isInlineKey(constraint: SqliteConstraint): constraint is SqlitePrimaryKey {
  return constraint.kind === "primaryKey" && constraint.isInline && constraint.columns.length === 1;
}

function printInlineKey(key: SqlitePrimaryKey): string {
  return words(
    printName(key),
    "PRIMARY KEY",
    key.columns[0]?.options,
    key.conflict,
    key.autoincrement && "AUTOINCREMENT",
  );
}
