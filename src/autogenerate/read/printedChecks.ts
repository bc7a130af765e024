import { randomBytes } from "node:crypto";
import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import { searchPathSql, withCatalogSession } from "../../database/introspect/session";
import { quoteIdentifier, quoteQualifiedName } from "../../sql/quote";
import { joinStatements } from "../../sqlText/lineComment";
import { mentionedNames } from "./requalify";
import { columnType, type UncertainTable } from "./scratchPlan";
import { takenBack } from "./takenBack";

/**
 * Has a server print checks as the entities give them, on tables that have nothing but the columns which they mention,
 * and takes the tables back: far less than it takes to make the tables whole.
 * @returns the tables whose checks are printed as those of the database; none where the server refuses any of it
 */
export async function sameByPrintedChecks(
  connection: Connection,
  uncertain: readonly UncertainTable[],
  { defaultSchema, isInTransaction }: { readonly defaultSchema: string; readonly isInTransaction: boolean },
): Promise<readonly UncertainTable[]> {
  if (uncertain.length === 0) {
    return [];
  }
  try {
    const printed = await takenBack(connection, isInTransaction, () =>
      printChecks(connection, uncertain, defaultSchema),
    );
    return uncertain.filter(({ checks }, at) =>
      checks.every((check, position) => printed.get(constraintName(at, position)) === check.printed),
    );
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "statement-failed") {
      return [];
    }
    throw error;
  }
}

/** The name under which the check of a table is printed, by the positions of both. */
function constraintName(table: number, check: number): string {
  return `${String(table)}.${String(check)}`;
}

/** Conditions by the names of their constraints. */
async function printChecks(
  connection: Connection,
  uncertain: readonly UncertainTable[],
  defaultSchema: string,
): Promise<ReadonlyMap<string, string>> {
  const schema = `alembic_checks_${randomBytes(4).toString("hex")}`;
  const statements = [
    `CREATE SCHEMA ${quoteIdentifier(schema)}`,
    `SELECT pg_catalog.set_config('search_path', ${searchPathSql([defaultSchema], "all")}, true)`,
    ...checkTables(uncertain).map(
      (parts, at) => `CREATE TABLE ${quoteQualifiedName(schema, String(at))} (${parts.join(", ")})`,
    ),
  ];
  await connection.run(joinStatements(statements));
  const rows = await withCatalogSession(connection, [defaultSchema], () =>
    connection.query(
      `SELECT k.conname AS name, pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS condition
         FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
        WHERE k.contype = 'c' AND n.nspname = $1`,
      [schema],
    ),
  );
  return new Map(rows.map((row) => [String(row["name"]), String(row["condition"])]));
}

/** A table of which checks are printed: columns by their names, with their types, and constraints. */
interface CheckTable {
  readonly columns: Map<string, string>;
  readonly constraints: string[];
}

/** What stands in the brackets of as few tables as can be: those of one project have many columns in common. */
function checkTables(uncertain: readonly UncertainTable[]): readonly (readonly string[])[] {
  const made: CheckTable[] = [];
  for (const [at, entry] of uncertain.entries()) {
    const columns = checkedColumns(entry);
    const fitting = made.find((table) =>
      columns.every(([name, type]) => (table.columns.get(name) ?? type) === type),
    );
    const table: CheckTable = fitting ?? { columns: new Map(), constraints: [] };
    if (fitting === undefined) {
      made.push(table);
    }
    columns.forEach(([name, type]) => table.columns.set(name, type));
    // A line comment at the end of a condition would swallow what comes behind it.
    entry.checks.forEach(({ given }, position) =>
      table.constraints.push(
        `CONSTRAINT ${quoteIdentifier(constraintName(at, position))} CHECK (${given}\n)`,
      ),
    );
  }
  return made.map(({ columns, constraints }) => [
    ...[...columns].map(([name, type]) => `${quoteIdentifier(name)} ${type}`),
    ...constraints,
  ]);
}

function checkedColumns({
  table,
  checks,
}: UncertainTable): readonly (readonly [name: string, type: string])[] {
  const mentioned = new Set(checks.flatMap(({ given }) => [...mentionedNames(given)]));
  return (table.typeorm?.columns ?? [])
    .filter(({ name }) => mentioned.has(name))
    .map(({ name }) => [name, columnType(table, name)]);
}
