import type { Connection } from "../database/connection";
import { findConcurrentIndexBuild, findConcurrentReindex } from "../sql/concurrentIndex";
import { quoteQualifiedName } from "../sql/quote";
import { findLeftOfReindex, type LeftIndex } from "./interruptedReindex";

/** `unknown`: the statement leaves the index's name to the server. */
export type InvalidIndexes =
  { readonly kind: "unknown" } | { readonly kind: "known"; readonly indexes: readonly LeftIndex[] };

/** Looks for the invalid indexes of a `CREATE INDEX CONCURRENTLY` or a `REINDEX … CONCURRENTLY`. */
export async function findInvalidIndexes(connection: Connection, statement: string): Promise<InvalidIndexes> {
  if (connection.dialect !== "postgresql") {
    return { kind: "unknown" };
  }
  const reindex = findConcurrentReindex(statement);
  if (reindex !== undefined) {
    return { kind: "known", indexes: await findLeftOfReindex(connection, reindex) };
  }
  const build = findConcurrentIndexBuild(statement);
  if (build === undefined) {
    return { kind: "unknown" };
  }
  const rows = await connection.query(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = to_regclass($2)`,
    [build.index, quoteQualifiedName(build.schema, build.table)],
  );
  const indexes = rows.map((row) => ({ schema: String(row["schema"]), name: String(row["name"]) }));
  return { kind: "known", indexes };
}

/**
 * Drops the invalid indexes that an interrupted concurrent build leaves (PostgreSQL, "Building Indexes Concurrently",
 * "Rebuilding Indexes Concurrently"). A valid index of that name is left alone.
 * @returns the names of the indexes that were dropped
 */
export async function dropInvalidIndexes(
  connection: Connection,
  statement: string,
): Promise<readonly string[]> {
  const found = await findInvalidIndexes(connection, statement);
  const indexes = found.kind === "known" ? found.indexes : [];
  for (const { schema, name } of indexes) {
    await connection.run(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteQualifiedName(schema, name)}`);
  }
  return indexes.map(({ name }) => name);
}
