import { nameKey } from "../../schema/findNamed";
import type { ObjectIdentity } from "../compare/schemaObject";
import type { QualifiedName } from "../../schema/model/tableModel";
import { serverName } from "../../schema/serverName";
import type { BuiltEntities } from "../../typeorm/buildEntities";
import { withQuotedDefaults } from "./columnDefaults";
import { neededExtensions } from "../../typeorm/neededExtensions";
import { EntityError } from "../../typeorm/entityError";
import { sharedTable } from "./sharedTable";
import { createStubbedRunner } from "./stubbedRunner";
import type {
  TypeormDataSource,
  TypeormEntity,
  TypeormForeignKey,
  TypeormOptions,
  TypeormQueryRunner,
  TypeormTable,
} from "../../typeorm/typeormTypes";

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

export interface EntityView extends QualifiedName {
  readonly isMaterialized: boolean;
  /** What follows AS; undefined where it can't be told from the rest. */
  readonly query: string | undefined;
  readonly statements: readonly string[];
}

/** All that the entities of a project ask of an empty database. */
export interface EntityDdl {
  /** In which unqualified names are. */
  readonly defaultSchema: string;
  /** Beside the default one. */
  readonly schemas: readonly string[];
  readonly extensions: readonly string[];
  readonly enums: readonly EntityEnum[];
  readonly tables: readonly EntityTable[];
  /** In an order in which they can be made. */
  readonly views: readonly EntityView[];
  /** Tables that several entities describe, or may: without one of them, its columns are missing. */
  readonly shared: readonly QualifiedName[];
  /** Those of them whose entities know nothing of each other: without one, the other does not show that it is missing. */
  readonly severallyDescribed: readonly QualifiedName[];
  /** Tables and views of entities with `synchronize: false`: who writes that looks after them by other means. */
  readonly unsynchronized: readonly QualifiedName[];
  /** Indexes with `synchronize: false`, of tables and views that are synchronised. */
  readonly unsynchronizedIndexes: readonly ObjectIdentity[];
  /** Whether an index may name its method. */
  readonly hasIndexTypes: boolean;
  /** Tables of TypeORM itself, which no entity describes and no revision is about. */
  readonly ownTables: readonly QualifiedName[];
}

/**
 * The DDL that TypeORM's `synchronize()` would send to an empty database, made by TypeORM's own functions without a
 * connection, and mended where what they make can't run. Its book-keeping (`typeorm_metadata`) is left out: only its
 * own migrations read it.
 */
export async function entityDdl(built: BuiltEntities, defaultSchema: string): Promise<EntityDdl> {
  const { dataSource } = built;
  const runner = createStubbedRunner(dataSource, defaultSchema);
  const making: Making = {
    built,
    runner,
    defaultSchema,
    ownSchema: serverName(dataSource.options.schema ?? defaultSchema),
    enums: new Map(),
    fullNames: new Map(),
  };
  const { enums } = making;
  const tables = new Map<string, EntityTable>();
  const shared = new Map<string, QualifiedName>();
  const severallyDescribed: QualifiedName[] = [];
  for (const [key, entities] of entitiesByTable(built.entities.filter(isTable), making)) {
    const table = await makeTable(entities, making);
    tables.set(key, table);
    const name = { schema: table.schema, name: table.name };
    if (entities.length > 1 || entities.some(isShared)) {
      shared.set(key, name);
    }
    if (entities.length > 1) {
      severallyDescribed.push(name);
    }
  }
  for (const table of await cacheTables(dataSource, making)) {
    tables.set(nameKey(table), table);
  }
  const views = dataSource.driver
    .createSchemaBuilder()
    .viewEntityToSyncMetadatas.map((entity) => makeView(entity, making));
  const named = [...tables.values(), ...views, ...enums.values()].map(({ schema }) => schema);
  return {
    defaultSchema,
    schemas: [...new Set([making.ownSchema, ...named])].filter((schema) => schema !== defaultSchema).sort(),
    extensions: await neededExtensions(dataSource),
    enums: [...enums.values()],
    tables: [...tables.values()],
    views,
    shared: [...shared.values()],
    severallyDescribed,
    unsynchronized: built.entities
      .filter(({ synchronize, tableType }) => !synchronize && tableType !== "entity-child")
      .map((entity) => nameOfEntity(entity, making.ownSchema))
      .filter((name) => !tables.has(nameKey(name))),
    unsynchronizedIndexes: unsynchronizedIndexes(built.entities, making.ownSchema),
    hasIndexTypes: dataSource.driver.supportedIndexTypes !== undefined,
    ownTables: ownTables(dataSource.options, making.ownSchema).filter((own) => !tables.has(nameKey(own))),
  };
}

function unsynchronizedIndexes(
  entities: readonly TypeormEntity[],
  ownSchema: string,
): readonly ObjectIdentity[] {
  return entities.flatMap((entity) => {
    const { schema, name: table } = nameOfEntity(entity, ownSchema);
    return entity.indices
      .filter(({ synchronize }) => !synchronize)
      .map(({ name }) => ({ kind: "index", schema, table, name: serverName(name) }));
  });
}

interface Making {
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

/** As the server keeps it, which cuts what is too long. */
function nameOfEntity({ schema, tableName }: TypeormEntity, ownSchema: string): QualifiedName {
  return { schema: serverName(schema ?? ownSchema), name: serverName(tableName) };
}

/** Whether other entities have a say in the columns of this one's table: its children, or those that it joins. */
function isShared({ inheritancePattern, tableType }: TypeormEntity): boolean {
  return inheritancePattern === "STI" || tableType === "junction" || tableType === "closure-junction";
}

function isTable(entity: TypeormEntity): boolean {
  return entity.synchronize && entity.tableType !== "entity-child" && entity.tableType !== "view";
}

type TableEntities = readonly [first: TypeormEntity, ...others: TypeormEntity[]];

/** The entities of each table, most often one. */
function entitiesByTable(
  entities: readonly TypeormEntity[],
  { ownSchema, fullNames }: Making,
): ReadonlyMap<string, TableEntities> {
  const byTable = new Map<string, [TypeormEntity, ...TypeormEntity[]]>();
  for (const entity of entities) {
    const name = nameOfEntity(entity, ownSchema);
    requireDistinct(fullNames, "tables", name, entity.tableName);
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

async function makeTable(entities: TableEntities, making: Making): Promise<EntityTable> {
  const { built, runner, ownSchema } = making;
  const { driver, namingStrategy } = built.dataSource;
  const [entity] = entities;
  const table = await typeormTable(entities, making);
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

/** The table of the query cache, where results are cached in the database. */
async function cacheTables(dataSource: TypeormDataSource, making: Making): Promise<readonly EntityTable[]> {
  const cache = dataSource.queryResultCache;
  const settings = dataSource.options.cache;
  const isInDatabase =
    settings === true ||
    (typeof settings === "object" &&
      settings !== null &&
      [undefined, "database"].includes(Reflect.get(settings, "type") as string | undefined) &&
      Reflect.get(settings, "provider") === undefined);
  if (!isInDatabase || typeof cache !== "object" || cache === null) {
    return [];
  }
  const statements: string[] = [];
  const runner = createStubbedRunner(dataSource, making.defaultSchema, (statement) =>
    statements.push(statement),
  );
  await (Reflect.get(cache, "synchronize") as (runner: unknown) => Promise<void>).call(cache, runner);
  const named: unknown = settings === true ? undefined : Reflect.get(settings, "tableName");
  return [
    {
      schema: making.ownSchema,
      name: serverName(typeof named === "string" ? named : "query-result-cache"),
      typeorm: undefined,
      uuidGenerator: dataSource.driver.uuidGenerator,
      primaryKeyName: undefined,
      statements,
      foreignKeys: [],
      enums: new Map(),
      columnTypes: new Map(),
      concurrentIndexes: [],
    },
  ];
}

function makeView(entity: TypeormEntity, { built, runner, ownSchema }: Making): EntityView {
  const view = built.builders.View.create(entity, built.dataSource.driver);
  const indexes = entity.indices
    .filter(({ synchronize }) => synchronize)
    .map((index) => runner.createViewIndexSql(view, built.builders.TableIndex.create(index)).query);
  const create = runner.createViewSql(view).query;
  return {
    ...nameOfEntity(entity, ownSchema),
    isMaterialized: view.materialized,
    query: /^CREATE (?:MATERIALIZED )?VIEW "(?:[^"]|"")*"(?:\."(?:[^"]|"")*")? AS ([^]+)$/.exec(create)?.[1],
    statements: [create, ...(view.materialized ? indexes : [])],
  };
}

/** The tables that TypeORM keeps for itself, unless an entity has the name. */
export function ownTables(
  {
    metadataTableName,
    migrationsTableName,
  }: Pick<TypeormOptions, "metadataTableName" | "migrationsTableName">,
  schema: string,
): readonly QualifiedName[] {
  return [metadataTableName ?? "typeorm_metadata", migrationsTableName ?? "migrations"].map((name) => ({
    schema,
    name: serverName(name),
  }));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll("\u0000", "")}'`;
}
