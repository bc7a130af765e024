import { commentJoin, notOfExtension, notOfObject, relationInScope } from "./scope";

/** The queries that introspection sends: their number does not depend on what is in the database. */
export interface CatalogQueries {
  readonly namespaces: string;
  readonly types: string;
  readonly relations: string;
  readonly columns: string;
  readonly constraints: string;
  readonly indexes: string;
  readonly sequences: string;
  readonly triggers: string;
  readonly policies: string;
  readonly functions: string;
  readonly statistics: string;
  readonly viewDependencies: string;
  readonly casts: string;
}

/** What the queries take as values: `schemas` is `$1` alone, `relations` is all of `scopeValues`. */
export const queryValues: Readonly<Record<keyof CatalogQueries, "none" | "schemas" | "relations">> = {
  namespaces: "schemas",
  types: "schemas",
  relations: "relations",
  columns: "relations",
  constraints: "relations",
  indexes: "relations",
  sequences: "schemas",
  triggers: "relations",
  policies: "relations",
  functions: "schemas",
  statistics: "relations",
  viewDependencies: "relations",
  casts: "none",
};

const namespaces = `
SELECT 'schema' AS kind, n.nspname AS name, NULL::text AS schema, NULL::text AS version, ds.description AS comment
FROM pg_catalog.pg_namespace n ${commentJoin("ds", "pg_namespace", "n.oid")}
WHERE n.nspname = ANY ($1::text[])
UNION ALL
SELECT 'extension', e.extname, n.nspname, e.extversion, NULL
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'
ORDER BY 1, 2`;

const types = `
SELECT t.oid::text AS oid, n.nspname AS schema, t.typname AS name, t.typtype AS kind, ds.description AS comment,
  CASE WHEN t.typtype = 'e' THEN ARRAY(
    SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END AS labels,
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS base_type,
  t.typnotnull AS is_not_null, CASE WHEN t.typtype = 'd' THEN pg_catalog.pg_get_expr(t.typdefaultbin, 0) END AS default,
  CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN l.collname END AS collation,
  CASE WHEN t.typtype = 'c' THEN (
    SELECT json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END AS attributes
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
${commentJoin("ds", "pg_type", "t.oid")}
WHERE n.nspname = ANY ($1::text[]) AND (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND ${notOfExtension("pg_type", "t.oid")}
ORDER BY n.nspname, t.typname`;

const relations = `
SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence = 'u' AS is_unlogged,
  CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_by,
  CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bounds,
  (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY i.inhseqno)
   FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
   JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) AS parents,
  c.reloptions AS options, ts.spcname AS tablespace, ds.description AS comment,
  c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security, c.relreplident AS replica_identity,
  am.amname AS method,
  CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
  CASE WHEN c.relkind = 'v' THEN ARRAY(
    SELECT pg_catalog.pg_get_ruledef(r.oid, true) FROM pg_catalog.pg_rewrite r
    WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' ORDER BY r.rulename) END AS rules
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
${commentJoin("ds", "pg_class", "c.oid")}
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND ${relationInScope("n.nspname", "c.relname")}
  AND ${notOfExtension("pg_class", "c.oid")}
ORDER BY n.nspname, c.relname`;

/** A default names no column, so it is printed without its table: opening a thousand of them takes most of the time. */
const columns = `
SELECT a.attrelid::text AS relation, a.attnum::text AS number, a.attcollation::text AS collation_id, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  NOT a.attnotnull AS is_nullable, a.attidentity AS identity, a.attgenerated AS generated,
  pg_catalog.pg_get_expr(d.adbin, CASE WHEN a.attgenerated <> '' THEN d.adrelid ELSE 0 END) AS expression, NOT a.attislocal AS is_inherited, ds.description AS comment,
  CASE WHEN a.attcollation <> t.typcollation THEN l.collname END AS collation
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
${commentJoin("ds", "pg_class", "a.attrelid", "a.attnum")}
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
  AND ${relationInScope("n.nspname", "c.relname")}
ORDER BY a.attrelid, a.attnum`;

/**
 * Columns are given by their numbers, and a definition only where nothing else tells it: the names, which the columns' query has,
 * and the texts take three quarters of the time. What a foreign key references may be out of scope.
 */
function constraints(serverVersion: number): string {
  const opaque = [
    serverVersion >= 150000 ? "k.confdelsetcols IS NOT NULL" : undefined,
    serverVersion >= 180000 ? "k.conperiod" : undefined,
    serverVersion >= 180000 ? "NOT k.conenforced" : undefined,
  ].filter((condition) => condition !== undefined);
  const isOpaque = opaque.length === 0 ? "false" : opaque.join(" OR ");
  return `
SELECT k.conrelid::text AS relation, k.contypid::text AS domain, k.conname AS name, k.contype AS kind,
  k.condeferrable AS is_deferrable, k.condeferred AS is_deferred, k.convalidated AS is_valid, k.connoinherit AS no_inherit,
  k.conindid::text AS index, ${isOpaque} AS is_opaque,
  CASE WHEN k.contype = 'x' OR ${isOpaque} THEN pg_catalog.pg_get_constraintdef(k.oid) END AS definition, ds.description AS comment,
  CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END AS condition,
  pg_catalog.array_to_string(k.conkey, ',') AS columns, k.confrelid::text AS referenced,
  rn.nspname AS referenced_schema, rc.relname AS referenced_table,
  k.confdeltype AS on_delete, k.confupdtype AS on_update, k.confmatchtype AS match,
  pg_catalog.array_to_string(k.confkey, ',') AS referenced_columns,
  CASE WHEN k.contype = 'f' AND NOT (${relationInScope("rn.nspname", "rc.relname")}) THEN ARRAY(
    SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS key (number, position)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.number ORDER BY key.position) END AS foreign_columns,
  CASE WHEN k.contype = 'x' THEN ARRAY(
    SELECT o.oprname::text FROM unnest(k.conexclop) WITH ORDINALITY AS used (operator, position)
    JOIN pg_catalog.pg_operator o ON o.oid = used.operator ORDER BY used.position) END AS operators
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND k.conrelid <> 0
LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid AND k.contypid <> 0
JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(c.relnamespace, t.typnamespace)
LEFT JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
${commentJoin("ds", "pg_constraint", "k.oid")}
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND (k.conislocal OR k.coninhcount = 0)
  AND ${relationInScope("n.nspname", "coalesce(c.relname, '')", "$2::text[] IS NULL OR c.oid IS NULL")}
ORDER BY n.nspname, position(k.contype::text IN 'pucfx'), k.conname`;
}

/**
 * One row for each element and included column of each index: an aggregate per index takes three times as long. Columns are given by
 * their numbers, since joining all columns of the database takes a third of the time.
 */
function indexes(serverVersion: number): string {
  return `
SELECT x.indexrelid::text AS oid, x.indrelid::text AS relation, i.relname AS name, am.amname AS method,
  x.indisunique AS is_unique, x.indisvalid AS is_valid,
  ${serverVersion >= 150000 ? "x.indnullsnotdistinct" : "false"} AS nulls_not_distinct,
  pg_catalog.pg_get_expr(x.indpred, x.indrelid) AS predicate, i.reloptions AS options, ts.spcname AS tablespace,
  ds.description AS comment, key.number > x.indnkeyatts AS is_included, x.indkey[key.number - 1]::text AS number,
  CASE WHEN x.indkey[key.number - 1] = 0 THEN pg_catalog.pg_get_indexdef(x.indexrelid, key.number, false) END AS expression,
  CASE WHEN o.opcdefault AND ia.attoptions IS NULL THEN NULL WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN o.opcname::text
    ELSE ons.nspname || '.' || o.opcname END AS opclass,
  ia.attoptions AS opclass_options,
  x.indcollation[key.number - 1]::text AS collation_id, l.collname AS collation, it.typcollation::text AS type_collation,
  x.indoption[key.number - 1] & 1 = 1 AS is_descending, x.indoption[key.number - 1] & 2 = 2 AS nulls_first
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_am am ON am.oid = i.relam
CROSS JOIN LATERAL generate_series(1, x.indnatts) AS key (number)
JOIN pg_catalog.pg_attribute ia ON ia.attrelid = x.indexrelid AND ia.attnum = key.number
JOIN pg_catalog.pg_type it ON it.oid = ia.atttypid
LEFT JOIN pg_catalog.pg_opclass o ON o.oid = x.indclass[key.number - 1]
LEFT JOIN pg_catalog.pg_namespace ons ON ons.oid = o.opcnamespace
LEFT JOIN pg_catalog.pg_collation l ON l.oid = x.indcollation[key.number - 1]
LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = i.reltablespace
${commentJoin("ds", "pg_class", "x.indexrelid")}
WHERE NOT i.relispartition AND c.relkind IN ('r', 'p', 'm') AND ${relationInScope("n.nspname", "c.relname")}
ORDER BY n.nspname, i.relname, key.number`;
}

const sequences = `
SELECT n.nspname AS schema, c.relname AS name, pg_catalog.format_type(s.seqtypid, NULL) AS type,
  s.seqstart::text AS start, s.seqincrement::text AS increment, s.seqmin::text AS min_value, s.seqmax::text AS max_value,
  s.seqcache::text AS cache, s.seqcycle AS cycle, ds.description AS comment,
  oc.oid::text AS owner, ons.nspname AS owner_schema, oc.relname AS owner_table, oa.attname AS owner_column,
  c.oid::regclass::text AS printed_name
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_depend owned ON owned.classid = 'pg_catalog.pg_class'::regclass AND owned.objid = c.oid
  AND owned.refclassid = 'pg_catalog.pg_class'::regclass AND owned.deptype IN ('a', 'i')
LEFT JOIN pg_catalog.pg_class oc ON oc.oid = owned.refobjid
LEFT JOIN pg_catalog.pg_namespace ons ON ons.oid = oc.relnamespace
LEFT JOIN pg_catalog.pg_attribute oa ON oa.attrelid = owned.refobjid AND oa.attnum = owned.refobjsubid
${commentJoin("ds", "pg_class", "c.oid")}
WHERE (n.nspname = ANY ($1::text[]) OR ons.nspname = ANY ($1::text[])) AND ${notOfExtension("pg_class", "c.oid")}
ORDER BY n.nspname, c.relname`;

function triggers(serverVersion: number): string {
  return `
SELECT t.tgrelid::text AS relation, t.tgname AS name, pg_catalog.pg_get_triggerdef(t.oid, false) AS definition,
  t.tgconstraint <> 0 AS is_constraint, t.tgenabled AS enabled, ds.description AS comment,
  ' ON ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || ' ' AS separator,
  'CREATE ' || CASE WHEN t.tgconstraint <> 0 THEN 'CONSTRAINT ' ELSE '' END || 'TRIGGER ' || pg_catalog.quote_ident(t.tgname) || ' ' AS opening
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${commentJoin("ds", "pg_trigger", "t.oid")}
WHERE NOT t.tgisinternal ${serverVersion >= 130000 ? "AND t.tgparentid = 0" : ""}
  AND ${relationInScope("n.nspname", "c.relname")} AND ${notOfExtension("pg_trigger", "t.oid")}
ORDER BY n.nspname, c.relname, t.tgname`;
}

const policies = `
SELECT p.polrelid::text AS relation, p.polname AS name, p.polpermissive AS is_permissive, p.polcmd AS command,
  ARRAY(SELECT CASE WHEN role = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(role)::text END FROM unnest(p.polroles) role) AS roles,
  pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using, pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check,
  ds.description AS comment
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
${commentJoin("ds", "pg_policy", "p.oid")}
WHERE ${relationInScope("n.nspname", "c.relname")}
ORDER BY n.nspname, c.relname, p.polname`;

const functions = `
SELECT n.nspname AS schema, p.proname AS name, p.prokind AS kind, pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
  pg_catalog.pg_get_function_identity_arguments(p.oid) AS identity_arguments,
  pg_catalog.pg_get_function_result(p.oid) AS result, ds.description AS comment,
  pg_catalog.substr(pg_catalog.pg_get_functiondef(p.oid), pg_catalog.length(
    'CREATE OR REPLACE ' || CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || pg_catalog.quote_ident(n.nspname)
    || '.' || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.pg_get_function_arguments(p.oid) || ')') + 1) AS definition
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
${commentJoin("ds", "pg_proc", "p.oid")}
WHERE n.nspname = ANY ($1::text[]) AND p.prokind IN ('f', 'p') AND ${notOfExtension("pg_proc", "p.oid")}
  AND ${notOfObject("pg_proc", "p.oid")}
ORDER BY n.nspname, p.proname, 5`;

const statistics = `
SELECT s.stxrelid::text AS relation, sn.nspname AS schema, s.stxname AS name,
  pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
  'CREATE STATISTICS ' || pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(s.stxname) || ' ' AS opening
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE ${relationInScope("n.nspname", "c.relname")}
ORDER BY sn.nspname, s.stxname`;

const viewDependencies = `
SELECT DISTINCT r.ev_class::text AS view, dn.nspname AS schema, d.relname AS name, a.attname AS column
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend used ON used.classid = 'pg_catalog.pg_rewrite'::regclass AND used.objid = r.oid
  AND used.refclassid = 'pg_catalog.pg_class'::regclass AND used.refobjid <> r.ev_class
JOIN pg_catalog.pg_class d ON d.oid = used.refobjid
JOIN pg_catalog.pg_namespace dn ON dn.oid = d.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = used.refobjid AND a.attnum = used.refobjsubid AND used.refobjsubid > 0
WHERE ${relationInScope("n.nspname", "c.relname")}
ORDER BY 1, 2, 3, 4`;

const casts = `
SELECT pg_catalog.format_type(castsource, NULL) AS source, pg_catalog.format_type(casttarget, NULL) AS target,
  castcontext AS context, castmethod = 'b' AS is_binary
FROM pg_catalog.pg_cast ORDER BY 1, 2`;

/** The queries as this version of the server understands them (12 to 18). */
export function catalogQueries(serverVersion: number): CatalogQueries {
  return {
    namespaces,
    types,
    relations,
    columns,
    constraints: constraints(serverVersion),
    indexes: indexes(serverVersion),
    sequences,
    triggers: triggers(serverVersion),
    policies,
    functions,
    statistics,
    viewDependencies,
    casts,
  };
}
