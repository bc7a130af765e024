import type { Connection } from "../database/connection";
import { readVisibleFacts, type CatalogObject } from "../database/catalogFacts/readCatalogFacts";
import { introspect } from "../database/introspect/introspect";
import { locateVersionTable, readVersionRows, type VersionTable } from "../database/versionTable";
import { unlessForbidden } from "../database/unlessForbidden";
import type { SchemaModel } from "../schema/model/schemaModel";
import type { QualifiedName } from "../schema/model/tableModel";
import { wordlessFacts, type WordlessFact } from "./wordlessFacts";

/** What the catalogs of one database say. */
export interface DriftSide {
  readonly model: SchemaModel;
  readonly facts: readonly WordlessFact[];
  /** Whom a new object belongs to. */
  readonly user: string;
  /** Of the version table; undefined where the role may not read it. */
  readonly rows: readonly string[] | undefined;
  /** Catalogs that the role may not read. */
  readonly unseen: readonly string[];
}

export interface SideScope {
  /** All schemas, where undefined. */
  readonly schemas: readonly string[] | undefined;
  /** What the default schema is called in what is read, where that is another name. */
  readonly standsFor: string | undefined;
  readonly versionTable: VersionTable;
  /** Tables of TypeORM itself. */
  readonly ignoredTables: readonly QualifiedName[];
}

/** What the session of a database has, which decides where unqualified names are. */
export interface SessionFacts {
  readonly defaultSchema: string;
  /** All schemas of the path that exist and that the role may use. */
  readonly searchPath: readonly string[];
  readonly serverVersion: number;
}

/**
 * Runs something in a transaction that only reads and sees one state of the database. What is set in it is set for its
 * length: nothing stays in the session.
 */
export async function whileReading<Result>(
  connection: Connection,
  read: () => Promise<Result>,
): Promise<Result> {
  // A pool's session gets its limits lifted with this very statement.
  await connection.run("BEGIN");
  try {
    await connection.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    return await read();
  } finally {
    await connection.run("ROLLBACK").catch(() => undefined);
  }
}

/** Asks a session where its unqualified names are. */
export async function readSession(connection: Connection): Promise<SessionFacts> {
  const [row] = await connection.query(
    `SELECT pg_catalog.current_schema() AS schema, pg_catalog.current_schemas(false)::text[] AS path,
       pg_catalog.current_setting('server_version_num')::integer AS version`,
  );
  const { schema, path, version } = row ?? {};
  return {
    defaultSchema: typeof schema === "string" ? schema : "public",
    searchPath: Array.isArray(path) ? path.map(String) : [],
    serverVersion: Number(version),
  };
}

/** Reads a database in the open transaction. */
export async function readSide(
  connection: Connection,
  session: SessionFacts,
  scope: SideScope,
): Promise<DriftSide> {
  const located = await unlessForbidden(connection, () => locateVersionTable(connection, scope.versionTable));
  const versionTable = located ?? scope.versionTable;
  const rows = await unlessForbidden(connection, () => readVersionRows(connection, versionTable));
  const { defaultSchema } = session;
  const { standsFor = defaultSchema } = scope;
  const schemas = scope.schemas ?? (await allSchemas(connection));
  const ignored = [...ownTables(versionTable, defaultSchema), ...scope.ignoredTables];
  const model = await introspect(connection, {
    schemas: schemas.map((name) => (name === defaultSchema ? { name, as: standsFor } : { name })),
    defaultSchema: standsFor,
    ignoredTables: ignored,
  });
  const { objects, unseen } = await readVisibleFacts(connection, defaultSchema, {
    schema: versionTable.schema ?? defaultSchema,
    names: ownNames(versionTable),
  });
  const named = (schema: string): string => (schema === defaultSchema ? standsFor : schema);
  const [who] = await connection.query("SELECT current_user::text AS name");
  return {
    model,
    facts: wordlessFacts(
      objects.map((object) => inSchema(object, named)),
      schemas.map(named),
      model,
    ),
    user: String(who?.["name"]),
    rows,
    unseen,
  };
}

/** Every schema that is not PostgreSQL's own. */
export async function allSchemas(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(
    `SELECT nspname AS name FROM pg_catalog.pg_namespace
     WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' ORDER BY 1`,
  );
  return rows.map((row) => String(row["name"]));
}

function ownTables(table: VersionTable, defaultSchema: string): readonly QualifiedName[] {
  return ownNames(table).map((name) => ({ schema: table.schema ?? defaultSchema, name }));
}

function ownNames({ name }: VersionTable): readonly string[] {
  return [name, `${name}_steps`];
}

/** The object, with its schema under another name. */
function inSchema(object: CatalogObject, named: (schema: string) => string): CatalogObject {
  const [schema = "", ...rest] = object.path;
  const path = object.kind === "schema" ? [schema, ...rest.map(named)] : [named(schema), ...rest];
  return { ...object, path };
}
