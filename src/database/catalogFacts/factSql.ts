/**
 * The SQL that the queries of catalog facts share. Each query gives `source` (what it asks for), `kind`, `name`, `path` (a JSON
 * array), `parent` (the label of the object that it belongs to), `facts` (a JSON object; null is a fact that there is not), `oid`
 * and `columns` (of a table, in their order).
 * `$1` is the schema whose names stand unqualified, `$2` the schema of this tool's own tables, `$3` their names.
 */

/** `users`, `audit.events`: a name as people write it. */
export function nameSql(schema: string, name: string): string {
  return `CASE WHEN ${schema} = $1::text THEN '' ELSE pg_catalog.quote_ident(${schema}) || '.' END || pg_catalog.quote_ident(${name})`;
}

/** True for what is in a schema that is not the server's own. */
export function userSchema(schema: string): string {
  return `${schema} <> 'information_schema' AND ${schema} NOT LIKE 'pg\\_%'`;
}

/** True for relations of a user's schema that are not this tool's own tables. */
export function userRelation(schema: string, name: string): string {
  return `${userSchema(schema)} AND NOT (${schema} = $2::text AND ${name} = ANY ($3::text[]))`;
}

/** The word for a relation, by its `relkind`. */
export function relationKind(kind: string): string {
  return `CASE ${kind} WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END`;
}

/** Who may do what, with an ACL that was never set spelled out: to grant and to revoke again changes nothing. */
export function privileges(acl: string, fallback: string): string {
  return `(SELECT pg_catalog.string_agg(
      CASE granted.grantee WHEN 0 THEN 'public' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(granted.grantee)) END || ' '
        || granted.privilege_type || CASE WHEN granted.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
      ', ' ORDER BY granted.grantee, granted.privilege_type, granted.grantor)
    FROM pg_catalog.aclexplode(coalesce(${acl}, ${fallback})) AS granted)`;
}

/** What an ACL of its own would be where there is none. */
export function defaultAcl(kind: string, owner: string): string {
  return `pg_catalog.acldefault('${kind}', ${owner})`;
}

/** The comment of an object. */
export function comment(catalog: string, oid: string): string {
  return `pg_catalog.obj_description(${oid}, '${catalog}')`;
}

/** A text array as a text, sorted. */
export function sortedList(list: string): string {
  return `(SELECT pg_catalog.string_agg(item, ', ' ORDER BY item) FROM pg_catalog.unnest(${list}) AS item)`;
}

/** A query whose rows are objects. */
export interface ObjectQuery {
  /** What it asks for, in the plural. */
  readonly source: string;
  /** SQL of a text. */
  readonly kind: string;
  readonly name: string;
  /** SQL of the names that `CatalogObject.path` has. */
  readonly path: readonly string[];
  readonly parent?: string;
  readonly oid?: string;
  readonly columns?: string;
  /** SQL by the name of the fact, as a sentence has it. */
  readonly facts: Readonly<Record<string, string | undefined>>;
  /** From `FROM` on. */
  readonly from: string;
}

/** A query, and what it asks for. */
export interface FactQuery {
  readonly source: string;
  readonly sql: string;
}

/** The query as SQL. */
export function objectQuery({
  source,
  kind,
  name,
  path,
  parent,
  oid,
  columns,
  facts,
  from,
}: ObjectQuery): FactQuery {
  const pairs = Object.entries(facts).flatMap(([fact, value]) =>
    value === undefined ? [] : [`'${fact}', ${value}`],
  );
  const sql = `SELECT '${source}' AS source, (${kind})::text AS kind, (${name})::text AS name,
    pg_catalog.json_build_array(${path.join(", ")})::text AS path, (${parent ?? "NULL"})::text AS parent,
    pg_catalog.json_build_object(${pairs.join(", ")})::text AS facts, ${oid ?? "NULL"}::text AS oid, (${columns ?? "NULL"})::text AS columns
  ${from}`;
  return { source, sql };
}
