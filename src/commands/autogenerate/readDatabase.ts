import type { Connection } from "../../database/connection";
import { introspect } from "../../database/introspect/introspect";
import type { ProjectConfig } from "../../project/projectConfig";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { EntityDdl } from "../../typeorm/entityDdl";

/** Where a connection is, and what it talks to. */
export interface ServerFacts {
  /** In which unqualified names are found and made. */
  readonly defaultSchema: string;
  /** `15.18` */
  readonly version: string;
}

export async function readServerFacts(connection: Connection): Promise<ServerFacts> {
  const [row] = await connection.query(
    "SELECT pg_catalog.current_schema() AS schema, pg_catalog.current_setting('server_version') AS version",
  );
  const { schema, version } = row ?? {};
  return {
    defaultSchema: typeof schema === "string" ? schema : "public",
    version: String(version).split(" ")[0] ?? "",
  };
}

/**
 * Reads what of a database autogenerate is about: the default schema, those that the entities name, and those that
 * `includeSchemas` adds. The tables of the tools themselves are left out.
 */
export async function readDatabase(
  connection: Connection,
  ddl: EntityDdl,
  config: ProjectConfig,
): Promise<SchemaModel> {
  const { defaultSchema } = ddl;
  const schemas = new Set([defaultSchema, ...ddl.schemas, ...(await includedSchemas(connection, config))]);
  return introspect(connection, {
    schemas: [...schemas].map((name) => ({ name })),
    defaultSchema,
    ignoredTables: [...toolTables(config, defaultSchema), ...ddl.ownTables],
  });
}

function toolTables(config: ProjectConfig, defaultSchema: string): readonly QualifiedName[] {
  const schema = config.versionTableSchema ?? defaultSchema;
  return [config.versionTable, `${config.versionTable}_steps`].map((name) => ({ schema, name }));
}

async function includedSchemas(connection: Connection, config: ProjectConfig): Promise<readonly string[]> {
  const { includeSchemas, hooks } = config;
  if (typeof includeSchemas !== "boolean") {
    return includeSchemas;
  }
  if (!includeSchemas) {
    return [];
  }
  const rows = await connection.query(
    `SELECT nspname AS name FROM pg_catalog.pg_namespace
     WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1`,
  );
  const isIncluded = (name: string): boolean =>
    hooks.includeName?.(name, "schema", {
      schemaName: name,
      tableName: undefined,
      schemaQualifiedTableName: undefined,
    }) ?? true;
  return rows.map((row) => String(row["name"])).filter(isIncluded);
}
