import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { aspectObject, functionSignature, objectKey, type SchemaObject } from "./schemaObject";

function tableObjects(table: TableModel): readonly SchemaObject[] {
  const { schema } = table;
  const inTable = { schema, table: table.name };
  return [
    { kind: "table", schema, table: undefined, name: table.name, model: table },
    ...table.columns.map((model): SchemaObject => ({ kind: "column", ...inTable, name: model.name, model })),
    ...table.constraints.map((model): SchemaObject => ({
      kind: "constraint",
      ...inTable,
      name: model.name,
      model,
    })),
    ...table.indexes.map((model): SchemaObject => ({ kind: "index", ...inTable, name: model.name, model })),
    ...table.triggers.map((model): SchemaObject => ({
      kind: "trigger",
      ...inTable,
      name: model.name,
      model,
    })),
    ...table.policies.map((model): SchemaObject => ({ kind: "policy", ...inTable, name: model.name, model })),
    ...table.statistics.map((model): SchemaObject => ({
      kind: "statistics",
      ...inTable,
      name: model.name,
      model,
    })),
  ];
}

function commentObjects(model: SchemaModel): readonly SchemaObject[] {
  return model.tables.flatMap((table) => [
    ...(table.comment === undefined
      ? []
      : [aspectObject(table.schema, table.name, { aspect: "comment", of: "table", ofName: table.name })]),
    ...table.columns
      .filter(({ comment }) => comment !== undefined)
      .map(({ name }) =>
        aspectObject(table.schema, table.name, { aspect: "comment", of: "column", ofName: name }),
      ),
  ]);
}

/** Every object of a model, and the comments of tables and columns. */
export function objectsOf(model: SchemaModel): readonly SchemaObject[] {
  const top = { table: undefined };
  return [
    ...model.schemas.map((part): SchemaObject => ({
      kind: "schema",
      schema: "",
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.extensions.map((part): SchemaObject => ({
      kind: "extension",
      schema: "",
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.enums.map((part): SchemaObject => ({
      kind: "enum",
      schema: part.schema,
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.domains.map((part): SchemaObject => ({
      kind: "domain",
      schema: part.schema,
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.compositeTypes.map((part): SchemaObject => ({
      kind: "compositeType",
      schema: part.schema,
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.sequences.map((part): SchemaObject => ({
      kind: "sequence",
      schema: part.schema,
      ...top,
      name: part.name,
      model: part,
    })),
    ...model.functions.map((part): SchemaObject => ({
      kind: "function",
      schema: part.schema,
      ...top,
      name: functionSignature(part),
      model: part,
    })),
    ...model.tables.flatMap(tableObjects),
    ...commentObjects(model),
    ...model.views.flatMap((view): readonly SchemaObject[] => [
      { kind: "view", schema: view.schema, ...top, name: view.name, model: view },
      ...view.indexes.map((part): SchemaObject => ({
        kind: "index",
        schema: view.schema,
        table: view.name,
        name: part.name,
        model: part,
      })),
      ...view.triggers.map((part): SchemaObject => ({
        kind: "trigger",
        schema: view.schema,
        table: view.name,
        name: part.name,
        model: part,
      })),
    ]),
  ];
}

/**
 * The objects of a model as `CompareOptions.managed` wants them. Give it the model of a database that the
 * project's revisions alone have made.
 */
export function managedObjects(model: SchemaModel): ReadonlySet<string> {
  return new Set(objectsOf(model).map(objectKey));
}
