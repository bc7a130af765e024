import { nameKey } from "../../schema/findNamed";
import type { QualifiedName } from "../../schema/model/tableModel";
import { serverName } from "../../schema/serverName";
import type { BuiltEntities } from "../../typeorm/buildEntities";
import { EntityError } from "../../typeorm/entityError";
import type {
  TypeormEntity,
  TypeormForeignKey,
  TypeormQueryRunner,
  TypeormTable,
} from "../../typeorm/typeormTypes";
import { withQuotedDefaults } from "./columnDefaults";
import { namedByPath, serverNameOf } from "./namedByPath";
import { sharedTable } from "./sharedTable";

/** An enum type that columns use; made once however many do. */
export interface EntityEnum extends QualifiedName {
  readonly values: readonly string[];
  readonly sql: string;
}

export interface EntityForeignKey {
  readonly typeorm: TypeormForeignKey;
  readonly referenced: QualifiedName;
  readonly sql: string;
}

/** A table of the entities, as TypeORM describes it and as SQL. */
export interface EntityTable extends QualifiedName {
  /** Undefined for a table of TypeORM's own, which no entity describes. */
  readonly typeorm: TypeormTable | undefined;
  readonly primaryKeyName: string | undefined;
  /** The default of generated UUIDs. */
  readonly uuidGenerator: string;
  /** The table with its columns and constraints, then its indexes and comments. */
  readonly statements: readonly string[];
  readonly foreignKeys: readonly EntityForeignKey[];
  /** The enum of each column that has one. */
  readonly enums: ReadonlyMap<string, QualifiedName>;
  /** The type of each column as SQL. */
  readonly columnTypes: ReadonlyMap<string, string>;
  /** Names of indexes that the entities want to be built concurrently. */
  readonly concurrentIndexes: readonly string[];
}

/** What the DDL of a project is made with. */
export interface Making {
  readonly built: BuiltEntities;
  readonly runner: TypeormQueryRunner;
  readonly defaultSchema: string;
  /** Where entities without a schema are. */
  readonly ownSchema: string;
  /** By `nameKey`; filled while tables are made. */
  readonly enums: Map<string, EntityEnum>;
  /** Names before the server cuts them. */
  readonly fullNames: Map<string, string>;
}

/** The entities of one table. */
export type TableEntities = readonly [first: TypeormEntity, ...others: TypeormEntity[]];

/**
 * The entities of each table, most often one.
 * @throws EntityError `entities-refused` where the server cuts the names of two tables alike
 */
export function entitiesByTable(
  entities: readonly TypeormEntity[],
  { ownSchema, fullNames }: Making,
): ReadonlyMap<string, TableEntities> {
  const byTable = new Map<string, [TypeormEntity, ...TypeormEntity[]]>();
  for (const entity of entities) {
    const name = nameOfEntity(entity, ownSchema);
    requireDistinct(fullNames, "tables", name, fullNameOfEntity(entity, ownSchema).name);
    const key = nameKey(name);
    const known = byTable.get(key);
    if (known === undefined) {
      byTable.set(key, [entity]);
    } else {
      known.push(entity);
    }
  }
  return byTable;
}

async function typeormTable(
  entities: TableEntities,
  { built, defaultSchema }: Making,
): Promise<TypeormTable> {
  const { dataSource, builders } = built;
  const [entity, ...others] = entities;
  if (others.length > 0) {
    return sharedTable(entities, { dataSource, builders, schema: defaultSchema });
  }
  const table = builders.Table.create(entity, dataSource.driver);
  withQuotedDefaults(table, entity);
  return table;
}

/**
 * A table as SQL, by TypeORM's own functions; its enums go to those that are being made.
 * @throws EntityError `entities-refused`
 */
export async function makeTable(entities: TableEntities, making: Making): Promise<EntityTable> {
  const { built, runner, ownSchema } = making;
  const { driver, namingStrategy } = built.dataSource;
  const [entity] = entities;
  const table = await typeormTable(entities, making);
  requireIntegerSequences(entity, table);
  const name = nameOfEntity(entity, ownSchema);
  const ofColumns = tableEnums(table, name, making);
  const create = runner.createTableSql(table, false).query;
  const concurrentIndexes: string[] = [];
  const indexes = table.indices.map((index) => {
    if (index.isConcurrent) {
      concurrentIndexes.push(serverName(index.name ?? ""));
      index.isConcurrent = false;
    }
    return runner.createIndexSql(table, index).query;
  });
  const primary = table.columns.filter(({ isPrimary }) => isPrimary);
  return {
    ...name,
    typeorm: table,
    uuidGenerator: driver.uuidGenerator,
    primaryKeyName:
      primary[0]?.primaryKeyConstraintName ??
      (primary.length === 0
        ? undefined
        : namingStrategy.primaryKeyName(
            table,
            primary.map((column) => column.name),
          )),
    statements: [create, ...indexes, ...tableComment(entity, name)],
    foreignKeys: foreignKeysOf(entities, table, making),
    enums: ofColumns,
    columnTypes: new Map(table.columns.map((column) => [column.name, driver.createFullType(column)])),
    concurrentIndexes,
  };
}

const integerTypes = new Set(["smallint", "int2", "int", "int4", "integer", "bigint", "int8"]);

/** TypeORM writes no type at all for a column that counts and is no integer: a syntax error that names nothing. */
function requireIntegerSequences(entity: TypeormEntity, table: TypeormTable): void {
  const column = table.columns.find(
    ({ isGenerated, generationStrategy, type }) =>
      isGenerated && generationStrategy === "increment" && !integerTypes.has(type),
  );
  if (column !== undefined) {
    throw new EntityError(
      "entities-refused",
      `Column ${column.name} of ${entity.name} is generated by a sequence, which counts in integers, and its type is ${column.type}.`,
      {
        hint: 'Add `type: "integer"` or `type: "bigint"` to the column, or remove @Generated(). TypeORM\'s synchronize() would fail too.',
      },
    );
  }
}

/** Each once, by its name, however many entities have it. */
function foreignKeysOf(
  entities: TableEntities,
  table: TypeormTable,
  { built, runner, ownSchema }: Making,
): readonly EntityForeignKey[] {
  const byName = new Map<string, EntityForeignKey>();
  for (const foreignKey of entities.flatMap((entity) => entity.foreignKeys)) {
    if (!byName.has(foreignKey.name)) {
      const { referencedEntityMetadata: referenced } = foreignKey;
      const typeorm = built.builders.TableForeignKey.create(foreignKey, built.dataSource.driver);
      byName.set(foreignKey.name, {
        typeorm,
        referenced: nameOfEntity(referenced, ownSchema),
        sql: runner.createForeignKeySql(table, typeorm).query,
      });
    }
  }
  return [...byName.values()];
}

function tableComment(entity: TypeormEntity, { schema, name }: QualifiedName): readonly string[] {
  const { comment } = entity;
  return comment === undefined || comment === ""
    ? []
    : [`COMMENT ON TABLE ${quoted(schema)}.${quoted(name)} IS ${literal(comment)}`];
}

/** Notes the enums that a table's columns use, by TypeORM's rules for their names. */
function tableEnums(
  table: TypeormTable,
  { schema, name }: QualifiedName,
  { enums, fullNames }: Pick<Making, "enums" | "fullNames">,
): ReadonlyMap<string, QualifiedName> {
  const ofColumns = new Map<string, QualifiedName>();
  for (const column of table.columns.filter(({ type }) => type === "enum" || type === "simple-enum")) {
    const path = (column.enumName ?? `${name}_${column.name.toLowerCase()}_enum`).split(".");
    const [first = "", second] = path.map(serverName);
    const type = second === undefined ? { schema, name: first } : { schema: first, name: second };
    requireDistinct(fullNames, "enums", type, path.at(-1) ?? "");
    ofColumns.set(column.name, type);
    const values = column.enum ?? [];
    if (!enums.has(nameKey(type))) {
      const labels = values.map(literal).join(", ");
      enums.set(nameKey(type), {
        ...type,
        values,
        sql: `CREATE TYPE ${quoted(type.schema)}.${quoted(type.name)} AS ENUM (${labels})`,
      });
    }
  }
  return ofColumns;
}

/**
 * Refuses two names that the server cuts alike: what they name would be taken for one.
 * @param fullNames of those before, by kind and cut name
 */
function requireDistinct(
  fullNames: Map<string, string>,
  kind: "tables" | "enums",
  cut: QualifiedName,
  full: string,
): void {
  const key = `${kind} ${nameKey(cut)}`;
  const other = fullNames.get(key);
  if (other !== undefined && other !== full) {
    throw new EntityError(
      "entities-refused",
      `PostgreSQL keeps the first 63 bytes of a name, so it can't tell two ${kind} of the entities apart: ${other} and ${full}.`,
      { hint: "Give one of them a shorter name." },
    );
  }
  fullNames.set(key, full);
}

/** The table's name as the server keeps it, which cuts what is too long. */
export function nameOfEntity(entity: TypeormEntity, ownSchema: string): QualifiedName {
  return serverNameOf(fullNameOfEntity(entity, ownSchema));
}

function fullNameOfEntity({ schema, tableName }: TypeormEntity, ownSchema: string): QualifiedName {
  return namedByPath(tableName, schema, ownSchema);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll("\u0000", "")}'`;
}
