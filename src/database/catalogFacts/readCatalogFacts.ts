import type { Connection } from "../connection";
import { withCatalogSession } from "../introspect/session";
import { optionalText, text } from "../introspect/rowValues";
import { relationFacts } from "./relationFacts";
import { schemaFacts } from "./schemaFacts";

/** Something in a database, with all that its catalog says of it. */
export interface CatalogObject {
  /** `table`, `column`, `index`, … */
  readonly kind: string;
  /** Unique within its kind: `users.email`, `ix_email of table users`. */
  readonly name: string;
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
  return withCatalogSession(connection, [], async (serverVersion) => {
    const query = [...relationFacts(serverVersion), ...schemaFacts(serverVersion)].join("\nUNION ALL\n");
    const rows = await connection.query(query, [defaultSchema, own.schema, own.names]);
    return rows.map((row) => {
      const columns = optionalText(row, "columns");
      return {
        kind: text(row, "kind"),
        name: text(row, "name"),
        parent: optionalText(row, "parent"),
        facts: factsOf(text(row, "facts")),
        oid: optionalText(row, "oid"),
        columns: columns === undefined ? undefined : (JSON.parse(columns) as readonly string[]),
      };
    });
  });
}

function factsOf(json: string): ReadonlyMap<string, string> {
  const facts = JSON.parse(json) as Readonly<Record<string, string | number | null>>;
  return new Map(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [[name, String(value)] as const],
    ),
  );
}
