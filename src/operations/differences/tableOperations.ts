import { isSameName, nameKey } from "../../schema/compare/findNamed";
import type { SchemaDifference, TableOptionChange } from "../../schema/compare/difference";
import type { ConstraintModel, ForeignKeyModel } from "../../schema/model/constraintModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type {
  PartitionBounds,
  PartitionBoundValue,
  PartitionByDefinition,
  TableDefinition,
} from "../definitions";
import { flag, present } from "../sparse";
import { sql, sqlText } from "../sqlFragment";
import {
  columnDefinition,
  emitSerialOwner,
  emitSerialSequence,
  isPlainSerial,
  stripParentheses,
} from "./columnDefinitions";
import { constraintDefinition, storageParameters } from "./partDefinitions";
import { emitConstraint, emitDroppedConstraint, emitIndex } from "./partOperations";
import { identifier, onTable, type PlanContext } from "./planContext";
import { emitPolicy, emitStatistics, emitTrigger } from "./routineOperations";

/** Tables so that those that others reference come first, as far as there is such an order. */
export function inReferenceOrder(tables: readonly TableModel[]): readonly TableModel[] {
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

export function foreignKeys(table: TableModel): readonly ForeignKeyModel[] {
  return table.constraints.filter((constraint) => constraint.kind === "foreignKey");
}

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
): void {
  const changing = changedTables(differences);
  const dropped = new Set<string>();
  for (const table of [...inReferenceOrder(tables)].reverse()) {
    const isInTheWay = (key: ForeignKeyModel): boolean => {
      const target = nameKey(referenced(key));
      return changing.has(target) || (dropped.has(target) && target !== nameKey(table));
    };
    for (const key of foreignKeys(table).filter(isInTheWay)) {
      emitDroppedConstraint(context, table, key);
    }
    context.emit(
      "dropTables",
      { kind: "dropTable", ...onTable(context, table) },
      { code: "data-loss", text: `drops the table ${table.name} with all its rows` },
    );
    dropped.add(nameKey(table));
  }
}

/** One option of a table that stays. */
export function emitTableOption(context: PlanContext, { option, before, after }: TableOptionChange): void {
  const table = onTable(context, after);
  const name = identifier(context, after);
  switch (option) {
    case "comment":
      return context.emit("tableOptions", commentOperation(table, before.comment, after.comment));
    case "unlogged":
      return alter(context, after, after.isUnlogged ? "SET UNLOGGED" : "SET LOGGED");
    case "row security":
      return emitRowSecurity(context, before, after);
    case "tablespace":
      return context.emit("tableOptions", {
        kind: "execute",
        sql: sql`ALTER TABLE ${name} SET TABLESPACE ${sql.identifier(after.tablespace ?? "pg_default")}`,
      });
    case "replica identity":
      // An index of the identity is not in the model: one has to set it by hand.
      return before.replicaIdentity === after.replicaIdentity || after.replicaIdentity === "index"
        ? undefined
        : alter(context, after, `REPLICA IDENTITY ${after.replicaIdentity.toUpperCase()}`);
    case "storage parameters": {
      const gone = before.options.filter((each) => !hasParameter(after.options, each)).map(parameterName);
      if (gone.length > 0) {
        alter(context, after, `RESET (${gone.join(", ")})`);
      }
      const come = after.options.filter((each) => !before.options.includes(each));
      return come.length === 0 ? undefined : alter(context, after, `SET (${come.join(", ")})`);
    }
  }
}

function parameterName(option: string): string {
  return option.split("=", 1)[0] ?? option;
}

function hasParameter(options: readonly string[], option: string): boolean {
  return options.some((each) => parameterName(each) === parameterName(option));
}

function alter(context: PlanContext, table: QualifiedName, change: string): void {
  context.emit("tableOptions", {
    kind: "execute",
    sql: sql`ALTER TABLE ${identifier(context, table)} ${sql.raw(change)}`,
  });
}

function commentOperation(
  table: { readonly schema?: string; readonly table: string },
  before: string | undefined,
  after: string | undefined,
): Parameters<PlanContext["emit"]>[1] {
  const existing = before === undefined ? {} : { existingComment: before };
  return after === undefined
    ? { kind: "dropTableComment", ...table, ...existing }
    : { kind: "createTableComment", ...table, comment: after, ...existing };
}

function emitRowSecurity(context: PlanContext, before: TableModel, after: TableModel): void {
  const table = onTable(context, after);
  const [old, wanted] = [before.rowSecurity, after.rowSecurity];
  if (old.isEnabled !== wanted.isEnabled) {
    const isForceChanged = old.isForced !== wanted.isForced && wanted.isForced === wanted.isEnabled;
    context.emit("tableOptions", {
      kind: wanted.isEnabled ? "enableRowLevelSecurity" : "disableRowLevelSecurity",
      ...table,
      ...(isForceChanged ? { force: true } : {}),
    });
    if (isForceChanged) {
      return;
    }
  }
  if (old.isForced !== wanted.isForced) {
    alter(context, after, `${wanted.isForced ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`);
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

/** The parts of a list at its outermost commas. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]/gs)) {
    depth += /[([]/.test(token[0] ?? "") ? 1 : /[)\]]/.test(token[0] ?? "") ? -1 : 0;
    if (token === "," && depth === 0) {
      parts.push("");
    } else {
      parts[parts.length - 1] = (parts[parts.length - 1] ?? "") + token;
    }
  }
  return parts.map((part) => part.trim());
}

function partitionByFromText(text: string): PartitionByDefinition {
  const match = /^(RANGE|LIST|HASH) \((.*)\)$/s.exec(text);
  const strategy = (match?.[1] ?? "RANGE").toLowerCase();
  return {
    strategy: strategy === "list" || strategy === "hash" ? strategy : "range",
    columns: splitList(match?.[2] ?? "").map((column) => {
      const quoted = /^"((?:[^"]|"")*)"$/.exec(column)?.[1];
      return quoted !== undefined
        ? quoted.replaceAll('""', '"')
        : /^\w+$/.test(column)
          ? column
          : sqlText(stripParentheses(column));
    }),
  };
}

function boundsFromText(text: string): PartitionBounds {
  const values = (list: string | undefined): readonly PartitionBoundValue[] =>
    splitList(list ?? "").map(sqlText);
  const range = /^FOR VALUES FROM \((.*)\) TO \((.*)\)$/s.exec(text);
  if (range !== null) {
    return { kind: "range", from: values(range[1]), to: values(range[2]) };
  }
  const list = /^FOR VALUES IN \((.*)\)$/s.exec(text);
  if (list !== null) {
    return { kind: "list", values: values(list[1]) };
  }
  const hash = /^FOR VALUES WITH \(modulus (\d+), remainder (\d+)\)$/i.exec(text);
  return hash === null
    ? { kind: "default" }
    : { kind: "hash", modulus: Number(hash[1]), remainder: Number(hash[2]) };
}
