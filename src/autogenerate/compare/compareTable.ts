import type { PolicyModel, StatisticsModel, TableModel, TriggerModel } from "../../schema/model/tableModel";
import { compareColumns } from "./compareColumns";
import { compareNamed } from "./compareNamed";
import { compareComments, compareConstraints, compareIndexes } from "./compareParts";
import type { Comparison } from "./comparison";
import type { TableOptionName } from "./difference";
import { aspectObject, type SchemaObject } from "./schemaObject";
import { structureWithout } from "./structure";

/**
 * Compares a table that both sides have; gives what the database has afterwards. One that the entities' side took over
 * from the database's is the very same, and most of a large schema is.
 */
export function compareTable(comparison: Comparison, before: TableModel, after: TableModel): TableModel {
  if (before === after) {
    return before;
  }
  const table = { schema: after.schema, name: after.name };
  const columns = compareColumns(comparison, before, after);
  const constraints = compareConstraints(comparison, table, before.constraints, after.constraints, columns);
  const indexes = compareIndexes(comparison, table, before.indexes, after.indexes, columns);
  const reached: TableModel = {
    ...before,
    columns: columns.reached,
    constraints,
    indexes,
    triggers: compareTriggers(comparison, table, before.triggers, after.triggers),
    policies: comparePolicies(comparison, before, after),
    statistics: compareStatistics(comparison, before, after),
  };
  return compareOptions(comparison, reached, after);
}

/** Compares the triggers of a table or a view, by name. */
export function compareTriggers(
  comparison: Comparison,
  table: { readonly schema: string; readonly name: string },
  before: readonly TriggerModel[],
  after: readonly TriggerModel[],
): readonly TriggerModel[] {
  return compareNamed(comparison, {
    before,
    after,
    keyOf: ({ name }) => name,
    structureOf: (model) => structureWithout(model, ["comment"]),
    toObject: (model) => ({
      kind: "trigger",
      schema: table.schema,
      table: table.name,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "trigger", table, before: left, after: right }),
    onMatch: (left, right) => {
      const place = { of: "trigger" as const, schema: table.schema, table: table.name, name: right.name };
      compareComments(comparison, place, left.comment, right.comment);
    },
  });
}

function comparePolicies(
  comparison: Comparison,
  before: TableModel,
  after: TableModel,
): readonly PolicyModel[] {
  const table = { schema: after.schema, name: after.name };
  return compareNamed(comparison, {
    before: before.policies,
    after: after.policies,
    keyOf: ({ name }) => name,
    structureOf: (model) => structureWithout(model, ["comment"]),
    toObject: (model) => ({
      kind: "policy",
      schema: table.schema,
      table: table.name,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "policy", table, before: left, after: right }),
    onMatch: (left, right) => {
      const place = { of: "policy" as const, schema: table.schema, table: table.name, name: right.name };
      compareComments(comparison, place, left.comment, right.comment);
    },
  });
}

function compareStatistics(
  comparison: Comparison,
  before: TableModel,
  after: TableModel,
): readonly StatisticsModel[] {
  const table = { schema: after.schema, name: after.name };
  return compareNamed(comparison, {
    before: before.statistics,
    after: after.statistics,
    keyOf: ({ name }) => name,
    structureOf: ({ definition }) => inAnyOrder(definition),
    toObject: (model) => ({
      kind: "statistics",
      schema: table.schema,
      table: table.name,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "statistics", table, before: left, after: right }),
  });
}

/** The server prints the columns in the order of the table, which does not count. */
function inAnyOrder(definition: string): string {
  const [kinds = "", ...columns] = definition.split(/ ON |, (?![^(]*\) ON )/);
  return JSON.stringify([kinds, columns.toSorted()]);
}

type OptionFields = Partial<TableModel>;

const options: readonly (readonly [name: TableOptionName, fieldsOf: (table: TableModel) => OptionFields])[] =
  [
    ["comment", ({ comment }) => ({ comment })],
    ["unlogged", ({ isUnlogged }) => ({ isUnlogged })],
    ["row security", ({ rowSecurity }) => ({ rowSecurity })],
    ["storage parameters", (table) => ({ options: table.options })],
    ["tablespace", ({ tablespace }) => ({ tablespace })],
    ["replica identity", ({ replicaIdentity }) => ({ replicaIdentity })],
  ];

function compareOptions(comparison: Comparison, before: TableModel, after: TableModel): TableModel {
  let reached = before;
  for (const [option, fieldsOf] of options) {
    const isEqual = JSON.stringify(fieldsOf(before)) === JSON.stringify(fieldsOf(after));
    if (!isEqual && isOptionCompared(comparison, option, before, after)) {
      comparison.differences.push({
        kind: "tableOption",
        option,
        before,
        after: { ...before, ...fieldsOf(after) },
      });
      reached = { ...reached, ...fieldsOf(after) };
    }
  }
  return reached;
}

function isOptionCompared(
  comparison: Comparison,
  option: TableOptionName,
  before: TableModel,
  after: TableModel,
): boolean {
  const object: SchemaObject = aspectObject(before.schema, before.name, {
    aspect: option,
    of: "table",
    ofName: before.name,
  });
  if (option === "comment" && after.comment === undefined) {
    return comparison.isDropped(object);
  }
  return comparison.isExpressible(object);
}
