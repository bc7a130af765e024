import type { Connection } from "../../database/connection";
import { findConcurrentIndexBuild } from "../../sql/concurrentIndex";
import { quoteQualifiedName } from "../../sql/quote";

/** `unknown`: the statement leaves the index's name to the server. */
export type InvalidIndex =
  | { readonly kind: "none" | "unknown" }
  | { readonly kind: "found"; readonly schema: string; readonly name: string };

/** Looks for the invalid index of a `CREATE INDEX CONCURRENTLY`. */
export async function findInvalidIndex(connection: Connection, statement: string): Promise<InvalidIndex> {
  const build = findConcurrentIndexBuild(statement);
  if (build === undefined || connection.dialect !== "postgresql") {
    return { kind: "unknown" };
  }
  const [row] = await connection.query(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = to_regclass($2)`,
    [build.index, quoteQualifiedName(build.schema, build.table)],
  );
  return row === undefined
    ? { kind: "none" }
    : { kind: "found", schema: String(row["schema"]), name: String(row["name"]) };
}

/**
 * Drops the invalid index that an interrupted `CREATE INDEX CONCURRENTLY` leaves (PostgreSQL, "Building Indexes
 * Concurrently"). A valid index of that name is left alone.
 * @returns the name of the index that was dropped
 */
export async function dropInvalidIndex(
  connection: Connection,
  statement: string,
): Promise<string | undefined> {
  const index = await findInvalidIndex(connection, statement);
  if (index.kind !== "found") {
    return undefined;
  }
  await connection.run(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteQualifiedName(index.schema, index.name)}`);
  return index.name;
}
