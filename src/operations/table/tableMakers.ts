import { dropFlags } from "../makers";
import type { MakeContext, Makers } from "../makers";
import { refuseUnknownOptions } from "../optionKeys";
import type { OptionKeys } from "../optionKeys";
import { flag, present } from "../sparse";
import { makeBounds, makeTable } from "./makeTable";
import type {
  TableOperations,
  AttachPartition,
  CreatePartition,
  CreateTable,
  CreateTableComment,
  CreateTableOptions,
  DetachPartition,
  DropTable,
  DropTableComment,
  RenameTable,
} from "./table";
import type { TableStructure } from "./tableDefinition";

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

/** The makers of tables, their partitions and their comments. */
export function tableMakers(context: MakeContext): Makers<keyof TableOperations> {
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
  };
}
