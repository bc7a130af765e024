import { dropFlags } from "../makers";
import type { MakeContext, Makers } from "../makers";
import { refuseUnknownOptions } from "../optionKeys";
import type { OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { flag, present } from "../sparse";
import { makeBounds, makeTable } from "./makeTable";
import type {
  TableOperations,
  AttachPartition,
  BoundPartition,
  CreatePartition,
  CreateTable,
  CreateTableComment,
  CreateTableOptions,
  DetachPartition,
  DropTable,
  DropTableComment,
  MergePartitions,
  RenameTable,
  Repack,
  SplitPartition,
} from "./table";
import type { PartitionBoundsArgument, TableStructure } from "./tableDefinition";

const createTableKeys: OptionKeys<CreateTableOptions> = {
  columns: "columns",
  primaryKey: "namesOrObject",
  uniques: "objects",
  checks: "objects",
  foreignKeys: "objects",
  excludes: "objects",
  comment: "textOrNull",
  unlogged: "flag",
  temporary: "flag",
  inherits: "elements",
  partitionBy: "object",
  with: "object",
  tablespace: "text",
  schema: "text",
  ifNotExists: "flag",
};

type PartitionMethods = "createPartition" | `${"attach" | "detach" | "split"}Partition` | "mergePartitions";

/** The makers of tables, their partitions and their comments. */
export function tableMakers(context: MakeContext): Makers<keyof TableOperations> {
  return { ...wholeTableMakers(context), ...partitionMakers };
}

function wholeTableMakers(context: MakeContext): Makers<Exclude<keyof TableOperations, PartitionMethods>> {
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
    repack: (table, { schema, usingIndex, concurrently, analyze } = {}) =>
      present<Repack>({
        kind: "repack",
        table,
        schema,
        usingIndex,
        concurrently: flag(concurrently),
        analyze: flag(analyze),
      }),
  };
}

const partitionMakers: Makers<PartitionMethods> = {
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
  mergePartitions: (table, partitions, into, { schema, partitionSchema, was } = {}) =>
    present<MergePartitions>({
      kind: "mergePartitions",
      table,
      schema,
      partitions,
      into,
      partitionSchema,
      was: was && boundPartitions(was),
    }),
  splitPartition: (table, partition, into, { schema, partitionSchema } = {}) =>
    present<SplitPartition>({
      kind: "splitPartition",
      table,
      schema,
      partition,
      into: boundPartitions(into),
      partitionSchema,
    }),
};

function boundPartitions(
  bounds: Readonly<Record<string, PartitionBoundsArgument>>,
): readonly BoundPartition[] {
  return Object.entries(bounds).map(([partition, each]) => ({ partition, bounds: makeBounds(each) }));
}

const partition = ["partition", "text"] as const;
const bounds = ["bounds", "objectOrText"] as const;

/** What their methods take. */
export const tableSignatures: Signatures<keyof TableOperations> = {
  createTable: [given.table, ["options", "object"]],
  dropTable: [given.table, given.options],
  renameTable: [given.oldName, given.newName, given.options],
  createTableComment: [given.table, ["comment", "textOrNull"], given.options],
  dropTableComment: [given.table, given.options],
  createPartition: [partition, ["parent", "text"], bounds, given.options],
  attachPartition: [given.table, partition, bounds, given.options],
  detachPartition: [given.table, partition, given.options],
  mergePartitions: [given.table, ["partitions", "names"], ["into", "text"], given.options],
  splitPartition: [given.table, partition, ["into", "object"], given.options],
  repack: [given.table, given.options],
};
