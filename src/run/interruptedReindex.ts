import type { Connection } from "../database/connection";
import type { ConcurrentReindex } from "../sql/concurrentIndex";
import { quoteQualifiedName } from "../sql/quote";

export interface LeftIndex {
  readonly schema: string;
  readonly name: string;
}

/** Tables, or indexes, with their partitions. */
const treeOf = "SELECT relid FROM pg_partition_tree(to_regclass($1)) UNION SELECT to_regclass($1)::oid";
const tablesWithToast = (tables: string): string =>
  `i.indrelid IN (SELECT unnest(ARRAY[t.oid, t.reltoastrelid]) FROM pg_class t WHERE ${tables})`;

/** Cut names are as long as a name can be, or shorter by what is left of a character. */
const baseOfLeftover = "regexp_replace(c.relname, '_cc(new|old)[0-9]*$', '')";

/**
 * The invalid indexes that an interrupted `REINDEX … CONCURRENTLY` left beside those which it built anew: `…_ccnew`, the
 * unfinished copy, or `…_ccold`, the replaced one (PostgreSQL, REINDEX, "Rebuilding Indexes Concurrently"). Those of a
 * table on which somebody builds an index at this moment are left out.
 */
export async function findLeftOfReindex(
  connection: Connection,
  reindex: ConcurrentReindex,
): Promise<readonly LeftIndex[]> {
  const { condition, values } = scopeOf(reindex);
  const rows = await connection.query(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND ${condition}
        AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p
                         WHERE p.datname = current_database() AND p.pid <> pg_backend_pid()
                           AND (p.relid IS NULL OR p.relid = i.indrelid))
      ORDER BY 1, 2`,
    values,
  );
  return rows.map((row) => ({ schema: String(row["schema"]), name: String(row["name"]) }));
}

function scopeOf(reindex: ConcurrentReindex): { readonly condition: string; readonly values: string[] } {
  switch (reindex.kind) {
    case "index":
      return {
        condition: `EXISTS (SELECT 1 FROM pg_index o JOIN pg_class oc ON oc.oid = o.indexrelid
                             WHERE o.indrelid = i.indrelid AND o.indexrelid IN (${treeOf})
                               AND (oc.relname = ${baseOfLeftover}
                                 OR octet_length(c.relname) >= 60 AND starts_with(oc.relname, ${baseOfLeftover})))`,
        values: [quoteQualifiedName(reindex.schema, reindex.name)],
      };
    case "table":
      return {
        condition: tablesWithToast(`t.oid IN (${treeOf})`),
        values: [quoteQualifiedName(reindex.schema, reindex.name)],
      };
    case "schema":
      return {
        condition: tablesWithToast("t.relnamespace = to_regnamespace($1)"),
        values: [quoteQualifiedName(undefined, reindex.name)],
      };
    case "database":
      return { condition: "true", values: [] };
  }
}
