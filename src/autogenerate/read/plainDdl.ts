import type { QualifiedName } from "../../schema/model/tableModel";
import type {
  TypeormColumn,
  TypeormForeignKey,
  TypeormIndex,
  TypeormTable,
  TypeormUnique,
} from "../../typeorm/typeormTypes";
import type { EntityDdl } from "./entityDdl";
import type { EntityForeignKey, EntityTable } from "./entityTables";

/** An `EntityDdl` as JSON can hold it. */
export interface PlainDdl extends Omit<EntityDdl, "tables"> {
  readonly tables: readonly PlainTable[];
}

interface PlainTable extends Omit<EntityTable, "enums" | "columnTypes"> {
  readonly enums: readonly (readonly [column: string, type: QualifiedName])[];
  readonly columnTypes: readonly (readonly [column: string, type: string])[];
}

/** What JSON can hold of it: TypeORM's objects with what is known of them, and lists in the place of maps. */
export function toPlainDdl(ddl: EntityDdl): PlainDdl {
  return {
    ...ddl,
    tables: ddl.tables.map((table) => ({
      ...table,
      typeorm: table.typeorm && plainTable(table.typeorm),
      foreignKeys: table.foreignKeys.map(plainForeignKey),
      enums: [...table.enums],
      columnTypes: [...table.columnTypes],
    })),
  };
}

/** The other way round. */
export function fromPlainDdl(plain: PlainDdl): EntityDdl {
  return {
    ...plain,
    tables: plain.tables.map((table) => ({
      ...table,
      // JSON leaves out what is undefined.
      typeorm: table.typeorm,
      primaryKeyName: table.primaryKeyName,
      enums: new Map(table.enums),
      columnTypes: new Map(table.columnTypes),
    })),
    views: plain.views.map((view) => ({ ...view, query: view.query })),
  };
}

function plainTable({
  name,
  columns,
  indices,
  uniques,
  checks,
  exclusions,
  comment,
}: TypeormTable): TypeormTable {
  return {
    name,
    columns: columns.map(plainColumn),
    indices: indices.map(plainIndex),
    uniques: uniques.map(plainUnique),
    checks: checks.map((check) => sparse({ name: check.name, expression: check.expression })),
    // How many there are is all that is asked.
    exclusions: exclusions.map(() => true),
    ...sparse({ comment }),
  };
}

function plainColumn(column: TypeormColumn): TypeormColumn {
  const { name, type, length, isNullable, isPrimary, isUnique, isArray, isGenerated } = column;
  const { precision, scale, collation, comment, default: value, generationStrategy } = column;
  const { generatedIdentity, generatedType, asExpression, enum: values, enumName } = column;
  return {
    ...{ name, type, length, isNullable, isPrimary, isUnique, isArray, isGenerated },
    ...sparse({ precision, scale, collation, comment, default: value, generationStrategy }),
    ...sparse({ generatedIdentity, generatedType, asExpression, enum: values, enumName }),
    ...sparse({ primaryKeyConstraintName: column.primaryKeyConstraintName }),
  };
}

function plainIndex({
  name,
  columnNames,
  isUnique,
  isSpatial,
  isConcurrent,
  where,
  type,
}: TypeormIndex): TypeormIndex {
  return { columnNames, isUnique, isSpatial, isConcurrent, ...sparse({ name, where, type }) };
}

function plainUnique({ name, columnNames, deferrable }: TypeormUnique): TypeormUnique {
  return { columnNames, ...sparse({ name, deferrable }) };
}

function plainForeignKey({ typeorm, referenced, sql }: EntityForeignKey): EntityForeignKey {
  return { typeorm: plainReference(typeorm), referenced, sql };
}

function plainReference(foreignKey: TypeormForeignKey): TypeormForeignKey {
  const { columnNames, referencedColumnNames, referencedTableName } = foreignKey;
  const { name, referencedSchema, onDelete, onUpdate, deferrable } = foreignKey;
  return {
    ...{ columnNames, referencedColumnNames, referencedTableName },
    ...sparse({ name, referencedSchema, onDelete, onUpdate, deferrable }),
  };
}

type Sparse<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Without what is undefined. */
function sparse<Values extends object>(values: Values): Sparse<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Sparse<Values>;
}
