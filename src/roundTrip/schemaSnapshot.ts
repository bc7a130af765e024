import type { Connection, Dialect } from "../database/connection";
import {
  readCatalogFacts,
  type CatalogObject,
  type OwnTables,
} from "../database/catalogFacts/readCatalogFacts";
import { introspect } from "../database/introspect/introspect";
import { differencesToOperations, type RevisionOperations } from "../autogenerate/plan/fromDifferences";
import type { ProjectConfig } from "../project/projectConfig";
import { compareSchemas } from "../autogenerate/compare/compareSchemas";
import { emptySchemaModel, type SchemaModel } from "../schema/model/schemaModel";
import { renderOperation } from "../sql/renderOperation";
import type { SchemaChange } from "../context/roundTripOutcome";
import { factLines, schemaChanges } from "./schemaChanges";

/** A database's schema at one moment, without the tables of this tool. */
export interface SchemaSnapshot {
  readonly dialect: Dialect;
  readonly objects: readonly CatalogObject[];
  /** As SQL that would make it, for people. */
  text(): string;
  /** Statements that lead to the other one, as far as autogenerate compares schemas. */
  statementsTo(other: SchemaSnapshot): readonly string[];
  /** The operations that lead to the other one and back; undefined where the two can't be compared so. */
  operationsTo(other: SchemaSnapshot): RevisionOperations | undefined;
}

/**
 * What the second schema has otherwise than the first, a sentence each.
 * @param isSameDatabase as `ComparedAs` has it
 */
export function changesBetween(
  expected: SchemaSnapshot,
  actual: SchemaSnapshot,
  isSameDatabase = true,
): readonly SchemaChange[] {
  return schemaChanges(expected.objects, actual.objects, {
    isSameDatabase,
    isSpellingFree: expected.dialect === "sqlite",
  });
}

/** Whether two snapshots of one database are of the same schema. */
export function isSameSchema(left: SchemaSnapshot, right: SchemaSnapshot): boolean {
  return changesBetween(left, right).length === 0;
}

/** Two schemas that differ, as texts: SQL, or all facts where the SQL does not show the difference. */
export function differingTexts(
  expected: SchemaSnapshot,
  actual: SchemaSnapshot,
): { readonly expected: string; readonly actual: string } {
  const texts = { expected: expected.text(), actual: actual.text() };
  const facts = ({ objects }: SchemaSnapshot): string => `${factLines(objects).join("\n")}\n`;
  return texts.expected === texts.actual ? { expected: facts(expected), actual: facts(actual) } : texts;
}

/** Everything that revisions have made in a PostgreSQL, without the tables of this tool. */
export async function readObjects(
  connection: Connection,
  config: ProjectConfig,
): Promise<readonly CatalogObject[]> {
  const { defaultSchema } = await readSchemas(connection);
  return readCatalogFacts(connection, defaultSchema, ownTablesIn(defaultSchema, config));
}

/** The tables of this tool. */
export async function readOwnTables(connection: Connection, config: ProjectConfig): Promise<OwnTables> {
  return ownTablesIn((await readSchemas(connection)).defaultSchema, config);
}

function ownTablesIn(defaultSchema: string, config: ProjectConfig): OwnTables {
  return { schema: config.versionTableSchema ?? defaultSchema, names: ownTablesOf(config) };
}

function ownTablesOf({ versionTable }: ProjectConfig): readonly string[] {
  return [versionTable, `${versionTable}_steps`];
}

/** Takes a snapshot of everything that revisions can make. */
export async function takeSnapshot(connection: Connection, config: ProjectConfig): Promise<SchemaSnapshot> {
  const own = ownTablesOf(config);
  return connection.dialect === "sqlite"
    ? sqliteSnapshot(connection, own)
    : postgresSnapshot(connection, own, config);
}

async function postgresSnapshot(
  connection: Connection,
  ownTables: readonly string[],
  config: ProjectConfig,
): Promise<SchemaSnapshot> {
  const { schemas, defaultSchema } = await readSchemas(connection);
  const schema = config.versionTableSchema ?? defaultSchema;
  const model = await introspect(connection, {
    schemas: schemas.map((name) => ({ name })),
    defaultSchema,
    ignoredTables: ownTables.map((name) => ({ schema, name })),
  });
  return new PostgresSnapshot(
    model,
    await readCatalogFacts(connection, defaultSchema, { schema, names: ownTables }),
  );
}

class PostgresSnapshot implements SchemaSnapshot {
  readonly dialect = "postgresql";

  constructor(
    private readonly model: SchemaModel,
    readonly objects: readonly CatalogObject[],
  ) {}

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

  statementsTo(other: SchemaSnapshot): readonly string[] {
    const operations = this.operationsTo(other)?.upgrade.operations ?? [];
    return operations
      .flatMap((operation) => renderOperation(operation, "postgresql", { offline: true }))
      .map(({ text }) => text);
  }

  operationsTo(other: SchemaSnapshot): RevisionOperations | undefined {
    return other instanceof PostgresSnapshot
      ? differencesToOperations(
          compareSchemas(this.model, other.model, { managed: "all", isRenameAsked: false }),
        )
      : undefined;
  }
}

async function readSchemas(
  connection: Connection,
): Promise<{ readonly schemas: readonly string[]; readonly defaultSchema: string }> {
  const rows = await connection.query(
    `SELECT nspname AS name, nspname = pg_catalog.current_schema() AS is_default FROM pg_catalog.pg_namespace
     WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1`,
  );
  const found = rows.find((row) => row["is_default"] === true);
  return {
    schemas: rows.map((row) => String(row["name"])),
    defaultSchema: found === undefined ? "public" : String(found["name"]),
  };
}

/** SQLite keeps the statements that made its objects; it rewrites their spaces and quotes as it sees fit. */
async function sqliteSnapshot(connection: Connection, ownTables: readonly string[]): Promise<SchemaSnapshot> {
  const rows = await connection.query(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
  );
  const made = rows.filter((row) => !ownTables.includes(String(row["name"])));
  return {
    dialect: "sqlite",
    objects: made.map((row) => ({
      kind: String(row["type"]),
      name: String(row["name"]),
      path: ["", String(row["name"])],
      source: "sqlite_master",
      parent: row["tbl_name"] === row["name"] ? undefined : `table ${String(row["tbl_name"])}`,
      facts: new Map([["definition", String(row["sql"])]]),
      oid: undefined,
      columns: undefined,
    })),
    text: () => made.map((row) => `${String(row["sql"])};\n`).join("\n"),
    statementsTo: () => [],
    operationsTo: () => undefined,
  };
}
