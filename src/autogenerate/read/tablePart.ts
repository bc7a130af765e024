import { nameKey } from "../../schema/findNamed";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { TypeormColumn } from "../../typeorm/typeormTypes";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote";
import { tokenize } from "../../sqlText/lexer";
import type { EntityTable } from "./entityTables";

/** A table of the database in which only columns are missing: all else that the entities want of it is there. */
export interface TablePart {
  readonly table: EntityTable;
  readonly model: TableModel;
  readonly missing: readonly TypeormColumn[];
}

/** A table that has nothing but columns which others are missing. */
export interface ColumnTable extends QualifiedName {
  readonly sql: string;
}

/** What the missing columns are made in: one table for all that are missing the same, since to make one takes long. */
export function columnTables(parts: readonly TablePart[]): ReadonlyMap<TablePart, ColumnTable> {
  const tables = new Map<TablePart, ColumnTable>();
  const made = new Map<string, ColumnTable>();
  for (const part of parts.filter(({ missing }) => missing.length > 0)) {
    const { schema } = part.table;
    const key = nameKey({ schema, name: columnsSql(part, namePrefix) });
    const name = `${namePrefix}${String(made.size)}`;
    const table = made.get(key) ?? { schema, name, sql: columnsSql(part, name) };
    made.set(key, table);
    tables.set(part, table);
  }
  return tables;
}

const namePrefix = "alembic_missing_columns_";

/** Makes a table of that name in the same schema, with the missing columns as TypeORM writes them and nothing else. */
function columnsSql({ table, missing }: TablePart, name: string): string {
  const path = `${quoteIdentifier(table.schema)}.${quoteIdentifier(name)}`;
  const definitions = columnDefinitions(table.statements[0] ?? "");
  const columns = missing.map((column) => {
    const definition = definitions.get(column.name);
    if (definition === undefined) {
      throw new Error(`TypeORM created the table ${table.name} without its column ${column.name}.`);
    }
    return definition;
  });
  const comments = missing.flatMap(({ name: column, comment = "" }) =>
    comment === ""
      ? []
      : [
          `COMMENT ON COLUMN ${path}.${quoteIdentifier(column)} IS ${quoteLiteral(comment.replaceAll("\0", ""))}`,
        ],
  );
  return [`CREATE TABLE ${path} (${columns.join(", ")})`, ...comments].join("; ");
}

/** What a `CREATE TABLE` says of each column, by its name. */
function columnDefinitions(createTable: string): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  let depth = 0;
  let start = 0;
  let name: string | undefined;
  for (const token of tokenize(createTable)) {
    const { kind, text } = token;
    depth += kind !== "symbol" ? 0 : text === "(" ? 1 : text === ")" ? -1 : 0;
    if (
      kind === "symbol" &&
      ((text === "(" && depth === 1) || (text === "," && depth === 1) || depth === 0)
    ) {
      if (name !== undefined && !definitions.has(name)) {
        definitions.set(name, createTable.slice(start, token.start).trim());
      }
      if (text === ")") {
        break;
      }
      start = token.start + 1;
      name = undefined;
    } else if (depth === 1 && kind === "quotedName" && createTable.slice(start, token.start).trim() === "") {
      name = text.slice(1, -1).replaceAll('""', '"');
    }
  }
  return definitions;
}

/**
 * The table as the entities want it: what it has of that, and the columns that are missing.
 * @param scratch a table with those columns, as the server prints them
 */
export function completed({ table, model }: TablePart, scratch: TableModel | undefined): TableModel {
  const { typeorm, primaryKeyName, foreignKeys } = table;
  const columns = new Map(
    [...model.columns, ...(scratch?.columns ?? [])].map((column) => [column.name, column]),
  );
  const constraints = new Set([
    primaryKeyName,
    ...[...(typeorm?.uniques ?? []), ...(typeorm?.checks ?? [])].map(({ name }) => name),
    ...foreignKeys.map((foreignKey) => foreignKey.typeorm.name),
  ]);
  const indexes = new Set(typeorm?.indices.map(({ name }) => name));
  return {
    ...bareTable,
    schema: model.schema,
    name: model.name,
    comment: model.comment,
    columns: typeorm?.columns.flatMap(({ name }) => columns.get(name) ?? []) ?? [],
    constraints: model.constraints.filter(({ name }) => constraints.has(name)),
    indexes: model.indexes.filter(({ name }) => indexes.has(name)),
  };
}

/** What entities have no words for, as a new table has it. */
const bareTable = {
  isUnlogged: false,
  partitionBy: undefined,
  partitionOf: undefined,
  inherits: [],
  options: [],
  tablespace: undefined,
  rowSecurity: { isEnabled: false, isForced: false },
  replicaIdentity: "default",
  policies: [],
  triggers: [],
  statistics: [],
} as const;
