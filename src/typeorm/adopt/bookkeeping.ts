import { neededExtensions } from "../neededExtensions";
import type { TypeormDataSource, TypeormQueryRunner } from "../typeormTypes";

/**
 * The extensions that TypeORM makes, where they are missing, before it runs any migration: migrations that it generated
 * use `uuid_generate_v4()` and never say where it comes from (`PostgresDriver.afterConnect`).
 */
export async function extensionsMadeOnConnect(dataSource: TypeormDataSource): Promise<readonly string[]> {
  return dataSource.options.installExtensions === false ? [] : neededExtensions(dataSource);
}

/**
 * Makes TypeORM's book-keeping of views and generated columns, if the entities have any, as it does before it runs
 * migrations (`MigrationExecutor.executePendingMigrations`): those that it generated write to that table.
 */
export async function makeMetadataTable(
  dataSource: TypeormDataSource,
  queryRunner: TypeormQueryRunner,
): Promise<void> {
  await dataSource.driver.createSchemaBuilder().createMetadataTableIfNecessary(queryRunner);
}
