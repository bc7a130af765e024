import { isOfType } from "../compare/compareTypes";
import type { ConstraintModel, ForeignKeyModel } from "../../schema/model/constraintModel";
import type { SchemaDifference } from "../compare/difference";
import { isSameName, nameKey } from "../../schema/findNamed";
import type { EnumModel } from "../../schema/model/schemaModel";
import { flag, present } from "../../operations/sparse";
import type { TableDefinition } from "../../operations/table/tableDefinition";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { columnDefinition, emitSerialOwner, emitSerialSequence, isPlainSerial } from "./columnDefinitions";
import { constraintDefinition, storageParameters } from "./partDefinitions";
import { boundsFromText, partitionByFromText } from "./partitionText";
import { emitConstraint, emitDroppedConstraint, emitIndex } from "./partOperations";
import { onTable, type PlanContext, spokenName } from "./planContext";
import { emitPolicy, emitStatistics, emitTrigger } from "./routineOperations";
import { emitTableOption } from "./tableOptions";

/** Tables so that those that others reference come first, as far as there is such an order. */
function inReferenceOrder(tables: readonly TableModel[]): readonly TableModel[] {
  const pending = new Map(tables.map((table) => [nameKey(table), table]));
  const ordered: TableModel[] = [];
  while (pending.size > 0) {
    const ready = [...pending.values()].find((table) =>
      foreignKeys(table).every(
        (key) => isSameName(referenced(key), table) || !pending.has(nameKey(referenced(key))),
      ),
    );
    const next = ready ?? [...pending.values()][0];
    if (next === undefined) {
      break;
    }
    pending.delete(nameKey(next));
    ordered.push(next);
  }
  return ordered;
}

/** A table's foreign keys. */
export function foreignKeys(table: TableModel): readonly ForeignKeyModel[] {
  return table.constraints.filter((constraint) => constraint.kind === "foreignKey");
}

/** The table that a foreign key leads to. */
export function referenced(key: ForeignKeyModel): QualifiedName {
  return { schema: key.referencedSchema, name: key.referencedTable };
}

/**
 * New tables, each with its indexes, in the order of their references. A foreign key to a table that comes later
 * (a cycle), or to one that itself changes, is made at the end.
 */
export function emitCreatedTables(
  context: PlanContext,
  tables: readonly TableModel[],
  differences: readonly SchemaDifference[],
): void {
  const made = new Set<string>();
  const changing = changedTables(differences);
  const created = new Set(tables.map(nameKey));
  for (const table of inReferenceOrder(tables)) {
    made.add(nameKey(table));
    const isInline = (key: ForeignKeyModel): boolean => {
      const target = nameKey(referenced(key));
      return created.has(target) ? made.has(target) : !changing.has(target);
    };
    createTable(context, table, isInline);
  }
}

function changedTables(differences: readonly SchemaDifference[]): ReadonlySet<string> {
  return new Set(
    differences.flatMap((difference) =>
      "table" in difference && typeof difference.table === "object" ? [nameKey(difference.table)] : [],
    ),
  );
}

function createTable(
  context: PlanContext,
  table: TableModel,
  isInline: (key: ForeignKeyModel) => boolean,
): void {
  const special = table.columns.filter(
    (column) => column.generation?.kind === "serial" && !isPlainSerial(table, column),
  );
  for (const column of special) {
    emitSerialSequence(context, column, "sequences");
  }
  const isHere = (constraint: ConstraintModel): boolean =>
    (constraint.kind !== "foreignKey" || isInline(constraint)) &&
    !isUnvalidated(constraint) &&
    constraintDefinition(context, constraint) !== undefined;
  context.emit("createTables", {
    kind: "createTable",
    ...onTable(context, table),
    ...tableDefinition(context, table, isHere),
  });
  for (const column of special) {
    emitSerialOwner(context, table, column, "createTables");
  }
  for (const constraint of table.constraints) {
    emitConstraint(context, table, constraint, { isMade: isHere(constraint) });
  }
  for (const partition of partitionsOf(context, table)) {
    emitPartition(context, table, partition);
  }
  for (const index of table.indexes) {
    emitIndex(context, table, index, "createTables");
  }
  emitExtras(context, table);
}

/** In CREATE TABLE, PostgreSQL takes NOT VALID and ignores it. */
function isUnvalidated(constraint: ConstraintModel): boolean {
  return (constraint.kind === "check" || constraint.kind === "foreignKey") && !constraint.isValid;
}

function tableDefinition(
  context: PlanContext,
  table: TableModel,
  isHere: (constraint: ConstraintModel) => boolean,
): TableDefinition {
  return present<TableDefinition>({
    columns: table.columns
      .filter(({ isInherited }) => !isInherited)
      .map((column) => columnDefinition(context, table, column)),
    constraints: table.constraints
      .filter(isHere)
      .map((constraint) => constraintDefinition(context, constraint))
      .filter((constraint) => constraint !== undefined),
    comment: table.comment,
    unlogged: flag(table.isUnlogged),
    inherits: table.inherits.length === 0 ? undefined : table.inherits.map(({ name }) => name),
    partitionBy: table.partitionBy === undefined ? undefined : partitionByFromText(table.partitionBy),
    with: storageParameters(table.options),
    tablespace: table.tablespace,
  });
}

/** What a new table has that CREATE TABLE does not make. */
function emitExtras(context: PlanContext, table: TableModel): void {
  const plain: TableModel = {
    ...table,
    rowSecurity: { isEnabled: false, isForced: false },
    replicaIdentity: "default",
  };
  for (const option of ["row security", "replica identity"] as const) {
    emitTableOption(context, { kind: "tableOption", option, before: plain, after: table });
  }
  for (const policy of table.policies) {
    emitPolicy(context, table, policy);
  }
  for (const trigger of table.triggers) {
    emitTrigger(context, table, trigger);
  }
  for (const statistics of table.statistics) {
    emitStatistics(context, table, statistics);
  }
}

/**
 * Tables that go, the referencing ones first. Foreign keys go before where they make a cycle, or hold on to a
 * table that changes. Triggers, policies and indexes go with their table.
 */
export function emitDroppedTables(
  context: PlanContext,
  tables: readonly TableModel[],
  differences: readonly SchemaDifference[],
  replaced: readonly EnumModel[],
): void {
  const changing = changedTables(differences);
  const dropped = new Set<string>();
  const isInWayOfEnum = tables.some(({ columns }) =>
    columns.some(({ type }) => replaced.some((each) => isOfType(type, each, context.defaultSchema))),
  );
  for (const table of [...inReferenceOrder(tables)].reverse()) {
    const isInTheWay = (key: ForeignKeyModel): boolean => {
      const target = nameKey(referenced(key));
      return changing.has(target) || (dropped.has(target) && target !== nameKey(table));
    };
    for (const key of foreignKeys(table).filter(isInTheWay)) {
      emitDroppedConstraint(context, table, key);
    }
    context.emit(
      isInWayOfEnum ? "dropEnumTables" : "dropTables",
      { kind: "dropTable", ...onTable(context, table) },
      { code: "data-loss", text: `drops the table ${spokenName(context, table)} with all its rows` },
    );
    dropped.add(nameKey(table));
  }
}

function partitionsOf(context: PlanContext, table: TableModel): readonly TableModel[] {
  return context.to.tables.filter(
    ({ partitionOf }) => partitionOf !== undefined && isSameName(partitionOf, table),
  );
}

function emitPartition(context: PlanContext, parent: QualifiedName, partition: TableModel): void {
  if (partition.partitionOf === undefined) {
    return;
  }
  context.emit("createTables", {
    kind: "createPartition",
    ...onTable(context, partition),
    parent: parent.name,
    ...(parent.schema === partition.schema ? {} : { parentSchema: parent.schema }),
    bounds: boundsFromText(partition.partitionOf.bounds),
  });
}
