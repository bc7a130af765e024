import { inlineValue } from "../literal";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import type { AlteredTable } from "./alteredTable";
import { printTable } from "./printTable";
import type { SqlitePrimaryKey, SqliteTableSnapshot } from "./tableModel";

/**
 * The script that puts a table in the place of the one that there is: a new table, the rows copied, the old one
 * dropped, the new one renamed, then indexes and triggers. In the legacy mode of ALTER TABLE the renaming leaves
 * views, triggers and foreign keys of others as they are, and they name the new table from then on. Foreign keys have
 * to be off, as they are on a connection of ours: dropping the table would delete what refers to its rows.
 * (https://sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes")
 */
export function moveAndCopy(before: SqliteTableSnapshot, after: AlteredTable): readonly string[] {
  const { schema, name } = before.table;
  const copy = `_alembic_tmp_${name}`;
  const columns = after.columns.flatMap((column) =>
    column.source === undefined || column.generated !== undefined
      ? []
      : [{ ...column, source: column.source }],
  );
  return [
    "PRAGMA legacy_alter_table = ON",
    printTable({ ...after, name: copy }),
    ...(columns.length === 0
      ? []
      : [
          `INSERT INTO ${quoteQualifiedName(schema, copy)} ${quoteNameList(columns.map((column) => column.name))}\n` +
            `SELECT ${columns.map(({ source }) => source).join(", ")} FROM ${quoteQualifiedName(schema, name)}`,
        ]),
    ...keptSequence(before, after, copy),
    `DROP TABLE ${quoteQualifiedName(schema, name)}`,
    `ALTER TABLE ${quoteQualifiedName(schema, copy)} RENAME TO ${quoteIdentifier(name)}`,
    "PRAGMA legacy_alter_table = OFF",
    ...after.indexes.map(({ sql }) => inSchema(sql, schema)),
    ...before.triggers.map((sql) => inSchema(sql, schema)),
  ];
}

/** Ids that AUTOINCREMENT has given stay given, even where their rows are gone. */
function keptSequence(before: SqliteTableSnapshot, after: AlteredTable, copy: string): readonly string[] {
  if (!countsUp(before.table.constraints) || !countsUp(after.constraints)) {
    return [];
  }
  const sequences = quoteQualifiedName(before.table.schema, "sqlite_sequence");
  const [oldName, newName] = [inlineValue(before.table.name, "sqlite"), inlineValue(copy, "sqlite")];
  return [
    `DELETE FROM ${sequences} WHERE name = ${newName}`,
    `INSERT INTO ${sequences} (name, seq) SELECT ${newName}, seq FROM ${sequences} WHERE name = ${oldName}`,
  ];
}

function countsUp(constraints: SqliteTableSnapshot["table"]["constraints"]): boolean {
  return constraints.some(
    (constraint): constraint is SqlitePrimaryKey =>
      constraint.kind === "primaryKey" && constraint.autoincrement,
  );
}

/** SQLite keeps definitions without the schema of an attached database. */
function inSchema(sql: string, schema: string | undefined): string {
  const head = /^(CREATE\s+(?:UNIQUE\s+)?(?:INDEX|TRIGGER)\s+)(?=\S)/i;
  return schema === undefined || sql.includes(`${quoteIdentifier(schema)}.`)
    ? sql
    : sql.replace(head, (match) => `${match}${quoteIdentifier(schema)}.`);
}
