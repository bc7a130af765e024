import type { QualifiedName } from "../../schema/model/tableModel";

/** A schema to read, and the name that it has in the model. */
export interface ReadSchema {
  readonly name: string;
  /** A scratch schema stands for another one: that one's name. */
  readonly as?: string;
}

export interface Scope {
  readonly schemas: readonly ReadSchema[];
  /** Only these tables and views, by the names that they have in the database; all if absent. */
  readonly tables?: readonly QualifiedName[];
  /** Tables of the tool itself (the version table). */
  readonly ignoredTables: readonly QualifiedName[];
}

/**
 * True for relations in scope; `schema` and `name` are the SQL of their names, `always` a condition under which
 * the list of wanted tables does not count.
 */
export function relationInScope(schema: string, name: string, always = "$2::text[] IS NULL"): string {
  return `${schema} = ANY ($1::text[])
    AND (${always} OR (${schema}::text, ${name}::text) IN (SELECT * FROM unnest($2::text[], $3::text[])))
    AND (${schema}::text, ${name}::text) NOT IN (SELECT * FROM unnest($4::text[], $5::text[]))`;
}

/** The values for `relationInScope`. */
export function scopeValues(scope: Scope): readonly unknown[] {
  return [
    scope.schemas.map(({ name }) => name),
    scope.tables?.map(({ schema }) => schema) ?? null,
    scope.tables?.map(({ name }) => name) ?? null,
    scope.ignoredTables.map(({ schema }) => schema),
    scope.ignoredTables.map(({ name }) => name),
  ];
}

/** True unless an extension owns the object. */
export function notOfExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend owned WHERE owned.classid = 'pg_catalog.${catalog}'::regclass
    AND owned.objid = ${oid} AND owned.deptype = 'e')`;
}

/** True unless another object made it for itself, as a range type makes its constructors. */
export function notOfObject(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend made WHERE made.classid = 'pg_catalog.${catalog}'::regclass
    AND made.objid = ${oid} AND made.deptype = 'i')`;
}

/** The comment of an object, as a join that gives `${alias}.description`. */
export function commentJoin(alias: string, catalog: string, oid: string, column = "0"): string {
  return `LEFT JOIN pg_catalog.pg_description ${alias} ON ${alias}.objoid = ${oid}
    AND ${alias}.classoid = 'pg_catalog.${catalog}'::regclass AND ${alias}.objsubid = ${column}`;
}
