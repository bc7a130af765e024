import type { DropOptions, TableStructure } from "./arguments";
import type { MakeContext } from "./makeConstraint";
import { makeBounds, makeTable } from "./makeTable";
import type { CreateTableComment, DropTableComment } from "./records/alteration";
import type { BulkInsert, RowValue } from "./records/data";
import type {
  AttachPartition,
  CreatePartition,
  CreateTable,
  DetachPartition,
  DropTable,
  RenameTable,
} from "./records/table";
import type { Makers } from "./makers";
import { refuseUnknownOptions } from "./optionKeys";
import type { OptionKeys } from "./optionKeys";
import { flag, present } from "./sparse";
import { fragmentOf, isSqlFragment, jsonText, sqlText, toFragmentValue } from "./sqlFragment";
import type { SqlFragment, SqlValue } from "./sqlFragment";
import type { CreateTableOptions } from "./tableOperations";

type Row = Readonly<Record<string, SqlValue | SqlFragment | undefined>>;

const createTableKeys: OptionKeys<CreateTableOptions> = {
  columns: true,
  primaryKey: true,
  uniques: true,
  checks: true,
  foreignKeys: true,
  excludes: true,
  comment: true,
  unlogged: true,
  temporary: true,
  inherits: true,
  partitionBy: true,
  with: true,
  tablespace: true,
  schema: true,
  ifNotExists: true,
};

/** The `ifExists`, `cascade` and `schema` of a drop, as records have them. */
export function dropFlags(options: DropOptions): { schema?: string; ifExists?: true; cascade?: true } {
  return present<{ schema?: string; ifExists?: true; cascade?: true }>({
    schema: options.schema,
    ifExists: flag(options.ifExists),
    cascade: flag(options.cascade),
  });
}

/** The makers of tables, their partitions, their comments and rows. */
export function tableMakers(
  context: MakeContext,
): Makers<
  | "createTable"
  | "dropTable"
  | "renameTable"
  | "createTableComment"
  | "dropTableComment"
  | "createPartition"
  | "attachPartition"
  | "detachPartition"
  | "bulkInsert"
  | "execute"
> {
  return {
    createTable: (table, options) => {
      refuseUnknownOptions(options, createTableKeys, `table "${table}"`);
      return present<CreateTable>({
        kind: "createTable",
        table,
        schema: options.schema,
        ...makeTable(context, table, options),
        ifNotExists: flag(options.ifNotExists),
      });
    },
    dropTable: (table, options = {}) =>
      present<DropTable>({
        kind: "dropTable",
        table,
        ...dropFlags(options),
        was:
          options.was === undefined
            ? undefined
            : makeTable(context, table, options.was satisfies TableStructure),
      }),
    renameTable: (table, newName, { schema } = {}) =>
      present<RenameTable>({ kind: "renameTable", table, schema, newName }),
    createTableComment: (table, comment, { schema, existingComment } = {}) =>
      present<CreateTableComment>({ kind: "createTableComment", table, schema, comment, existingComment }),
    dropTableComment: (table, { schema, existingComment } = {}) =>
      present<DropTableComment>({ kind: "dropTableComment", table, schema, existingComment }),
    createPartition: (table, parent, bounds, { schema, parentSchema, ifNotExists } = {}) =>
      present<CreatePartition>({
        kind: "createPartition",
        table,
        schema,
        parent,
        parentSchema,
        bounds: makeBounds(bounds),
        ifNotExists: flag(ifNotExists),
      }),
    attachPartition: (table, partition, bounds, { schema, partitionSchema } = {}) =>
      present<AttachPartition>({
        kind: "attachPartition",
        table,
        schema,
        partition,
        partitionSchema,
        bounds: makeBounds(bounds),
      }),
    detachPartition: (table, partition, { schema, partitionSchema, concurrently, was } = {}) =>
      present<DetachPartition>({
        kind: "detachPartition",
        table,
        schema,
        partition,
        partitionSchema,
        concurrently: flag(concurrently),
        was: was === undefined ? undefined : makeBounds(was),
      }),
    bulkInsert: (table, rows, { schema, types } = {}) => {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const typeOf = new Map(Object.entries(types ?? {}));
      return present<BulkInsert>({
        kind: "bulkInsert",
        table,
        schema,
        columns,
        rows: rows.map((row) => columns.map((column) => cell(row, column, typeOf.get(column)))),
      });
    },
    execute: (statement) => ({ kind: "execute", sql: fragmentOf(statement) }),
  };
}

function cell(row: Row, column: string, type: string | undefined): RowValue {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  if (value === undefined) {
    return sqlText("DEFAULT");
  }
  if (isSqlFragment(value)) {
    return value;
  }
  return type !== undefined && /^jsonb?$/i.test(type.trim()) && value !== null
    ? jsonText(value)
    : toFragmentValue(value);
}
