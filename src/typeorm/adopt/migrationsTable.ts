import type { TypeormDataSource } from "../typeormTypes";

/** Where TypeORM lists the migrations that ran, and the statements that it keeps the list with. */
export interface MigrationsTable {
  /** Undefined where the connection's search path decides. */
  readonly schema: string | undefined;
  readonly name: string;
  /** For SQL. */
  readonly quotedName: string;
  readonly createSql: string;
}

/** The columns that TypeORM reads and writes; a table of that name without them is another program's. */
export const migrationsTableColumns = ["timestamp", "name"] as const;

/**
 * The table as TypeORM itself names and makes it (`MigrationExecutor.createMigrationsTableIfNotExist`); a name with a dot
 * in it begins with the schema.
 */
export function migrationsTable({ options, namingStrategy }: TypeormDataSource): MigrationsTable {
  const given =
    options.migrationsTableName === undefined || options.migrationsTableName === ""
      ? "migrations"
      : options.migrationsTableName;
  const dot = options.schema === undefined ? given.indexOf(".") : -1;
  const schema = dot > 0 ? given.slice(0, dot) : options.schema;
  const name = dot > 0 ? given.slice(dot + 1) : given;
  const quotedName = schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
  const primaryKey = quoted(namingStrategy.primaryKeyName(name, ["id"]));
  return {
    schema,
    name,
    quotedName,
    createSql: `CREATE TABLE IF NOT EXISTS ${quotedName} ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL, "name" character varying NOT NULL, CONSTRAINT ${primaryKey} PRIMARY KEY ("id"))`,
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
