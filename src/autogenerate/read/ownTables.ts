import type { QualifiedName } from "../../schema/model/tableModel";
import { namedByPath, serverNameOf } from "./namedByPath";
import type { TypeormDataSource, TypeormOptions } from "../../typeorm/typeormTypes";
import type { EntityTable, Making } from "./entityTables";
import { createStubbedRunner } from "./stubbedRunner";

/** The tables that TypeORM keeps for itself, unless an entity has the name. */
export function ownTables(
  {
    schema,
    metadataTableName,
    migrationsTableName,
  }: Pick<TypeormOptions, "schema" | "metadataTableName" | "migrationsTableName">,
  ownSchema: string,
): readonly QualifiedName[] {
  return [metadataTableName ?? "typeorm_metadata", migrationsTableName ?? "migrations"].map((name) =>
    serverNameOf(namedByPath(name, schema, ownSchema)),
  );
}

/** The table of the query cache, where results are cached in the database. */
export async function cacheTables(
  dataSource: TypeormDataSource,
  making: Making,
): Promise<readonly EntityTable[]> {
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
      ...serverNameOf(
        namedByPath(
          typeof named === "string" ? named : "query-result-cache",
          dataSource.options.schema,
          making.ownSchema,
        ),
      ),
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
