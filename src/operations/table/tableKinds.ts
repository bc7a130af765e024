import { tableSubject } from "../kind";
import type { KindTable } from "../kind";
import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { call } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { present } from "../sparse";
import type {
  BoundPartition,
  CreateTable,
  CreateTableComment,
  DropTable,
  DropTableComment,
  MergePartitions,
  SplitPartition,
  TableOperation,
} from "./table";
import { boundsArgument, tableArguments } from "./tableArguments";

/** The ways back, the printed calls and the words of each operation on tables as a whole. */
export const tableKinds: KindTable<TableOperation> = {
  createTable: { invert: invertCreateTable, calls: createTableCalls, subject: tableSubject },
  dropTable: { invert: invertDropTable, calls: dropTableCalls, subject: tableSubject },
  renameTable: {
    invert: (operation) => ({ ...operation, table: operation.newName, newName: operation.table }),
    calls: ({ kind, table, newName, schema }) => [call(kind, [table, newName], { schema })],
    subject: (operation) => `${tableSubject(operation)} to ${operation.newName}`,
  },
  createTableComment: {
    invert: invertComment,
    calls: ({ kind, table, comment, schema, existingComment }) => [
      call(kind, [table, comment], { schema, existingComment }),
    ],
    subject: tableSubject,
  },
  dropTableComment: {
    invert: invertComment,
    calls: ({ kind, table, schema, existingComment }) => [call(kind, [table], { schema, existingComment })],
    subject: tableSubject,
  },
  createPartition: {
    invert: ({ table, schema, ifNotExists }) =>
      present<DropTable>({ kind: "dropTable", table, schema, ifExists: ifNotExists }),
    calls: ({ kind, table, parent, bounds, schema, parentSchema, ifNotExists }) => [
      call(kind, [table, parent, boundsArgument(bounds)], { schema, parentSchema, ifNotExists }),
    ],
    subject: tableSubject,
  },
  attachPartition: {
    invert: ({ bounds, ...rest }) => ({ ...rest, kind: "detachPartition", was: bounds }),
    calls: ({ kind, table, partition, bounds, schema, partitionSchema }) => [
      call(kind, [table, partition, boundsArgument(bounds)], { schema, partitionSchema }),
    ],
    subject: tableSubject,
  },
  detachPartition: {
    // Detaching concurrently leaves a check constraint behind, under a name that only the database knows.
    invert: ({ was, concurrently, ...rest }) =>
      was === undefined || concurrently === true
        ? undefined
        : { ...rest, kind: "attachPartition", bounds: was },
    calls: ({ kind, table, partition, schema, partitionSchema, concurrently, was }) => [
      call(kind, [table, partition], {
        schema,
        partitionSchema,
        concurrently,
        was: was === undefined ? undefined : boundsArgument(was),
      }),
    ],
    subject: tableSubject,
  },
  mergePartitions: {
    invert: ({ table, schema, partitionSchema, into, was }) =>
      was === undefined
        ? undefined
        : present<SplitPartition>({
            kind: "splitPartition",
            table,
            schema,
            partition: into,
            into: was,
            partitionSchema,
          }),
    calls: ({ kind, table, partitions, into, schema, partitionSchema, was }) => [
      call(kind, [table, partitions, into], { schema, partitionSchema, was: was && boundsOfEach(was) }),
    ],
    subject: tableSubject,
  },
  splitPartition: {
    invert: ({ table, schema, partitionSchema, partition, into }) =>
      present<MergePartitions>({
        kind: "mergePartitions",
        table,
        schema,
        partitions: into.map((each) => each.partition),
        into: partition,
        partitionSchema,
        was: into,
      }),
    calls: ({ kind, table, partition, into, schema, partitionSchema }) => [
      call(kind, [table, partition, boundsOfEach(into)], { schema, partitionSchema }),
    ],
    subject: tableSubject,
  },
  repack: {
    // What the order of the rows was, nobody knows.
    invert: () => undefined,
    calls: ({ kind, table, schema, usingIndex, concurrently, analyze }) => [
      call(kind, [table], { schema, usingIndex, concurrently, analyze }),
    ],
    subject: tableSubject,
  },
};

function boundsOfEach(partitions: readonly BoundPartition[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(partitions.map(({ partition, bounds }) => [partition, boundsArgument(bounds)]));
}

function invertCreateTable({ kind: _kind, table, schema, ifNotExists, ...was }: CreateTable): Operation {
  return present<DropTable>({ kind: "dropTable", table, schema, ifExists: ifNotExists, was });
}

function invertDropTable({ table, schema, ifExists, was }: DropTable): Operation | undefined {
  return was === undefined
    ? undefined
    : present<CreateTable>({ kind: "createTable", table, schema, ...was, ifNotExists: ifExists });
}

function invertComment(operation: CreateTableComment | DropTableComment): Operation | undefined {
  const { table, schema, existingComment } = operation;
  const comment = operation.kind === "createTableComment" ? operation.comment : null;
  if (existingComment === undefined) {
    return undefined;
  }
  return existingComment === null
    ? present<DropTableComment>({ kind: "dropTableComment", table, schema, existingComment: comment })
    : present<CreateTableComment>({
        kind: "createTableComment",
        table,
        schema,
        comment: existingComment,
        existingComment: comment,
      });
}

function createTableCalls(
  { kind: _kind, table, schema, ifNotExists, ...structure }: CreateTable,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  return tableArguments(structure, convention).map((printed) =>
    call("createTable", [table], { ...printed, schema, ifNotExists }),
  );
}

function dropTableCalls(
  { table, schema, ifExists, cascade, was }: DropTable,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const options = { schema, ifExists, cascade };
  return was === undefined
    ? [call("dropTable", [table], options)]
    : tableArguments(was, convention).map((printed) =>
        call("dropTable", [table], { ...options, was: printed }),
      );
}
