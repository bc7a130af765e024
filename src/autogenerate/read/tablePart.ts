import { nameKey } from "../../schema/findNamed";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { TypeormColumn } from "../../typeorm/typeormTypes";
import type { EntityTable } from "./entityDdl";

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
    const key = nameKey({ schema, name: part.table.columnsSql(part.missing, namePrefix) });
    const name = `${namePrefix}${String(made.size)}`;
    const table = made.get(key) ?? { schema, name, sql: part.table.columnsSql(part.missing, name) };
    made.set(key, table);
    tables.set(part, table);
  }
  return tables;
}

const namePrefix = "alembic_missing_columns_";

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
