import type { Connection } from "../../database/connection";
import { introspect } from "../../database/introspect/introspect";
import type { ProjectConfig } from "../../project/projectConfig";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { serverName } from "../../schema/serverName";
import type { EntityDdl } from "./entityDdl";
import { ownTables } from "./ownTables";
import type { TypeormOptions } from "../../typeorm/typeormTypes";

/** Where a connection is, and what it talks to. */
export interface ServerFacts {
  /** In which unqualified names are found and made. */
  readonly defaultSchema: string;
  /** `15.18` */
  readonly version: string;
}

/** The first schema of the connection's search path (`public` where it has none), and the server's version. */
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
 * Begins to read the database before the entities are known. What is given back waits for that, and reads again where
 * the entities name a schema that was not among those that were read, or a table that is otherwise TypeORM's own.
 */
export function beginReading(
  connection: Connection,
  config: ProjectConfig,
  defaultSchema: string,
  options: Pick<TypeormOptions, "schema" | "metadataTableName" | "migrationsTableName">,
): (ddl: EntityDdl) => Promise<SchemaModel> {
  const ownSchema = serverName(options.schema ?? defaultSchema);
  const schemas = ownSchema === defaultSchema ? [] : [ownSchema];
  const guess = { defaultSchema, schemas, ownTables: ownTables(options, ownSchema) };
  const reading = readDatabase(connection, guess, config);
  // Heard later, and only if the entities can be read.
  reading.catch(() => undefined);
  return async (ddl) => {
    const model = await reading;
    return ddl.schemas.every((schema) => schemas.includes(schema)) &&
      ddl.ownTables.length === guess.ownTables.length
      ? model
      : readDatabase(connection, ddl, config);
  };
}

/**
 * Reads what of a database autogenerate is about: the default schema, those that the entities name, and those that
 * `includeSchemas` adds. The tables of the tools themselves are left out.
 */
export async function readDatabase(
  connection: Connection,
  ddl: Pick<EntityDdl, "defaultSchema" | "schemas" | "ownTables">,
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

/** The tables in which runs are noted: neither side's, even where an entity describes one to read it. */
export function toolTables(config: ProjectConfig, defaultSchema: string): readonly QualifiedName[] {
  const schema = serverName(config.versionTableSchema ?? defaultSchema);
  return [config.versionTable, `${config.versionTable}_steps`].map((name) => ({
    schema,
    name: serverName(name),
  }));
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
