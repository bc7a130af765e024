import { dropFlags } from "../makers";
import type { MakeContext, Makers } from "../makers";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
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
  PartitionOptions,
  RenameTable,
  Repack,
  SplitPartition,
} from "./table";
import type { PartitionBoundsArgument, TableStructure } from "./tableDefinition";

const structureKeys: OptionKeys<TableStructure> = {
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
  partitionBy: { strategy: "text", columns: "elements" },
  with: "object",
  tablespace: "text",
};

const createTableKeys: OptionKeys<CreateTableOptions> = {
  ...structureKeys,
  ...schemaKeys,
  ifNotExists: "flag",
};

type PartitionMethods = "createPartition" | `${"attach" | "detach" | "split"}Partition` | "mergePartitions";

/** The makers of tables, their partitions and their comments. */
export function tableMakers(context: MakeContext): Makers<keyof TableOperations> {
  return { ...wholeTableMakers(context), ...partitionMakers };
}

function wholeTableMakers(context: MakeContext): Makers<Exclude<keyof TableOperations, PartitionMethods>> {
  return {
    createTable: (table, options) =>
      present<CreateTable>({
        kind: "createTable",
        table,
        schema: options.schema,
        ...makeTable(context, table, options),
        ifNotExists: flag(options.ifNotExists),
      }),
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
const commentOptions = ["options?", { ...schemaKeys, existingComment: "textOrNull" }] as const;
const partitionKeys: OptionKeys<PartitionOptions> = { ...schemaKeys, partitionSchema: "text" };

/** What their methods take. */
export const tableSignatures: Signatures<keyof TableOperations> = {
  createTable: [given.table, ["options", createTableKeys]],
  dropTable: [given.table, ["options?", { ...dropKeys, was: structureKeys }]],
  renameTable: [given.oldName, given.newName, given.schemaOption],
  createTableComment: [given.table, ["comment", "textOrNull"], commentOptions],
  dropTableComment: [given.table, commentOptions],
  createPartition: [
    partition,
    ["parent", "text"],
    bounds,
    ["options?", { ...schemaKeys, parentSchema: "text", ifNotExists: "flag" }],
  ],
  attachPartition: [given.table, partition, bounds, ["options?", partitionKeys]],
  detachPartition: [
    given.table,
    partition,
    ["options?", { ...partitionKeys, concurrently: "flag", was: "objectOrText" }],
  ],
  mergePartitions: [
    given.table,
    ["partitions", "names"],
    ["into", "text"],
    ["options?", { ...partitionKeys, was: "object" }],
  ],
  splitPartition: [given.table, partition, ["into", "object"], ["options?", partitionKeys]],
  repack: [
    given.table,
    ["options?", { ...schemaKeys, usingIndex: "nameOrFlag", concurrently: "flag", analyze: "flag" }],
  ],
};
