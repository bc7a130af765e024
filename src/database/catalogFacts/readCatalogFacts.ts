import type { Connection, Row } from "../connection";
import { withCatalogSession } from "../introspect/session";
import { optionalText, text } from "../introspect/rowValues";
import { unlessForbidden } from "../unlessForbidden";
import type { FactQuery } from "./factSql";
import { relationFacts } from "./relationFacts";
import { schemaFacts } from "./schemaFacts";

/** Something in a database, with all that its catalog says of it. */
export interface CatalogObject {
  /** `table`, `column`, `index`, … */
  readonly kind: string;
  /** Unique within its kind: `users.email`, `ix_email of table users`. */
  readonly name: string;
  /** Its schema, empty where it is in none; the table or view that it is a part of, if it is one; and its own name: none is quoted. */
  readonly path: readonly string[];
  /** What it was read with, in the plural: `tables and views`, `indexes`, … */
  readonly source: string;
  /** What it belongs to, by kind and name; undefined where it stands by itself. */
  readonly parent: string | undefined;
  /** By the fact's name, as a sentence has it; what is usual or absent is left out. */
  readonly facts: ReadonlyMap<string, string>;
  /** Other after it was dropped and created again; undefined where that does not matter. */
  readonly oid: string | undefined;
  /** A table's columns in their order; undefined for everything else. */
  readonly columns: readonly string[] | undefined;
}

/** The tables of this tool, which are no part of a schema that revisions make. */
export interface OwnTables {
  readonly schema: string;
  readonly names: readonly string[];
}

/**
 * Everything that revisions can make in a PostgreSQL (12 to 18), with all facts of it: more than autogenerate compares, such as
 * privileges, storage and statistics. What extensions own is left out.
 * @param defaultSchema names in it stand unqualified
 * @throws DatabaseError when the server refuses the query.
 */
export function readCatalogFacts(
  connection: Connection,
  defaultSchema: string,
  own: OwnTables,
): Promise<readonly CatalogObject[]> {
  return withCatalogSession(connection, [], async (serverVersion) =>
    ask(connection, factQueries(serverVersion), [defaultSchema, own.schema, own.names]),
  );
}

/** What a role may see of a database. */
export interface VisibleFacts {
  readonly objects: readonly CatalogObject[];
  /** By their sources, what the role may not read. */
  readonly unseen: readonly string[];
}

/**
 * As `readCatalogFacts`, in the open transaction, and with what is in the default schema unqualified in texts too: databases
 * whose schemas have different names can be compared. What the role may not read is left out and named.
 */
export function readVisibleFacts(
  connection: Connection,
  defaultSchema: string,
  own: OwnTables,
): Promise<VisibleFacts> {
  return withCatalogSession(connection, [defaultSchema], async (serverVersion) => {
    const queries = factQueries(serverVersion);
    const read = (some: readonly FactQuery[]): Promise<readonly CatalogObject[] | undefined> =>
      unlessForbidden(connection, () => ask(connection, some, [defaultSchema, own.schema, own.names]));
    const all = await read(queries);
    if (all !== undefined) {
      return { objects: all, unseen: [] };
    }
    const objects: CatalogObject[] = [];
    const unseen: string[] = [];
    for (const query of queries) {
      const found = await read([query]);
      if (found === undefined) {
        unseen.push(query.source);
      } else {
        objects.push(...found);
      }
    }
    return { objects, unseen };
  });
}

function factQueries(serverVersion: number): readonly FactQuery[] {
  return [...relationFacts(serverVersion), ...schemaFacts(serverVersion)];
}

async function ask(
  connection: Connection,
  queries: readonly FactQuery[],
  values: readonly unknown[],
): Promise<readonly CatalogObject[]> {
  const union = queries.map(({ sql }) => sql).join("\nUNION ALL\n");
  const rows = await connection.query(
    // Not each query takes every value, and one that nothing takes is refused.
    `SELECT * FROM (${union}) AS found WHERE ($1::text, $2::text, $3::text[]) IS NOT NULL`,
    values,
  );
  return rows.map(readObject);
}

function readObject(row: Row): CatalogObject {
  const columns = optionalText(row, "columns");
  return {
    kind: text(row, "kind"),
    name: text(row, "name"),
    path: JSON.parse(text(row, "path")) as readonly string[],
    source: text(row, "source"),
    parent: optionalText(row, "parent"),
    facts: factsOf(text(row, "facts")),
    oid: optionalText(row, "oid"),
    columns: columns === undefined ? undefined : (JSON.parse(columns) as readonly string[]),
  };
}

function factsOf(json: string): ReadonlyMap<string, string> {
  const facts = JSON.parse(json) as Readonly<Record<string, string | number | null>>;
  return new Map(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [[name, String(value)] as const],
    ),
  );
}
