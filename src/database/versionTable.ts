import { quoteIdentifier, quoteLiteral, quoteQualifiedName } from "../sql/quote";
import { suffixedName } from "../sqlText/suffixedName";
import type { Connection } from "./connection";
import { DatabaseError } from "./databaseError";

export interface VersionTable {
  readonly name: string;
  readonly schema: string | undefined;
  readonly hasPrimaryKey: boolean;
}

/** A change of one row, as the plan of a step states it. */
export type RowChange =
  | { readonly kind: "insert"; readonly revision: string }
  | { readonly kind: "update"; readonly from: string; readonly to: string }
  | { readonly kind: "delete"; readonly revision: string };

/** The table's name, quoted, with its schema where one is configured. */
export function versionTableName(table: VersionTable): string {
  return quoteQualifiedName(table.schema, table.name);
}

/** The statement that makes the table: Alembic's own, so that either tool can carry on. */
export function createVersionTableSql(table: VersionTable): string {
  const key = table.hasPrimaryKey
    ? `,\n    CONSTRAINT ${quoteIdentifier(suffixedName(table.name, "_pkc"))} PRIMARY KEY (version_num)`
    : "";
  return `CREATE TABLE ${versionTableName(table)} (\n    version_num VARCHAR(32) NOT NULL${key}\n)`;
}

/** What to do where a server lets a session change nothing (SQLSTATE 25006). */
export const readOnlyHint =
  "The database, or this user's sessions, are read-only: it is a standby, or `default_transaction_read_only` is set. Connect to the primary server, or as another user.";

/** What to do where the table can't be made, by the SQLSTATE of the refusal. */
const creationHints: Readonly<Record<string, string>> = {
  "42501":
    "This database user may not create tables in that schema. Grant it CREATE on the schema, connect as its owner, or name another schema with `versionTableSchema`. Or let an owner run `ensure_version` once, which creates the table, and grant this user SELECT, INSERT, UPDATE and DELETE on it.",
  "25006": readOnlyHint,
  "3F000": "Create the schema first, or name another one with `versionTableSchema`.",
};

/**
 * Makes the table by `run`, which sends a statement.
 * @throws DatabaseError with what to do where the database user may not make it
 */
export async function makeVersionTable(
  run: (text: string) => Promise<unknown>,
  table: VersionTable,
): Promise<void> {
  try {
    await run(createVersionTableSql(table));
  } catch (error) {
    const hint = error instanceof DatabaseError ? creationHints[error.sqlState ?? ""] : undefined;
    if (!(error instanceof DatabaseError) || hint === undefined) {
      throw error;
    }
    throw new DatabaseError(
      "version-table-refused",
      `The version table ${versionTableName(table)} can't be created: ${error.message}`,
      { ...error, hint },
    );
  }
}

/** Whether the table is there; without a configured schema, wherever the search path finds it. */
export async function versionTableExists(connection: Connection, table: VersionTable): Promise<boolean> {
  const [row] =
    connection.dialect === "sqlite"
      ? await connection.query(
          `SELECT 1 AS found FROM ${quoteQualifiedName(table.schema, "sqlite_master")} WHERE type = 'table' AND name = ?`,
          [table.name],
        )
      : await connection.query(
          `SELECT ${isHiddenSql} AS hidden FROM (SELECT to_regclass($1)::oid AS id) AS version_table WHERE id IS NOT NULL`,
          [versionTableName(table)],
        );
  if (row?.["hidden"] === true) {
    throw new DatabaseError(
      "hidden-rows",
      `Row-level security may hide rows of the version table "${table.name}" from this database user, so it is not known which revisions have run.`,
      {
        hint: `Connect as the owner of the table, add a policy for this user with USING (true), or run: ALTER TABLE ${versionTableName(table)} DISABLE ROW LEVEL SECURITY.`,
      },
    );
  }
  return row !== undefined;
}

/** Whether policies apply to the session's user that do not show all rows. */
const isHiddenSql = `pg_catalog.row_security_active(id) AND (
    NOT EXISTS (SELECT FROM pg_catalog.pg_policy p
                 WHERE p.polrelid = id AND p.polpermissive AND p.polcmd IN ('r', '*')
                   AND pg_catalog.pg_get_expr(p.polqual, id) = 'true'
                   AND EXISTS (SELECT FROM unnest(p.polroles) AS granted(role)
                                WHERE CASE role WHEN 0 THEN true ELSE pg_catalog.pg_has_role(role, 'USAGE') END))
    OR EXISTS (SELECT FROM pg_catalog.pg_policy p
                WHERE p.polrelid = id AND NOT p.polpermissive AND p.polcmd IN ('r', '*')
                  AND pg_catalog.pg_get_expr(p.polqual, id) <> 'true'))`;

/**
 * The table with the schema in which the search path finds it, or would make it: a revision may change the path, as
 * what `pg_dump` writes does (`set_config('search_path', '', false)`), and is counted all the same.
 */
export async function locateVersionTable(connection: Connection, table: VersionTable): Promise<VersionTable> {
  if (connection.dialect === "sqlite" || table.schema !== undefined) {
    return table;
  }
  const [row] = await connection.query(
    `SELECT coalesce((SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE c.oid = to_regclass($1)), current_schema()) AS schema`,
    [versionTableName(table)],
  );
  const schema = row?.["schema"];
  return typeof schema === "string" ? { ...table, schema } : table;
}

/**
 * The rows; none where there is no table. They are in the order in which the database gives them, which is Alembic's:
 * of several, `downgrade -1` goes back from the first.
 * @throws DatabaseError `hidden-rows`: what row-level security hides would be taken for not having run
 */
export async function readVersionRows(
  connection: Connection,
  table: VersionTable,
): Promise<readonly string[]> {
  if (!(await versionTableExists(connection, table))) {
    return [];
  }
  const rows = await connection.query(`SELECT version_num FROM ${versionTableName(table)}`);
  return rows.map((row) => String(row["version_num"]));
}

/** The statement for one change, with its literals in it. */
export function rowChangeSql(table: VersionTable, change: RowChange): string {
  const name = versionTableName(table);
  switch (change.kind) {
    case "insert":
      return `INSERT INTO ${name} (version_num) VALUES (${quoteLiteral(change.revision)})`;
    case "update":
      return `UPDATE ${name} SET version_num = ${quoteLiteral(change.to)} WHERE version_num = ${quoteLiteral(change.from)}`;
    case "delete":
      return `DELETE FROM ${name} WHERE version_num = ${quoteLiteral(change.revision)}`;
  }
}

/**
 * Makes one change and checks that exactly one row took it: anything else means that somebody else moved the
 * table meanwhile (Alembic, `HeadMaintainer`).
 * @throws DatabaseError `version-table-drift`.
 */
export async function applyRowChange(
  connection: Connection,
  table: VersionTable,
  change: RowChange,
): Promise<void> {
  const rows = await connection.query(`${rowChangeSql(table, change)} RETURNING version_num`);
  if (rows.length !== 1) {
    throw driftError(table, change, `${String(rows.length)} found`);
  }
}

const divisionByZero = "22012";

/**
 * As `applyRowChange`, but the server itself fails where not exactly one row takes the change: a `COMMIT` that is sent
 * before the answer is seen then rolls back.
 * @throws DatabaseError `version-table-drift`.
 */
export async function applyGuardedRowChange(
  connection: Connection,
  table: VersionTable,
  change: RowChange,
): Promise<void> {
  const changed = `${rowChangeSql(table, change)} RETURNING version_num`;
  try {
    await connection.query(
      `WITH changed AS (${changed}) SELECT 1 / (CASE count(*) WHEN 1 THEN 1 ELSE 0 END) FROM changed`,
    );
  } catch (error) {
    throw error instanceof DatabaseError && error.sqlState === divisionByZero
      ? driftError(table, change, "none or several found")
      : error;
  }
}

function driftError(table: VersionTable, change: RowChange, found: string): DatabaseError {
  const what =
    change.kind === "update"
      ? `updating '${change.from}' to '${change.to}'`
      : `deleting '${change.kind === "delete" ? change.revision : ""}'`;
  return new DatabaseError(
    "version-table-drift",
    `Online migration expected to match one row when ${what} in '${table.name}'; ${found}`,
    { hint: "Something else changed the version table during the run; this step was rolled back." },
  );
}
