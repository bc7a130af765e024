import type { Connection } from "../../database/connection";
import { withCatalogSession } from "../../database/introspect/session";
import { nameKey } from "../../schema/findNamed";
import type { FunctionModel } from "../../schema/model/schemaModel";
import { functionKey } from "../plan/functionChanges";

type NamedFunction = Pick<FunctionModel, "schema" | "name" | "identityArguments">;

/** What the server knows of functions beside their models. */
export interface KnownFunctions {
  /** The types of the arguments, by which the server tells functions of one name apart; by `functionKey`. */
  readonly types: ReadonlyMap<string, string>;
  /** Their `functionKey` by their oid. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Reads the functions and procedures in some schemas. */
export async function readFunctions(
  connection: Connection,
  schemas: readonly string[],
  defaultSchema: string,
): Promise<KnownFunctions> {
  return withCatalogSession(connection, [defaultSchema], async () => {
    const rows = await connection.query(
      `SELECT p.oid::text AS oid, n.nspname AS schema, p.proname AS name,
         pg_catalog.oidvectortypes(p.proargtypes) AS types, pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments
       FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prokind IN ('f', 'p') AND n.nspname = ANY ($1::text[])`,
      [schemas],
    );
    const read = rows.map((row) => ({
      oid: String(row["oid"]),
      types: String(row["types"]),
      key: functionKey({
        schema: String(row["schema"]),
        name: String(row["name"]),
        identityArguments: String(row["arguments"]),
      }),
    }));
    return {
      types: new Map(read.map(({ key, types }) => [key, types])),
      keys: new Map(read.map(({ oid, key }) => [oid, key])),
    };
  });
}

/** A function as the server knows it, `app.total(integer)`: names and defaults of its arguments do not count. */
export function typedKey(model: NamedFunction, { types }: KnownFunctions): string {
  return `${nameKey(model)}(${types.get(functionKey(model)) ?? model.identityArguments})`;
}
