import type { Connection } from "../database/connection";
import { introspect } from "../database/introspect/introspect";
import { differencesToOperations } from "../autogenerate/plan/fromDifferences";
import type { ProjectConfig } from "../project/projectConfig";
import { compareSchemas } from "../autogenerate/compare/compareSchemas";
import { emptySchemaModel, type SchemaModel } from "../schema/model/schemaModel";
import { renderOperation } from "../sql/renderOperation";

/** A database's schema at one moment, without the tables of this tool. */
export interface SchemaSnapshot {
  /** As SQL that would make it, for people. */
  text(): string;
  /** The order of columns does not count: PostgreSQL can't put one back where it was. */
  isSameAs(other: SchemaSnapshot): boolean;
  /** What takes away all that the other one has not; undefined where that alone does not make them the same. */
  dropsTo(other: SchemaSnapshot): readonly string[] | undefined;
}

/** Takes a snapshot of everything that revisions can make. */
export async function takeSnapshot(connection: Connection, config: ProjectConfig): Promise<SchemaSnapshot> {
  const own = [config.versionTable, `${config.versionTable}_steps`];
  return connection.dialect === "sqlite"
    ? sqliteSnapshot(connection, own)
    : new PostgresSnapshot(await readModel(connection, own, config));
}

class PostgresSnapshot implements SchemaSnapshot {
  constructor(private readonly model: SchemaModel) {}

  text(): string {
    const { defaultSchema, serverVersion } = this.model;
    const nothing: SchemaModel = {
      ...emptySchemaModel(defaultSchema, serverVersion),
      schemas: [{ name: defaultSchema, comment: undefined }],
    };
    const comparison = compareSchemas(nothing, this.model, { isRenameAsked: false });
    const statements = differencesToOperations(comparison).upgrade.operations.flatMap((operation) =>
      renderOperation(operation, "postgresql", { offline: true }),
    );
    return statements.map(({ text }) => `${text};\n`).join("\n");
  }

  isSameAs(other: SchemaSnapshot): boolean {
    if (!(other instanceof PostgresSnapshot)) {
      return false;
    }
    const { differences, early, drift } = compareSchemas(this.model, other.model, {
      managed: "all",
      isRenameAsked: false,
    });
    return differences.length + early.length + drift.length === 0;
  }

  dropsTo(other: SchemaSnapshot): readonly string[] | undefined {
    if (!(other instanceof PostgresSnapshot)) {
      return undefined;
    }
    const comparison = compareSchemas(this.model, other.model, { managed: "all", isRenameAsked: false });
    const { operations } = differencesToOperations(comparison).upgrade;
    return operations.every(({ kind }) => kind.startsWith("drop"))
      ? operations
          .flatMap((operation) => renderOperation(operation, "postgresql", { offline: true }))
          .map(({ text }) => text)
      : undefined;
  }
}

async function readModel(
  connection: Connection,
  ownTables: readonly string[],
  config: ProjectConfig,
): Promise<SchemaModel> {
  const rows = await connection.query(
    `SELECT nspname AS name, nspname = pg_catalog.current_schema() AS is_default FROM pg_catalog.pg_namespace
     WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1`,
  );
  const schemas = rows.map((row) => String(row["name"]));
  const found = rows.find((row) => row["is_default"] === true);
  const defaultSchema = found === undefined ? "public" : String(found["name"]);
  const schema = config.versionTableSchema ?? defaultSchema;
  return introspect(connection, {
    schemas: schemas.map((name) => ({ name })),
    defaultSchema,
    ignoredTables: ownTables.map((name) => ({ schema, name })),
  });
}

/** SQLite keeps the statements that made its objects; it rewrites their spaces and quotes as it sees fit. */
async function sqliteSnapshot(connection: Connection, ownTables: readonly string[]): Promise<SchemaSnapshot> {
  const rows = await connection.query(
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
  );
  const statements = rows
    .filter((row) => !ownTables.includes(String(row["name"])))
    .map((row) => String(row["sql"]));
  const text = (): string => statements.map((statement) => `${statement};\n`).join("\n");
  return {
    text,
    isSameAs: (other) => plain(other.text()) === plain(text()),
    dropsTo: () => undefined,
  };
}

function plain(text: string): string {
  return text.replaceAll(/[\s"`]+/g, "");
}
