import type { Connection } from "../../database/connection";
import { findConcurrentIndexBuild } from "../../sql/concurrentIndex";
import { quoteIdentifier, quoteQualifiedName } from "../../sql/quote";

/**
 * Drops the invalid index that an interrupted `CREATE INDEX CONCURRENTLY` leaves (PostgreSQL, "Building Indexes
 * Concurrently"). A valid index of that name is left alone.
 * @returns the name of the index that was dropped
 */
export async function dropInvalidIndex(
  connection: Connection,
  statement: string,
): Promise<string | undefined> {
  const build = findConcurrentIndexBuild(statement);
  if (build === undefined || connection.dialect !== "postgresql") {
    return undefined;
  }
  const table = quoteQualifiedName(build.schema, build.table);
  const [row] = await connection.query(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = to_regclass($2)`,
    [build.index, table],
  );
  if (row === undefined) {
    return undefined;
  }
  const name = `${quoteIdentifier(String(row["schema"]))}.${quoteIdentifier(String(row["name"]))}`;
  await connection.run(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  return build.index;
}
