import { nameKey } from "../../schema/findNamed";
import type { ObjectIdentity } from "../compare/schemaObject";
import type { QualifiedName } from "../../schema/model/tableModel";
import { serverName } from "../../schema/serverName";
import type { BuiltEntities } from "../../typeorm/buildEntities";
import { neededExtensions } from "../../typeorm/neededExtensions";
import type { TypeormEntity } from "../../typeorm/typeormTypes";
import {
  entitiesByTable,
  type EntityEnum,
  type EntityTable,
  makeTable,
  type Making,
  nameOfEntity,
} from "./entityTables";
import { cacheTables, ownTables } from "./ownTables";
import { createStubbedRunner } from "./stubbedRunner";
import { unsynchronizedIndexes } from "./unsynchronizedIndexes";

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
    unsynchronizedIndexes: unsynchronizedIndexes(built, making.ownSchema),
    hasIndexTypes: dataSource.driver.supportedIndexTypes !== undefined,
    ownTables: ownTables(dataSource.options, making.ownSchema).filter((own) => !tables.has(nameKey(own))),
  };
}

/** Whether other entities have a say in the columns of this one's table: its children, or those that it joins. */
function isShared({ inheritancePattern, tableType }: TypeormEntity): boolean {
  return inheritancePattern === "STI" || tableType === "junction" || tableType === "closure-junction";
}

function isTable(entity: TypeormEntity): boolean {
  return entity.synchronize && entity.tableType !== "entity-child" && entity.tableType !== "view";
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
