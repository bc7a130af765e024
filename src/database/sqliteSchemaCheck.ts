import { inlineValue } from "../sql/literal";
import { quoteIdentifier, quoteQualifiedName } from "../sql/quote";
import { mentionsName } from "../sql/sqlite/tokens";
import type { Connection } from "./connection";
import { DatabaseError } from "./databaseError";

/** What is wrong around a table: sentences by what they are about. */
export type SqliteFaults = ReadonlyMap<string, { readonly count: number; readonly message: string }>;

/**
 * Finds what a change of a table can break elsewhere: rows whose foreign key leads nowhere, in this table and in
 * those that refer to it, and views and triggers that can't be compiled any more.
 */
export async function findSqliteFaults(
  connection: Connection,
  schema: string | undefined,
  table: string,
): Promise<SqliteFaults> {
  const faults = new Map<string, { count: number; message: string }>();
  const database = schema ?? "main";
  for (const name of await tablesAround(connection, database, table)) {
    await addViolations(connection, database, name, faults);
  }
  const objects = await connection.query(
    `SELECT type, name, tbl_name, sql FROM ${quoteQualifiedName(schema, "sqlite_master")} WHERE type IN ('view', 'trigger')`,
  );
  const views = objects.filter(({ type }) => type === "view");
  for (const view of views) {
    const name = String(view["name"]);
    await addFailure(
      connection,
      `SELECT * FROM ${quoteQualifiedName(schema, name)}`,
      `View "${name}"`,
      faults,
    );
  }
  for (const trigger of objects.filter(
    ({ type, sql }) => type === "trigger" && mentionsName(String(sql), table),
  )) {
    const target = quoteQualifiedName(schema, String(trigger["tbl_name"]));
    for (const probe of await probesOf(connection, target, database, String(trigger["tbl_name"]))) {
      await addFailure(connection, probe, `Trigger "${String(trigger["name"])}"`, faults);
    }
  }
  return faults;
}

/** @throws DatabaseError `statement-failed` where something is wrong now that was not before */
export function refuseNewFaults(before: SqliteFaults, after: SqliteFaults, table: string): void {
  for (const [subject, { count, message }] of after) {
    if (count > (before.get(subject)?.count ?? 0)) {
      throw new DatabaseError(
        "statement-failed",
        `The new definition of "${table}" is not valid: ${message}`,
        {
          hint: "In the same revision, change what depends on the table, before the batch or in it.",
        },
      );
    }
  }
}

async function tablesAround(
  connection: Connection,
  database: string,
  table: string,
): Promise<readonly string[]> {
  const rows = await connection.query(
    `SELECT DISTINCT m.name FROM ${quoteIdentifier(database)}.sqlite_master AS m
       LEFT JOIN pragma_foreign_key_list(m.name, ${inlineValue(database, "sqlite")}) AS f
      WHERE m.type = 'table' AND (lower(m.name) = lower(?) OR lower(f."table") = lower(?))`,
    [table, table],
  );
  return rows.map(({ name }) => String(name));
}

async function addViolations(
  connection: Connection,
  database: string,
  table: string,
  faults: Map<string, { count: number; message: string }>,
): Promise<void> {
  const check = `PRAGMA ${quoteIdentifier(database)}.foreign_key_check(${quoteIdentifier(table)})`;
  try {
    for (const { parent } of await connection.query(check)) {
      const subject = `${table} -> ${String(parent)}`;
      const count = (faults.get(subject)?.count ?? 0) + 1;
      faults.set(subject, {
        count,
        message: `${String(count)} rows of "${table}" refer to rows of "${String(parent)}" that don't exist.`,
      });
    }
  } catch (error) {
    addMessage(error, `Foreign keys of "${table}"`, faults);
  }
}

/** EXPLAIN compiles a statement, with the views and triggers that take part in it, and runs nothing. */
async function addFailure(
  connection: Connection,
  statement: string,
  subject: string,
  faults: Map<string, { count: number; message: string }>,
): Promise<void> {
  try {
    await connection.query(`EXPLAIN ${statement}`);
  } catch (error) {
    addMessage(error, subject, faults);
  }
}

function addMessage(
  error: unknown,
  subject: string,
  faults: Map<string, { count: number; message: string }>,
): void {
  const message = error instanceof Error ? error.message : String(error);
  faults.set(subject, { count: 1, message: `${subject} fails: ${message}.` });
}

async function probesOf(
  connection: Connection,
  target: string,
  database: string,
  table: string,
): Promise<readonly string[]> {
  const columns = await connection.query("SELECT name FROM pragma_table_info(?, ?)", [table, database]);
  const assignments = columns.map(({ name }) => `${quoteIdentifier(String(name))} = NULL`).join(", ");
  return [
    `INSERT INTO ${target} DEFAULT VALUES`,
    `UPDATE ${target} SET ${assignments}`,
    `DELETE FROM ${target}`,
  ];
}
