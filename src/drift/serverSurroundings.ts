import type { Connection } from "../database/connection";
import { unlessForbidden } from "../database/unlessForbidden";
import { text } from "../database/introspect/rowValues";
import { quoteIdentifier, quoteLiteral } from "../sql/quote";

/** What a database has around its schema, and revisions count on without making it. */
export interface Surroundings {
  /** Roles of the server: revisions grant to them. */
  readonly roles: readonly string[];
  readonly extensions: readonly { readonly name: string; readonly schema: string }[];
  /** What new objects of the role that migrates get by `ALTER DEFAULT PRIVILEGES`. */
  readonly defaultPrivileges: readonly {
    /** Undefined where they are for all schemas. */
    readonly schema: string | undefined;
    /** `TABLES`, say. */
    readonly of: string;
    readonly grantee: string | undefined;
    readonly privilege: string;
    readonly isGrantable: boolean;
  }[];
}

/** Reads them in the open transaction; what the role may not see is left out. */
export async function readSurroundings(connection: Connection, versionTable: string): Promise<Surroundings> {
  const read = async (query: string, values: readonly unknown[] = []) =>
    (await unlessForbidden(connection, () => connection.query(query, values))) ?? [];
  const roles = await read(
    "SELECT rolname AS name FROM pg_catalog.pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1",
  );
  const extensions = await read(
    `SELECT e.extname AS name, n.nspname AS schema FROM pg_catalog.pg_extension e
     JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' ORDER BY 1`,
  );
  const granted = await read(
    `SELECT n.nspname AS schema, CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
       WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS of, g.privilege_type AS privilege, g.is_grantable,
       CASE WHEN g.grantee <> 0 THEN pg_catalog.pg_get_userbyid(g.grantee)::text END AS grantee
     FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
     CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS g
     WHERE g.grantee <> d.defaclrole AND d.defaclrole = coalesce(
       (SELECT relowner FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1)),
       (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
       AND NOT (g.grantee = 0 AND d.defaclobjtype IN ('f', 'T'))
     ORDER BY 1, 2, 5, 3`,
    [versionTable],
  );
  return {
    roles: roles.map((row) => text(row, "name")),
    extensions: extensions.map((row) => ({ name: text(row, "name"), schema: text(row, "schema") })),
    defaultPrivileges: granted.map((row) => ({
      schema: typeof row["schema"] === "string" ? row["schema"] : undefined,
      of: text(row, "of"),
      grantee: typeof row["grantee"] === "string" ? row["grantee"] : undefined,
      privilege: text(row, "privilege"),
      isGrantable: row["is_grantable"] === true,
    })),
  };
}

/** What of the surroundings is made before the revisions run. */
export interface Preparation {
  readonly areSchemasMade: boolean;
  readonly areExtensionsMade: boolean;
}

/** Makes on an empty database of our own what the revisions may count on. */
export async function makeSurroundings(
  connection: Connection,
  { roles, extensions, defaultPrivileges }: Surroundings,
  searchPath: readonly string[],
  { areSchemasMade, areExtensionsMade }: Preparation,
): Promise<void> {
  const [facts] = await connection.query(
    `SELECT ARRAY(SELECT rolname::text FROM pg_catalog.pg_roles) AS roles,
       ARRAY(SELECT name::text FROM pg_catalog.pg_available_extensions) AS extensions`,
  );
  const known = new Set(listOf(facts?.["roles"]));
  const available = new Set(listOf(facts?.["extensions"]));
  const makeSchema = (name: string): string => `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(name)}`;
  const statements = [
    ...roles.filter((role) => !known.has(role)).map((role) => `CREATE ROLE ${quoteIdentifier(role)}`),
    ...(areSchemasMade ? searchPath.map(makeSchema) : []),
    ...(searchPath.length === 0
      ? []
      : [
          `SELECT set_config('search_path', ${quoteLiteral(searchPath.map(quoteIdentifier).join(", "))}, false)`,
        ]),
    ...(areExtensionsMade
      ? extensions
          .filter(({ name }) => available.has(name))
          .flatMap(({ name, schema }) => [
            ...(schema.startsWith("pg_") ? [] : [makeSchema(schema)]),
            `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} SCHEMA ${quoteIdentifier(schema)}`,
          ])
      : []),
    ...defaultPrivileges
      .filter(({ schema, privilege }) => privilege !== "" && isThere(schema, searchPath, areSchemasMade))
      .map(
        ({ schema, of, grantee, privilege, isGrantable }) =>
          `ALTER DEFAULT PRIVILEGES ${schema === undefined ? "" : `IN SCHEMA ${quoteIdentifier(schema)} `}GRANT ${privilege} ON ${of} TO ${grantee === undefined ? "PUBLIC" : quoteIdentifier(grantee)}${isGrantable ? " WITH GRANT OPTION" : ""}`,
      ),
  ];
  for (const statement of statements) {
    await connection.run(statement);
  }
}

function isThere(
  schema: string | undefined,
  searchPath: readonly string[],
  areSchemasMade: boolean,
): boolean {
  return schema === undefined || schema === "public" || (areSchemasMade && searchPath.includes(schema));
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
