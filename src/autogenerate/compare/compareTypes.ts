import { elementType } from "../../sqlText/typeName";
import { mentionsName, printedQualifiedName } from "../../sqlText/expression";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { compareNamed } from "./compareNamed";
import { compareComments } from "./compareParts";
import type { Comparison } from "./comparison";
import { nameKey } from "../../schema/findNamed";
import { functionSignature } from "./schemaObject";
import { structureWithout } from "./structure";

type TopLevel = Pick<
  SchemaModel,
  "schemas" | "extensions" | "enums" | "domains" | "compositeTypes" | "sequences" | "functions"
>;

/** Compares all that is beside tables and views; `tables` are those that the database has afterwards. */
export function compareTopLevel(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly TableModel[],
): TopLevel {
  return {
    schemas: compareSchemaNames(comparison, before, after),
    extensions: compareExtensions(comparison, before, after),
    enums: compareEnums(comparison, before, after, tables),
    domains: compareDomains(comparison, before, after, tables),
    compositeTypes: compareCompositeTypes(comparison, before, after, tables),
    sequences: compareSequences(comparison, before, after, tables),
    functions: compareFunctions(comparison, before, after),
  };
}

/** Whether a column of these tables is of the type. */
function isUsedBy(tables: readonly TableModel[], defaultSchema: string): (type: QualifiedName) => boolean {
  return (type) =>
    tables.some((table) => table.columns.some((column) => isOfType(column.type, type, defaultSchema)));
}

type Commented = QualifiedName & { readonly comment: string | undefined };

/** Compares the comments of two that match. */
function commented(
  comparison: Comparison,
  of: "enum" | "domain" | "compositeType" | "sequence",
): (left: Commented, right: Commented) => void {
  return (left, right) => {
    const place = { of, schema: right.schema, table: undefined, name: right.name };
    compareComments(comparison, place, left.comment, right.comment);
  };
}

function compareExtensions(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
): TopLevel["extensions"] {
  return compareNamed(comparison, {
    before: before.extensions,
    after: after.extensions,
    keyOf: ({ name }) => name,
    // A newer version, or another schema, is the database's own affair.
    structureOf: ({ name }) => name,
    toObject: (model) => ({ kind: "extension", schema: "", table: undefined, name: model.name, model }),
    toDifference: (left, right) => ({ kind: "extension", before: left, after: right }),
  });
}

function compareEnums(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly TableModel[],
): TopLevel["enums"] {
  return compareNamed(comparison, {
    before: before.enums,
    after: after.enums,
    keyOf: nameKey,
    structureOf: ({ values }) => JSON.stringify(values),
    toObject: (model) => ({
      kind: "enum",
      schema: model.schema,
      table: undefined,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "enum", before: left, after: right }),
    isNeeded: isUsedBy(tables, before.defaultSchema),
    onMatch: commented(comparison, "enum"),
  });
}

function compareDomains(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly TableModel[],
): TopLevel["domains"] {
  return compareNamed(comparison, {
    before: before.domains,
    after: after.domains,
    keyOf: nameKey,
    structureOf: (model) =>
      JSON.stringify([
        structureWithout(model, ["comment", "checks"]),
        model.checks.map(({ name, condition }) => [name, condition]),
      ]),
    toObject: (model) => ({
      kind: "domain",
      schema: model.schema,
      table: undefined,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "domain", before: left, after: right }),
    isNeeded: isUsedBy(tables, before.defaultSchema),
    onMatch: commented(comparison, "domain"),
  });
}

function compareCompositeTypes(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly TableModel[],
): TopLevel["compositeTypes"] {
  return compareNamed(comparison, {
    before: before.compositeTypes,
    after: after.compositeTypes,
    keyOf: nameKey,
    structureOf: ({ attributes }) => JSON.stringify(attributes),
    toObject: (model) => ({
      kind: "compositeType",
      schema: model.schema,
      table: undefined,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "compositeType", before: left, after: right }),
    isNeeded: isUsedBy(tables, before.defaultSchema),
    onMatch: commented(comparison, "compositeType"),
  });
}

function compareSequences(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
  tables: readonly TableModel[],
): TopLevel["sequences"] {
  return compareNamed(comparison, {
    before: before.sequences,
    after: after.sequences,
    keyOf: nameKey,
    structureOf: (model) => structureWithout(model, ["comment"]),
    toObject: (model) => ({
      kind: "sequence",
      schema: model.schema,
      table: undefined,
      name: model.name,
      model,
    }),
    toDifference: (left, right) => ({ kind: "sequence", before: left, after: right }),
    isNeeded: (sequence) =>
      tables.some((table) =>
        table.columns.some(
          (column) =>
            column.default?.startsWith("nextval(") === true &&
            mentionsName(column.default.replaceAll("'", ""), new Set([sequence.name])),
        ),
      ),
    onMatch: commented(comparison, "sequence"),
  });
}

/** Whether a column's type is this one, or an array of it. */
export function isOfType(columnType: string, type: QualifiedName, defaultSchema: string): boolean {
  return elementType(columnType) === printedQualifiedName(type.schema, type.name, defaultSchema);
}

function compareSchemaNames(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
): SchemaModel["schemas"] {
  return compareNamed(comparison, {
    before: before.schemas,
    after: after.schemas,
    keyOf: ({ name }) => name,
    structureOf: ({ name }) => name,
    toObject: (model) => ({ kind: "schema", schema: "", table: undefined, name: model.name, model }),
    toDifference: (left, right) => ({ kind: "schema", before: left, after: right }),
    // PostgreSQL made the default schema, and holds the version table there.
    isNeeded: ({ name }) => name === before.defaultSchema || name === "public",
    onMatch: (left, right) => {
      if (right.name !== before.defaultSchema) {
        const place = { of: "schema" as const, schema: right.name, table: undefined, name: right.name };
        compareComments(comparison, place, left.comment, right.comment);
      }
    },
  });
}

function compareFunctions(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
): SchemaModel["functions"] {
  return compareNamed(comparison, {
    before: before.functions,
    after: after.functions,
    keyOf: (model) => JSON.stringify([model.schema, functionSignature(model)]),
    structureOf: (model) => structureWithout(model, ["comment"]),
    toObject: (model) => ({
      kind: "function",
      schema: model.schema,
      table: undefined,
      name: functionSignature(model),
      model,
    }),
    toDifference: (left, right) => ({ kind: "function", before: left, after: right }),
    onMatch: (left, right) => {
      const place = {
        of: "function" as const,
        schema: right.schema,
        table: undefined,
        name: functionSignature(right),
      };
      compareComments(comparison, place, left.comment, right.comment);
    },
  });
}
