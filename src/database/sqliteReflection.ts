import { quoteQualifiedName } from "../sql/quote";
import { parseTable } from "../sql/sqlite/parseTable";
import type { SqliteIndex, SqliteTable, SqliteTableSnapshot } from "../sql/sqlite/tableModel";
import { isSameName } from "../sql/sqlite/tokens";
import type { Connection, Row } from "./connection";
import { DatabaseError } from "./databaseError";

/**
 * Reads a table with its indexes and triggers. The definition comes from `sqlite_master`, which alone has the names of
 * constraints and the checks, and is held against what SQLite's pragmas say: a table that was read wrong must not be
 * copied.
 * @param schema an attached database
 * @throws DatabaseError `unreadable-table` for what is no table, or was not understood
 */
export async function reflectSqliteTable(
  connection: Connection,
  schema: string | undefined,
  table: string,
): Promise<SqliteTableSnapshot> {
  const entries = await connection.query(
    `SELECT type, name, sql FROM ${quoteQualifiedName(schema, "sqlite_master")}
      WHERE lower(tbl_name) = lower(?) AND sql IS NOT NULL ORDER BY rowid`,
    [table],
  );
  const [entry] = entries.filter(({ type }) => type === "table");
  if (entry === undefined) {
    const isView = entries.some(({ type }) => type === "view");
    throw new DatabaseError(
      "unreadable-table",
      isView ? `"${table}" is a view, not a table.` : `There is no table "${table}".`,
    );
  }
  const sql = String(entry["sql"]);
  if (/^CREATE\s+VIRTUAL\b/i.test(sql)) {
    throw new DatabaseError("unreadable-table", `"${table}" is a virtual table, which can't be copied.`, {
      sql,
    });
  }
  const parsed: SqliteTable = {
    ...parseTable(sql),
    name: String(entry["name"]),
    ...(schema === undefined ? {} : { schema }),
  };
  const columns = await connection.query(
    `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?, ?) ORDER BY cid`,
    [table, schema ?? "main"],
  );
  requireSameTable(parsed, columns, sql);
  return {
    table: parsed,
    indexes: textsOf(entries, "index"),
    triggers: textsOf(entries, "trigger").map((trigger) => trigger.sql),
  };
}

function textsOf(entries: readonly Row[], type: string): readonly SqliteIndex[] {
  return entries
    .filter((entry) => entry["type"] === type)
    .map((entry) => ({ name: String(entry["name"]), sql: String(entry["sql"]) }));
}

function requireSameTable(table: SqliteTable, columns: readonly Row[], sql: string): void {
  const key = table.constraints.find(({ kind }) => kind === "primaryKey");
  const keyColumns = key?.kind === "primaryKey" ? key.columns.map(({ name }) => name) : [];
  const read = table.columns.map((column) => ({
    name: column.name,
    type: squeezed(column.type),
    isNotNull: column.notNull !== undefined,
    hasDefault: column.default !== undefined,
    isGenerated: column.generated !== undefined,
    key: keyColumns.findIndex((name) => isSameName(name, column.name)) + 1,
  }));
  const reported = columns.map((column) => ({
    name: String(column["name"]),
    type: squeezed(String(column["type"])),
    // WITHOUT ROWID and STRICT make the columns of a primary key NOT NULL without a word.
    isNotNull: Number(column["notnull"]) === 1 && !(isKeyNotNull(table) && Number(column["pk"]) > 0),
    hasDefault: column["dflt_value"] !== null,
    isGenerated: [2, 3].includes(Number(column["hidden"])),
    key: Number(column["pk"]),
  }));
  const comparable = isKeyNotNull(table)
    ? read.map((column) => (column.key > 0 ? { ...column, isNotNull: false } : column))
    : read;
  if (JSON.stringify(comparable) !== JSON.stringify(reported)) {
    throw new DatabaseError("unreadable-table", `The definition of "${table.name}" was not understood.`, {
      sql,
      hint: "Describe the table with copyFrom in the options of op.batchAlterTable.",
    });
  }
}

function isKeyNotNull({ options }: SqliteTable): boolean {
  return options.includes("WITHOUT ROWID") || options.includes("STRICT");
}

/** SQLite reports INT for INTEGER of a STRICT table as it is written, but squeezes space. */
function squeezed(type: string): string {
  return type
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    .replace(/["'`[\]]/g, "")
    .toUpperCase();
}
