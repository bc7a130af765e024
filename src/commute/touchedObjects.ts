import type { Connection } from "../database/connection";
import { text } from "../database/introspect/rowValues";
import { notOfExtension, notOfObject } from "../database/introspect/scope";
import { userRelation, userSchema } from "../database/catalogFacts/factSql";
import type { OwnTables } from "../database/catalogFacts/readCatalogFacts";

/** A table, an index, a sequence or the like that the open transaction has locked. */
export interface LockedRelation {
  readonly name: string;
  /** The table of an index; of everything else the name again. */
  readonly table: string;
  readonly areRowsChanged: boolean;
  /** It is changed itself, or emptied. */
  readonly isChanged: boolean;
}

/**
 * The relations that the open transaction has locked: also those that no statement names, as what a trigger fills.
 * @param own left out, with their indexes
 */
export async function lockedRelations(
  connection: Connection,
  own: OwnTables,
): Promise<readonly LockedRelation[]> {
  const rows = await connection.query(
    `SELECT c.relname AS name, coalesce(t.relname, c.relname) AS table, pg_catalog.bool_or(l.mode = 'RowExclusiveLock') AS are_rows_changed,
       pg_catalog.bool_or(l.mode = 'AccessExclusiveLock') AS is_changed
     FROM pg_catalog.pg_locks l
     JOIN pg_catalog.pg_class c ON c.oid = l.relation
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
     LEFT JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
     WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND $1::text IS NOT NULL
       AND ${userRelation("n.nspname", "coalesce(t.relname, c.relname)")}
     GROUP BY c.relname, t.relname`,
    ["", own.schema, own.names],
  );
  return rows.map((row) => ({
    name: text(row, "name"),
    table: text(row, "table"),
    areRowsChanged: row["are_rows_changed"] === true,
    isChanged: row["is_changed"] === true,
  }));
}

/** What objects stand on. */
export interface Dependencies {
  /** The names of all of it, the objects themselves included. */
  readonly names: readonly string[];
  /** Tables that foreign keys among it reference, without what those stand on. */
  readonly referenced: readonly string[];
  /** Whether code of the project may run where they are used: its functions, or an event trigger. */
  readonly mayRunCode: boolean;
}

const catalogs = [
  { catalog: "pg_class", name: "relname", namespace: "relnamespace" },
  { catalog: "pg_type", name: "typname", namespace: "typnamespace" },
  { catalog: "pg_proc", name: "proname", namespace: "pronamespace" },
  { catalog: "pg_collation", name: "collname", namespace: "collnamespace" },
  { catalog: "pg_constraint", name: "conname", namespace: "connamespace" },
  { catalog: "pg_statistic_ext", name: "stxname", namespace: "stxnamespace" },
  { catalog: "pg_ts_config", name: "cfgname", namespace: "cfgnamespace" },
] as const;

/** Objects with one of the names, whatever their schema. */
const named = catalogs
  .map(
    ({ catalog, name, namespace }) =>
      `SELECT 'pg_catalog.${catalog}'::regclass::oid, o.oid FROM pg_catalog.${catalog} o JOIN pg_catalog.pg_namespace n ON n.oid = o.${namespace}
       WHERE o.${name} = ANY ($1::text[]) AND ${userSchema("n.nspname")}`,
  )
  .join("\nUNION\n");

const namesOfAll = [
  ...catalogs.map(({ catalog, name }) => ({ catalog, name })),
  { catalog: "pg_trigger", name: "tgname" },
  { catalog: "pg_policy", name: "polname" },
  { catalog: "pg_extension", name: "extname" },
  { catalog: "pg_namespace", name: "nspname" },
]
  .map(
    ({ catalog, name }) =>
      `SELECT o.${name}::text AS name FROM pg_catalog.${catalog} o JOIN reached ON objid = o.oid AND classid = 'pg_catalog.${catalog}'::regclass`,
  )
  .join("\nUNION\n");

/**
 * All that objects stand on, and their parts: the types of a table's columns, the functions of its defaults, the tables that it
 * inherits from, the tables below a view, and so on.
 * @param names of the objects, without schemas
 * @param isOfRows whether their rows change, so that triggers count
 */
export async function dependenciesOf(
  connection: Connection,
  names: readonly string[],
  isOfRows: boolean,
): Promise<Dependencies> {
  const [row] = await connection.query(
    `WITH RECURSIVE reached (classid, objid) AS (
       ${named}
       UNION
       SELECT next.classid, next.objid FROM reached CROSS JOIN LATERAL (
         SELECT d.refclassid AS classid, d.refobjid AS objid FROM pg_catalog.pg_depend d
         WHERE d.classid = reached.classid AND d.objid = reached.objid AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_constraint k WHERE reached.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = reached.objid
             AND k.contype = 'f' AND d.refclassid = 'pg_catalog.pg_class'::regclass
             AND k.confrelid <> k.conrelid AND d.refobjid IN (k.confrelid, k.conindid))
         UNION ALL
         SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
         WHERE d.refclassid = reached.classid AND d.refobjid = reached.objid AND d.deptype IN ('a', 'i', 'P', 'S')
           AND ($2::boolean OR d.classid <> 'pg_catalog.pg_trigger'::regclass)
       ) AS next
     )
     SELECT (SELECT pg_catalog.json_agg(name) FROM (${namesOfAll}) AS found)::text AS names,
       (SELECT pg_catalog.json_agg(c.relname) FROM reached JOIN pg_catalog.pg_constraint k
          ON k.oid = objid AND classid = 'pg_catalog.pg_constraint'::regclass AND k.contype = 'f'
        JOIN pg_catalog.pg_class c ON c.oid = k.confrelid)::text AS referenced,
       EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN reached ON objid = p.oid AND classid = 'pg_catalog.pg_proc'::regclass
         JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
         WHERE ${userSchema("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")} AND ${notOfObject("pg_proc", "p.oid")})
       OR EXISTS (SELECT FROM pg_catalog.pg_event_trigger) AS may_run_code`,
    [names, isOfRows],
  );
  return {
    names: listOf(row?.["names"]),
    referenced: listOf(row?.["referenced"]),
    mayRunCode: row?.["may_run_code"] !== false,
  };
}

function listOf(json: unknown): readonly string[] {
  return typeof json === "string" ? (JSON.parse(json) as readonly string[]) : [];
}
