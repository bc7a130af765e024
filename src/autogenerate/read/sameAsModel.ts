import { nameKey } from "../../schema/findNamed";
import { printedQualifiedName } from "../../sqlText/expression";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { ConstraintModel, ForeignKeyModel } from "../../schema/model/constraintModel";
import { type IndexModel, isPlainIndex } from "../../schema/model/indexModel";
import type { EnumModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { isSameDefault } from "../../schema/sameMoment";
import { serverName } from "../../schema/serverName";
import { printedDefaults } from "./printedDefaults";
import { printedType } from "./printedType";
import type { EntityForeignKey, EntityTable } from "./entityTables";
import type { TypeormColumn, TypeormIndex, TypeormTable, TypeormUnique } from "../../typeorm/typeormTypes";

/** What of the database the tables of the entities are held against. */
export interface KnownSchema {
  readonly defaultSchema: string;
  /** By `nameKey`. */
  readonly enums: ReadonlyMap<string, EnumModel>;
  /** The values that the entities give each enum, by the same key. */
  readonly entityEnums: ReadonlyMap<string, readonly string[]>;
  /** Whether the condition of a check, as it is given, is the one that the server prints. */
  readonly isSameCheck: (given: string, printed: string) => boolean;
}

/** How far a table of the database is certainly what the entities ask for. */
export type Sameness =
  | { readonly kind: "same" }
  /** The table may have more than they ask for, and of that lacks columns alone. */
  | { readonly kind: "partly"; readonly missing: readonly TypeormColumn[] };

/**
 * How far a table of the database is certainly what the entities ask for. Undefined means only that a PostgreSQL has to
 * say: an expression, for one, is equal only where its text is the one that the server prints.
 */
export function samenessOf(table: EntityTable, model: TableModel, known: KnownSchema): Sameness | undefined {
  const { typeorm } = table;
  if (
    typeorm === undefined ||
    typeorm.exclusions.length > 0 ||
    (typeorm.comment ?? "") !== (model.comment ?? "") ||
    model.partitionOf !== undefined ||
    model.inherits.length > 0 ||
    !hasConstraints(table, typeorm, model, known) ||
    !hasIndexes(typeorm.indices, model.indexes)
  ) {
    return undefined;
  }
  const missing = missingColumns(table, typeorm, model, known);
  if (missing === undefined) {
    return undefined;
  }
  const hasMore =
    model.columns.length > typeorm.columns.length - missing.length ||
    model.constraints.length > constraintCount(table, typeorm) ||
    model.indexes.length > typeorm.indices.length;
  return missing.length > 0 || hasMore ? { kind: "partly", missing } : { kind: "same" };
}

/** Undefined where a column differs, or one is missing that can't be made without the rest of its table. */
function missingColumns(
  table: EntityTable,
  typeorm: TypeormTable,
  model: TableModel,
  known: KnownSchema,
): readonly TypeormColumn[] | undefined {
  const columns = new Map(model.columns.map((column) => [column.name, column]));
  const missing: TypeormColumn[] = [];
  for (const column of typeorm.columns) {
    const found = columns.get(column.name);
    if (found === undefined ? !standsAlone(column) : !isSameColumn(table, column, found, known)) {
      return undefined;
    }
    if (found === undefined) {
      missing.push(column);
    }
  }
  return missing;
}

function standsAlone({ name, isGenerated, isPrimary, isUnique, generatedType }: TypeormColumn): boolean {
  return !isGenerated && !isPrimary && !isUnique && generatedType === undefined && serverName(name) === name;
}

function isSameColumn(
  table: EntityTable,
  column: TypeormColumn,
  model: ColumnModel,
  known: KnownSchema,
): boolean {
  const type = columnType(table, column, known);
  return (
    type !== undefined &&
    model.type === type &&
    model.isNullable === column.isNullable &&
    (model.comment ?? "") === (column.comment ?? "") &&
    (model.collation ?? "") === (column.collation ?? "") &&
    column.generatedType === undefined &&
    isSameValue(table, column, model, type)
  );
}

function columnType(table: EntityTable, column: TypeormColumn, known: KnownSchema): string | undefined {
  const type = table.enums.get(column.name);
  if (type === undefined) {
    return printedType(column);
  }
  const key = nameKey(type);
  const values = known.enums.get(key)?.values;
  const isSame =
    values !== undefined &&
    JSON.stringify(values) === JSON.stringify(known.entityEnums.get(key)) &&
    JSON.stringify(values) === JSON.stringify(column.enum);
  const printed = printedQualifiedName(type.schema, type.name, known.defaultSchema);
  return isSame ? `${printed}${column.isArray ? "[]" : ""}` : undefined;
}

function isSameValue(table: EntityTable, column: TypeormColumn, model: ColumnModel, type: string): boolean {
  if (column.isGenerated && column.generationStrategy !== "uuid") {
    return isSameSequence(table, column, model);
  }
  if (model.generation !== undefined) {
    return false;
  }
  if (column.default === undefined) {
    // TypeORM fills in its generator of UUIDs, which depends on the extension that it uses.
    const isGenerator = /^(?:uuid_generate_v4|gen_random_uuid)\(\)$/.test(model.default ?? "");
    return column.isGenerated
      ? isGenerator && model.default === table.uuidGenerator
      : model.default === undefined;
  }
  return (
    model.default !== undefined &&
    (printedDefaults(column.default, type).has(model.default) ||
      isSameDefault(column.default, model.default, type))
  );
}

function isSameSequence(table: EntityTable, column: TypeormColumn, model: ColumnModel): boolean {
  const { generation } = model;
  const isIdentity = column.generationStrategy === "identity";
  const kind = isIdentity ? "identity" : "serial";
  if (generation === undefined || generation.kind === "generated" || generation.kind !== kind) {
    return false;
  }
  if (generation.kind === "identity") {
    const wanted = (column.generatedIdentity ?? "BY DEFAULT").toLowerCase();
    if (generation.generation !== wanted) {
      return false;
    }
  }
  const { sequence } = generation;
  return (
    sequence.schema === table.schema &&
    sequence.name === `${table.name}_${column.name}_seq` &&
    sequence.start === "1" &&
    sequence.increment === "1" &&
    sequence.minValue === "1" &&
    sequence.cache === "1" &&
    !sequence.cycle &&
    sequence.type === column.type &&
    sequence.maxValue === largest.get(column.type)
  );
}

const largest: ReadonlyMap<string, string> = new Map([
  ["smallint", "32767"],
  ["integer", "2147483647"],
  ["bigint", "9223372036854775807"],
]);

function constraintCount(table: EntityTable, typeorm: TypeormTable): number {
  return (
    (table.primaryKeyName === undefined ? 0 : 1) +
    typeorm.uniques.length +
    typeorm.checks.length +
    table.foreignKeys.length
  );
}

function hasConstraints(
  table: EntityTable,
  typeorm: TypeormTable,
  model: TableModel,
  known: KnownSchema,
): boolean {
  const constraints = new Map(model.constraints.map((constraint) => [constraint.name, constraint]));
  const find = (name: string | undefined): ConstraintModel | undefined => constraints.get(name ?? "");
  return (
    isSamePrimaryKey(table, typeorm, find(table.primaryKeyName)) &&
    typeorm.uniques.every((unique) => isSameUnique(unique, find(unique.name))) &&
    table.foreignKeys.every((foreignKey) => isSameForeignKey(foreignKey, find(foreignKey.typeorm.name))) &&
    typeorm.checks.every((check) => isSameCheck(check.expression, find(check.name), known))
  );
}

function isSamePrimaryKey(
  table: EntityTable,
  typeorm: TypeormTable,
  model: ConstraintModel | undefined,
): boolean {
  if (table.primaryKeyName === undefined) {
    return true;
  }
  const columns = typeorm.columns.filter(({ isPrimary }) => isPrimary).map(({ name }) => name);
  return (
    model?.kind === "primaryKey" &&
    isPlain(model) &&
    !model.isDeferrable &&
    model.include.length === 0 &&
    isSameList(model.columns, columns)
  );
}

function isSameUnique(unique: TypeormUnique, model: ConstraintModel | undefined): boolean {
  return (
    model?.kind === "unique" &&
    isPlain(model) &&
    model.include.length === 0 &&
    !model.nullsNotDistinct &&
    isSameDeferrable(unique.deferrable, model) &&
    isSameList(model.columns, unique.columnNames)
  );
}

function isSameCheck(
  expression: string | undefined,
  model: ConstraintModel | undefined,
  known: KnownSchema,
): boolean {
  return (
    model?.kind === "check" &&
    isPlain(model) &&
    model.isValid &&
    !model.noInherit &&
    expression !== undefined &&
    known.isSameCheck(expression, model.condition)
  );
}

function isSameForeignKey(foreignKey: EntityForeignKey, model: ConstraintModel | undefined): boolean {
  const { typeorm, referenced } = foreignKey;
  return (
    model?.kind === "foreignKey" &&
    isPlain(model) &&
    model.isValid &&
    model.match === "simple" &&
    model.referencedSchema === referenced.schema &&
    model.referencedTable === referenced.name &&
    isSameAction(typeorm.onDelete, model.onDelete) &&
    isSameAction(typeorm.onUpdate, model.onUpdate) &&
    isSameDeferrable(typeorm.deferrable, model) &&
    isSameList(model.columns, typeorm.columnNames) &&
    isSameList(model.referencedColumns, typeorm.referencedColumnNames)
  );
}

function isSameAction(given: string | undefined, model: ForeignKeyModel["onDelete"]): boolean {
  return (given ?? "NO ACTION").toLowerCase() === model;
}

function isSameDeferrable(
  given: string | undefined,
  model: { readonly isDeferrable: boolean; readonly isInitiallyDeferred: boolean },
): boolean {
  return (
    model.isDeferrable === (given !== undefined && given !== "") &&
    model.isInitiallyDeferred === /INITIALLY DEFERRED/i.test(given ?? "")
  );
}

function isPlain({ comment, isOpaque }: ConstraintModel): boolean {
  return comment === undefined && !isOpaque;
}

function hasIndexes(indices: readonly TypeormIndex[], models: readonly IndexModel[]): boolean {
  const byName = new Map(models.map((index) => [index.name, index]));
  return indices.every((index) => {
    const model = byName.get(index.name ?? "");
    return model !== undefined && isSameIndex(index, model);
  });
}

function isSameIndex(index: TypeormIndex, model: IndexModel): boolean {
  return (
    isPlainIndex(model) &&
    model.isValid &&
    model.comment === undefined &&
    model.isUnique === index.isUnique &&
    model.method === (index.isSpatial ? "gist" : (index.type ?? "btree")) &&
    isSameList(
      model.elements.map(({ text }) => text),
      index.columnNames,
    ) &&
    (index.where === undefined || index.where === ""
      ? model.predicate === undefined
      : model.predicate !== undefined && isSameExpression(index.where, model.predicate))
  );
}

/** The server prints what it would read as the same again, so equal texts are equal expressions. */
export function isSameExpression(given: string, printed: string): boolean {
  return given === printed || `(${given})` === printed;
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, at) => entry === right[at]);
}
