import type { Connection } from "../../database/connection";
import type { MigrationsTable } from "../../typeorm/adopt/migrationsTable";
import { MigrationError } from "../migrationError";

/** Whether a statement may drop the table in which TypeORM lists what has run, as `clearDatabase()` does. */
export function mayDropTable(text: string, { name }: MigrationsTable): boolean {
  return /\bDROP\s+SCHEMA\b/i.test(text) || (/\bDROP\s+TABLE\b/i.test(text) && text.includes(name));
}

/** Asks whether that table is still there: without it, and mostly without the version table too, nothing can be recorded. */
export async function isTableThere(
  connection: Connection,
  { quotedName }: MigrationsTable,
): Promise<boolean> {
  const [row] = await connection.query("SELECT to_regclass($1) IS NOT NULL AS is_there", [quotedName]);
  return row?.["is_there"] === true;
}

/** The failure of a migration that has dropped it. */
export function dropsTable(
  migration: string,
  revision: string,
  { quotedName }: MigrationsTable,
): MigrationError {
  return new MigrationError(
    "not-runnable",
    `The TypeORM migration ${migration} drops ${quotedName}, in which TypeORM lists what has run, so that it cannot be recorded.`,
    {
      revision,
      hint: "clearDatabase(), dropDatabase(), synchronize(true) and DROP SCHEMA drop that table too, and TypeORM fails at it as well. Let the migration drop its own tables by name.",
    },
  );
}
