import { makeIndex } from "../index/makeIndex";
import type { MakeContext, MakerName, Makers } from "../makers";
import { makeTable } from "../table/makeTable";
import type { AddColumnOptions } from "../column/column";
import { columnKeys } from "../column/makeColumn";
import type { Operation } from "../operation";
import { schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Parameter } from "../parameters";
import { present } from "../sparse";
import type { Sparse } from "../sparse";
import type { BatchAlterTable, BatchOperations, BatchOptions, ColumnPlace } from "./batch";

/** What `op.batchAlterTable` takes besides table and body. */
export const batchKeys: OptionKeys<BatchOptions> = {
  ...schemaKeys,
  recreate: "text",
  copyFrom: "object",
  tableArgs: {
    primaryKey: "namesOrObject",
    uniques: "objects",
    checks: "objects",
    foreignKeys: "objects",
    autoincrement: "flag",
  },
  partialReordering: "any",
  namingConvention: "object",
};

const placedKeys: OptionKeys<Omit<AddColumnOptions, "schema"> & ColumnPlace> = {
  ifNotExists: "flag",
  insertBefore: "text",
  insertAfter: "text",
};

/** What `batch.addColumn` takes: the only method that takes more than that of `op`. */
export const batchAddColumn: readonly Parameter[] = [
  given.column,
  ["definition", columnKeys],
  ["options?", placedKeys],
];

export type BatchMakers = {
  readonly [Key in keyof BatchOperations]: (...input: Parameters<BatchOperations[Key]>) => Operation;
};

/** The makers with their table and schema filled in. */
export function batchMakers(makers: Makers<MakerName>, table: string, { schema }: BatchOptions): BatchMakers {
  const inSchema = schema === undefined ? {} : { schema };
  return {
    addColumn: (column, definition, { insertBefore, insertAfter, ...options } = {}) =>
      present<Operation>({
        ...makers.addColumn(table, column, definition, { ...options, ...inSchema }),
        insertBefore,
        insertAfter,
      } as Sparse<Operation>),
    dropColumn: (column, options) => makers.dropColumn(table, column, { ...options, ...inSchema }),
    alterColumn: (column, changes) => makers.alterColumn(table, column, { ...changes, ...inSchema }),
    renameColumn: (oldName, newName) => makers.renameColumn(table, oldName, newName, inSchema),
    createIndex: (name, columns, options) =>
      makers.createIndex(name, table, columns, { ...options, ...inSchema }),
    dropIndex: (name, options) => makers.dropIndex(name, table, { ...options, ...inSchema }),
    createPrimaryKey: (name, columns, options) =>
      makers.createPrimaryKey(name, table, columns, { ...options, ...inSchema }),
    createForeignKey: (name, referent, columns, remoteColumns, options) =>
      makers.createForeignKey(name, table, referent, columns, remoteColumns, {
        ...options,
        ...(schema === undefined ? {} : { sourceSchema: schema }),
      }),
    createUniqueConstraint: (name, columns, options) =>
      makers.createUniqueConstraint(name, table, columns, { ...options, ...inSchema }),
    createCheckConstraint: (name, condition, options) =>
      makers.createCheckConstraint(name, table, condition, { ...options, ...inSchema }),
    createExcludeConstraint: (name, elements, options) =>
      makers.createExcludeConstraint(name, table, elements, { ...options, ...inSchema }),
    dropConstraint: (name, options) => makers.dropConstraint(name, table, { ...options, ...inSchema }),
    validateConstraint: (name, options) =>
      makers.validateConstraint(name, table, { ...options, ...inSchema }),
    renameConstraint: (oldName, newName) => makers.renameConstraint(table, oldName, newName, inSchema),
    createTableComment: (comment, options) =>
      makers.createTableComment(table, comment, { ...options, ...inSchema }),
    dropTableComment: (options) => makers.dropTableComment(table, { ...options, ...inSchema }),
  };
}

/** What the record of a batch says of the copy. */
export function batchSettings(
  context: MakeContext,
  table: string,
  { recreate, schema, copyFrom, tableArgs, partialReordering }: BatchOptions,
): Sparse<Omit<BatchAlterTable, "kind" | "table" | "operations">> {
  const { autoincrement, ...constraints } = tableArgs ?? {};
  const named = Object.values(constraints).flatMap((entries) => namedColumns(entries));
  const columns = Object.fromEntries(named.map((name) => [name, { type: "integer" as const }]));
  return {
    recreate,
    schema,
    copyFrom: copyFrom === undefined ? undefined : makeCopyFrom(context, table, copyFrom),
    tableArgs:
      tableArgs === undefined
        ? undefined
        : present<NonNullable<BatchAlterTable["tableArgs"]>>({
            constraints: makeTable(context, table, { ...constraints, columns }).constraints,
            autoincrement: autoincrement === true ? true : undefined,
          }),
    partialReordering: partialReordering?.map((names) => [...names]),
    namingConvention:
      Object.keys(context.namingConvention ?? {}).length === 0 ? undefined : context.namingConvention,
  };
}

function makeCopyFrom(
  context: MakeContext,
  table: string,
  { indexes, ...structure }: NonNullable<BatchOptions["copyFrom"]>,
): NonNullable<BatchAlterTable["copyFrom"]> {
  return present<NonNullable<BatchAlterTable["copyFrom"]>>({
    ...makeTable(context, table, structure),
    indexes: indexes?.map(({ name, columns, ...options }) =>
      makeIndex(context, name, table, columns, options),
    ),
  });
}

/** The columns that a constraint of `tableArgs` is on; a check names none. */
function namedColumns(entries: unknown): readonly string[] {
  if (Array.isArray(entries)) {
    return entries.flatMap((entry: unknown) => (typeof entry === "string" ? [entry] : namedColumns(entry)));
  }
  const columns: unknown =
    typeof entries === "object" && entries !== null ? Reflect.get(entries, "columns") : undefined;
  return Array.isArray(columns) ? columns.filter((name) => typeof name === "string") : [];
}
