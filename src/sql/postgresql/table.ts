import type {
  AttachPartition,
  CreatePartition,
  CreateTable,
  CreateTableComment,
  DetachPartition,
  DropTable,
  DropTableComment,
  MergePartitions,
  RenameTable,
  Repack,
  SplitPartition,
  TableOperation,
} from "../../operations/table/table";
import type {
  PartitionBoundValue,
  PartitionBounds,
  TableDefinition,
} from "../../operations/table/tableDefinition";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../quote";
import { renderDefault } from "../renderDefault";
import { storageParameters, words } from "../sqlText";
import { columnComment, columnText } from "./column";
import { tableConstraint } from "./constraint";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on tables as a whole. */
export const tableStatements: StatementsOf<TableOperation> = {
  createTable,
  dropTable,
  renameTable,
  createTableComment: setTableComment,
  dropTableComment: setTableComment,
  createPartition,
  attachPartition,
  detachPartition,
  mergePartitions,
  splitPartition,
  repack,
};

function createTable(operation: CreateTable): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const lines = [...operation.columns.map(columnText), ...operation.constraints.map(tableConstraint)];
  const create = words(
    "CREATE",
    operation.temporary === true && "TEMPORARY",
    operation.unlogged === true && "UNLOGGED",
    "TABLE",
    operation.ifNotExists === true && "IF NOT EXISTS",
    table,
    lines.length === 0 ? "()" : `(\n${lines.map((line) => `    ${line}`).join(",\n")}\n)`,
    ...tableSuffix(operation),
  );
  return [
    create,
    ...(operation.comment === undefined ? [] : [tableComment(table, operation.comment)]),
    ...operation.columns.flatMap(({ name, comment }) =>
      comment === undefined ? [] : [columnComment(table, name, comment)],
    ),
  ];
}

function tableSuffix(table: TableDefinition): readonly (string | false)[] {
  const { partitionBy } = table;
  const keys = partitionBy?.columns.map((column) =>
    typeof column === "string" ? quoteIdentifier(column) : `(${inlineFragment(column, dialect)})`,
  );
  return [
    table.inherits !== undefined && `INHERITS (${table.inherits.map(quoteIdentifier).join(", ")})`,
    partitionBy !== undefined &&
      keys !== undefined &&
      `PARTITION BY ${partitionBy.strategy.toUpperCase()} (${keys.join(", ")})`,
    storageParameters(table.with),
    table.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(table.tablespace)}`,
  ];
}

function tableComment(table: string, comment: string | null): string {
  return `COMMENT ON TABLE ${table} IS ${comment === null ? "NULL" : quoteLiteral(comment)}`;
}

function dropTable(operation: DropTable): readonly string[] {
  const drop = words(
    "DROP TABLE",
    operation.ifExists === true && "IF EXISTS",
    quoteQualifiedName(operation.schema, operation.table),
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

function renameTable(operation: RenameTable): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  return [`ALTER TABLE ${table} RENAME TO ${quoteIdentifier(operation.newName)}`];
}

/** `COMMENT ON TABLE`; without a comment it takes the present one away. */
function setTableComment(operation: CreateTableComment | DropTableComment): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  return [tableComment(table, operation.kind === "createTableComment" ? operation.comment : null)];
}

function createPartition(operation: CreatePartition): readonly string[] {
  const create = words(
    "CREATE TABLE",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.table),
    `PARTITION OF ${quoteQualifiedName(operation.parentSchema ?? operation.schema, operation.parent)}`,
    boundsText(operation.bounds),
  );
  return [create];
}

function attachPartition(operation: AttachPartition): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const partition = quoteQualifiedName(operation.partitionSchema ?? operation.schema, operation.partition);
  return [`ALTER TABLE ${table} ATTACH PARTITION ${partition} ${boundsText(operation.bounds)}`];
}

function detachPartition(operation: DetachPartition): readonly string[] {
  const table = quoteQualifiedName(operation.schema, operation.table);
  const partition = quoteQualifiedName(operation.partitionSchema ?? operation.schema, operation.partition);
  return [
    words(
      `ALTER TABLE ${table} DETACH PARTITION ${partition}`,
      operation.concurrently === true && "CONCURRENTLY",
    ),
  ];
}

function mergePartitions(operation: MergePartitions): readonly string[] {
  const { partitions, into, schema, partitionSchema = schema } = operation;
  const merged = partitions.map((partition) => quoteQualifiedName(partitionSchema, partition)).join(", ");
  const table = quoteQualifiedName(schema, operation.table);
  return [
    `ALTER TABLE ${table} MERGE PARTITIONS (${merged}) INTO ${quoteQualifiedName(partitionSchema, into)}`,
  ];
}

function splitPartition(operation: SplitPartition): readonly string[] {
  const { partition, into, schema, partitionSchema = schema } = operation;
  const parts = into.map(
    (part) =>
      `    PARTITION ${quoteQualifiedName(partitionSchema, part.partition)} ${boundsText(part.bounds)}`,
  );
  const table = quoteQualifiedName(schema, operation.table);
  const split = quoteQualifiedName(partitionSchema, partition);
  return [`ALTER TABLE ${table} SPLIT PARTITION ${split} INTO (\n${parts.join(",\n")}\n)`];
}

function repack(operation: Repack): readonly string[] {
  const { usingIndex } = operation;
  const options = [
    operation.concurrently === true && "CONCURRENTLY",
    operation.analyze === true && "ANALYZE",
  ];
  const given = options.filter((option) => option !== false);
  return [
    words(
      "REPACK",
      given.length > 0 && `(${given.join(", ")})`,
      quoteQualifiedName(operation.schema, operation.table),
      usingIndex !== undefined && "USING INDEX",
      typeof usingIndex === "string" && quoteIdentifier(usingIndex),
    ),
  ];
}

function boundsText(bounds: PartitionBounds): string {
  const list = (values: readonly PartitionBoundValue[]): string =>
    values.map((value) => renderDefault(value, undefined, dialect)).join(", ");
  switch (bounds.kind) {
    case "default":
      return "DEFAULT";
    case "range":
      return `FOR VALUES FROM (${list(bounds.from)}) TO (${list(bounds.to)})`;
    case "list":
      return `FOR VALUES IN (${list(bounds.values)})`;
    case "hash":
      return `FOR VALUES WITH (MODULUS ${Number(bounds.modulus)}, REMAINDER ${Number(bounds.remainder)})`;
  }
}
