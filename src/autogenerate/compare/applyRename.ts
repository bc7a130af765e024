import { elementType } from "../../sqlText/typeName";
import {
  printedQualifiedName,
  renameColumns,
  renameEnumValueInExpression,
  renameTypeInExpression,
} from "../../sqlText/expression";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexElementModel, IndexModel } from "../../schema/model/indexModel";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { PolicyModel, QualifiedName, TableModel } from "../../schema/model/tableModel";
import { isSameName } from "../../schema/findNamed";
import type { Rename } from "./difference";

/**
 * The model as the database would print it after a rename. Definitions of views are left as they are: a view that
 * depends on something renamed is made anew.
 */
export function applyRename(model: SchemaModel, rename: Rename): SchemaModel {
  switch (rename.object) {
    case "table":
      return renameTable(model, rename.from, rename.to);
    case "column":
      return applyColumnRenames(model, rename.table, new Map([[rename.from, rename.to]]));
    case "enum":
      return renameEnum(model, rename.from, rename.to);
    case "enumValue":
      return renameEnumValue(model, rename.type, rename.from, rename.to);
  }
}

function renameTable(model: SchemaModel, from: QualifiedName, to: QualifiedName): SchemaModel {
  const moved = <Name extends QualifiedName>(name: Name): Name =>
    isSameName(name, from) ? { ...name, ...to } : name;
  return {
    ...model,
    tables: model.tables.map((table) => ({
      ...moved(isSameName(table, from) ? moveSequences(table, from.schema, to.schema) : table),
      constraints: table.constraints.map((constraint) => redirect(constraint, from, to)),
      inherits: table.inherits.map(moved),
      partitionOf: table.partitionOf === undefined ? undefined : moved(table.partitionOf),
    })),
    sequences: model.sequences.map((sequence) => ({
      ...sequence,
      ownedBy: sequence.ownedBy === undefined ? undefined : moved(sequence.ownedBy),
    })),
    views: model.views.map((view) => ({ ...view, dependsOn: view.dependsOn.map(moved) })),
  };
}

/** SET SCHEMA takes along the sequences that the table's columns own. */
function moveSequences(table: TableModel, from: string, to: string): TableModel {
  return {
    ...table,
    columns: table.columns.map((column) => {
      const { generation } = column;
      return generation === undefined ||
        generation.kind === "generated" ||
        generation.sequence.schema !== from
        ? column
        : { ...column, generation: { ...generation, sequence: { ...generation.sequence, schema: to } } };
    }),
  };
}

function redirect(constraint: ConstraintModel, from: QualifiedName, to: QualifiedName): ConstraintModel {
  return constraint.kind === "foreignKey" &&
    constraint.referencedSchema === from.schema &&
    constraint.referencedTable === from.name
    ? { ...constraint, referencedSchema: to.schema, referencedTable: to.name }
    : constraint;
}

type Names = ReadonlyMap<string, string>;

function renamed(names: Names, list: readonly string[]): readonly string[] {
  return list.map((name) => names.get(name) ?? name);
}

/** The model after renames of columns of one table, all at once: two columns may swap their names. */
export function applyColumnRenames(model: SchemaModel, table: QualifiedName, names: Names): SchemaModel {
  return {
    ...model,
    tables: model.tables.map((each) =>
      isSameName(each, table) || (each.partitionOf !== undefined && isSameName(each.partitionOf, table))
        ? renameInTable(renameReferences(each, table, names), names)
        : renameReferences(each, table, names),
    ),
    sequences: model.sequences.map((sequence) =>
      sequence.ownedBy !== undefined && isSameName(sequence.ownedBy, table)
        ? {
            ...sequence,
            ownedBy: {
              ...sequence.ownedBy,
              column: names.get(sequence.ownedBy.column) ?? sequence.ownedBy.column,
            },
          }
        : sequence,
    ),
    views: model.views.map((view) => ({
      ...view,
      dependsOn: view.dependsOn.map((dependency) =>
        isSameName(dependency, table) && dependency.column !== undefined
          ? { ...dependency, column: names.get(dependency.column) ?? dependency.column }
          : dependency,
      ),
    })),
  };
}

function renameReferences(table: TableModel, referenced: QualifiedName, names: Names): TableModel {
  return {
    ...table,
    constraints: table.constraints.map((constraint) =>
      constraint.kind === "foreignKey" &&
      constraint.referencedSchema === referenced.schema &&
      constraint.referencedTable === referenced.name
        ? { ...constraint, referencedColumns: renamed(names, constraint.referencedColumns) }
        : constraint,
    ),
  };
}

function renameInTable(table: TableModel, names: Names): TableModel {
  const expression = (text: string): string => renameColumns(text, names);
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      name: names.get(column.name) ?? column.name,
      generation:
        column.generation?.kind === "generated"
          ? { ...column.generation, expression: expression(column.generation.expression) }
          : column.generation,
    })),
    constraints: table.constraints.map((constraint) => renameInConstraint(constraint, names)),
    indexes: table.indexes.map((index) => renameInIndex(index, names)),
    policies: table.policies.map((policy) => mapPolicy(policy, expression)),
    triggers: table.triggers.map((trigger) => ({
      ...trigger,
      event: expression(trigger.event),
      action: expression(trigger.action),
    })),
    statistics: table.statistics.map((each) => ({ ...each, definition: expression(each.definition) })),
    partitionBy: table.partitionBy === undefined ? undefined : expression(table.partitionBy),
  };
}

function renameInElement<Element extends IndexElementModel>(element: Element, names: Names): Element {
  const text =
    element.kind === "column"
      ? (names.get(element.text) ?? element.text)
      : renameColumns(element.text, names);
  return { ...element, text };
}

function renameInIndex(index: IndexModel, names: Names): IndexModel {
  return {
    ...index,
    elements: index.elements.map((element) => renameInElement(element, names)),
    include: renamed(names, index.include),
    predicate: index.predicate === undefined ? undefined : renameColumns(index.predicate, names),
  };
}

function renameInConstraint(constraint: ConstraintModel, names: Names): ConstraintModel {
  const definition =
    constraint.definition === undefined ? undefined : renameColumns(constraint.definition, names);
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return {
        ...constraint,
        definition,
        columns: renamed(names, constraint.columns),
        include: renamed(names, constraint.include),
      };
    case "foreignKey":
      return { ...constraint, definition, columns: renamed(names, constraint.columns) };
    case "check":
      return {
        ...constraint,
        definition,
        columns: renamed(names, constraint.columns),
        condition: renameColumns(constraint.condition, names),
      };
    case "exclude":
      return {
        ...constraint,
        definition,
        elements: constraint.elements.map((element) => renameInElement(element, names)),
        predicate:
          constraint.predicate === undefined ? undefined : renameColumns(constraint.predicate, names),
      };
  }
}

function mapPolicy(policy: PolicyModel, expression: (text: string) => string): PolicyModel {
  return {
    ...policy,
    using: policy.using === undefined ? undefined : expression(policy.using),
    withCheck: policy.withCheck === undefined ? undefined : expression(policy.withCheck),
  };
}

function renameEnum(model: SchemaModel, from: QualifiedName, to: QualifiedName): SchemaModel {
  const [oldName, newName] = [from, to].map(({ schema, name }) =>
    printedQualifiedName(schema, name, model.defaultSchema),
  );
  const typeName = (type: string): string =>
    oldName !== undefined && elementType(type) === oldName
      ? `${newName ?? ""}${type.slice(oldName.length)}`
      : type;
  return {
    ...mapExpressions(model, (text) => renameTypeInExpression(text, oldName ?? "", newName ?? ""), typeName),
    enums: model.enums.map((type) => (isSameName(type, from) ? { ...type, ...to } : type)),
  };
}

function renameEnumValue(model: SchemaModel, type: QualifiedName, from: string, to: string): SchemaModel {
  const name = printedQualifiedName(type.schema, type.name, model.defaultSchema);
  return {
    ...mapExpressions(
      model,
      (text) => renameEnumValueInExpression(text, name, from, to),
      (text) => text,
    ),
    enums: model.enums.map((each) =>
      isSameName(each, type)
        ? { ...each, values: each.values.map((value) => (value === from ? to : value)) }
        : each,
    ),
  };
}

/** Every expression of tables and domains, and every type of a column. */
function mapExpressions(
  model: SchemaModel,
  expression: (text: string) => string,
  typeName: (type: string) => string,
): SchemaModel {
  const optional = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : expression(text);
  const column = (each: ColumnModel): ColumnModel => ({
    ...each,
    type: typeName(each.type),
    default: optional(each.default),
    generation:
      each.generation?.kind === "generated"
        ? { ...each.generation, expression: expression(each.generation.expression) }
        : each.generation,
  });
  const element = <Element extends IndexElementModel>(each: Element): Element =>
    each.kind === "column" ? each : { ...each, text: expression(each.text) };
  const index = (each: IndexModel): IndexModel => ({
    ...each,
    elements: each.elements.map(element),
    predicate: optional(each.predicate),
  });
  const constraint = (each: ConstraintModel): ConstraintModel => {
    const definition = optional(each.definition);
    switch (each.kind) {
      case "check":
        return { ...each, definition, condition: expression(each.condition) };
      case "exclude":
        return {
          ...each,
          definition,
          elements: each.elements.map(element),
          predicate: optional(each.predicate),
        };
      default:
        return each;
    }
  };
  return {
    ...model,
    domains: model.domains.map((domain) => ({
      ...domain,
      type: typeName(domain.type),
      default: optional(domain.default),
    })),
    tables: model.tables.map((table) => ({
      ...table,
      columns: table.columns.map(column),
      constraints: table.constraints.map(constraint),
      indexes: table.indexes.map(index),
      policies: table.policies.map((policy) => mapPolicy(policy, expression)),
      triggers: table.triggers.map((trigger) => ({ ...trigger, action: expression(trigger.action) })),
    })),
  };
}
