import { compareSchemas, type SchemaComparison } from "../autogenerate/compare/compareSchemas";
import type { CompareOptions } from "../autogenerate/compare/compareOptions";
import type { SchemaDifference } from "../autogenerate/compare/difference";
import type { SchemaObject } from "../autogenerate/compare/schemaObject";
import type { DriftDifference } from "../context/driftCommand";
import { nameKey } from "../schema/findNamed";
import type { EnumModel, SchemaModel } from "../schema/model/schemaModel";
import type { QualifiedName, TableModel } from "../schema/model/tableModel";
import { factDifferences } from "./compareFacts";
import { keyOf, objectOf, reported, reportedDifference } from "./describe";
import type { DriftSide } from "./readSide";

export interface SidesOptions {
  readonly includeObject: NonNullable<CompareOptions["includeObject"]>;
  readonly renames: readonly string[];
  /** Whether the fix drops what only the database has. */
  readonly isDropping: boolean;
  /** Whether one side is an embedded database, whose owners and versions of extensions are its own. */
  readonly isReplayed: boolean;
}

export interface ComparedSides {
  /** Of what models know, and then of what no operation has words for. */
  readonly differences: readonly DriftDifference[];
  /** The latter alone. */
  readonly wordless: readonly DriftDifference[];
  /** What the fix is made of. */
  readonly fixing: SchemaComparison;
}

/** Compares what a database has with what it should have. */
export function compareSides(actual: DriftSide, expected: DriftSide, options: SidesOptions): ComparedSides {
  const { includeObject, renames, isDropping } = options;
  const common = { includeObject, renames, isRenameAsked: true };
  const all = compareSchemas(actual.model, expected.model, { ...common, managed: "all" });
  const fixing = isDropping
    ? all
    : compareSchemas(actual.model, withValuesOf(expected.model, actual.model), {
        ...common,
        // A comment is no object: where the revisions make none, none is meant to be there.
        fateOf: (object) => (object.kind === "aspect" ? "dropped" : "left"),
      });
  const fixed = new Set(
    [...fixing.early, ...fixing.differences].map((difference) => keyOf(objectOf(difference))),
  );
  const { defaultSchema } = expected.model;
  const report = (difference: SchemaDifference, isFixed: boolean): DriftDifference =>
    reportedDifference(difference, { defaultSchema, isFixed });
  const wordless = [
    ...partsOfPartitions(actual.model, expected.model, options).map((difference) =>
      report(difference, false),
    ),
    ...wordlessTraits(actual.model, expected.model, options),
    ...factDifferences(actual, expected, {
      isReplayed: options.isReplayed,
      isCompared: (schema, name) =>
        isRelationCompared([actual.model, expected.model], { schema, name }, options),
    }),
  ];
  return {
    fixing,
    wordless,
    differences: [
      ...[...all.early, ...all.differences].map((difference) =>
        report(difference, fixed.has(keyOf(objectOf(difference))) && !isEnumLeft(difference, isDropping)),
      ),
      ...wordless,
    ],
  };
}

/** Whether an enum has values that the fix leaves alone. */
function isEnumLeft(difference: SchemaDifference, isDropping: boolean): boolean {
  return (
    !isDropping &&
    difference.kind === "enum" &&
    difference.before?.values.some((value) => difference.after?.values.includes(value) === false) === true
  );
}

/** The model, with the values that an enum has in the database beside those that it should have. */
function withValuesOf(expected: SchemaModel, actual: SchemaModel): SchemaModel {
  const known = new Map(actual.enums.map((type) => [nameKey(type), type]));
  return {
    ...expected,
    enums: expected.enums.map((type): EnumModel => {
      const values = known.get(nameKey(type))?.values ?? [];
      return values.every((value) => type.values.includes(value))
        ? type
        : { ...type, values: [...values, ...type.values.filter((value) => !values.includes(value))] };
    }),
  };
}

/**
 * What the partitions of both sides have of their own. A comparison of schemas leaves partitions out: they come and go with
 * the data.
 */
function partsOfPartitions(
  actual: SchemaModel,
  expected: SchemaModel,
  { includeObject }: SidesOptions,
): readonly SchemaDifference[] {
  const isPartition = ({ partitionOf }: TableModel): boolean => partitionOf !== undefined;
  const known = new Set(actual.tables.filter(isPartition).map(nameKey));
  const shared = new Set(
    expected.tables
      .filter(isPartition)
      .map(nameKey)
      .filter((key) => known.has(key)),
  );
  const only = (model: SchemaModel): SchemaModel => ({
    ...model,
    schemas: [],
    extensions: [],
    enums: [],
    domains: [],
    compositeTypes: [],
    sequences: [],
    views: [],
    functions: [],
    tables: model.tables
      .filter((table) => shared.has(nameKey(table)))
      .map((table) => ({ ...table, partitionOf: undefined })),
  });
  return compareSchemas(only(actual), only(expected), { includeObject, managed: "all", isRenameAsked: false })
    .differences;
}

/** What the models know of a table and no operation can change. */
function wordlessTraits(
  actual: SchemaModel,
  expected: SchemaModel,
  { isReplayed }: SidesOptions,
): readonly DriftDifference[] {
  const tables = new Map(actual.tables.map((table) => [nameKey(table), table]));
  const { defaultSchema } = expected;
  const compare = (
    object: { readonly kind: string; readonly schema: string; readonly name: string },
    before: string | undefined,
    after: string | undefined,
  ): readonly DriftDifference[] =>
    before === after
      ? []
      : [
          reported({ table: undefined, ...object }, [before ?? "none", after ?? "none"], {
            defaultSchema,
            isFixed: false,
          }),
        ];
  const ofTables = expected.tables.flatMap((table) => {
    const counterpart = tables.get(nameKey(table));
    const { schema, name } = table;
    const parents = ({ inherits }: TableModel): string =>
      inherits.map((parent) => `${parent.schema}.${parent.name}`).join(", ");
    return counterpart === undefined
      ? []
      : [
          ...compare({ kind: "partition key", schema, name }, counterpart.partitionBy, table.partitionBy),
          ...compare({ kind: "parents of table", schema, name }, parents(counterpart), parents(table)),
        ];
  });
  const extensions = new Map(actual.extensions.map((extension) => [extension.name, extension]));
  const ofExtensions = expected.extensions.flatMap(({ name, version }) => {
    const counterpart = extensions.get(name);
    return counterpart === undefined || isReplayed
      ? []
      : compare({ kind: "extension version", schema: "", name }, counterpart.version, version);
  });
  return [...ofTables, ...ofExtensions];
}

/** Whether the project's hooks want a table or view compared; of what else there is they are not asked. */
export function isRelationCompared(
  models: readonly [database: SchemaModel, expected: SchemaModel],
  { schema, name }: QualifiedName,
  { includeObject }: Pick<SidesOptions, "includeObject">,
): boolean {
  return models.every(({ tables, views }, side) => {
    const table = tables.find((each) => each.schema === schema && each.name === name);
    const view = views.find((each) => each.schema === schema && each.name === name);
    const object: SchemaObject | undefined =
      table !== undefined
        ? { kind: "table", schema, table: undefined, name, model: table }
        : view !== undefined
          ? { kind: "view", schema, table: undefined, name, model: view }
          : undefined;
    return object === undefined || includeObject(object, side === 0 ? "database" : "entities", undefined);
  });
}
