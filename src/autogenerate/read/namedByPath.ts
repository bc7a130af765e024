import type { QualifiedName } from "../../schema/model/tableModel";
import { serverName } from "../../schema/serverName";

/**
 * A table's name by TypeORM's rule, which joins schema and name with a dot and then reads two parts of what it has: in
 * `@Entity("audit.entries")`, `audit` is the schema.
 * @param schema what the entity or the DataSource says beside the name
 */
export function namedByPath(name: string, schema: string | undefined, ownSchema: string): QualifiedName {
  const [first = "", second] = (schema === undefined ? name : `${schema}.${name}`).split(".");
  return second === undefined
    ? { schema: ownSchema, name: first }
    : { schema: schema ?? first, name: second };
}

/** As the server keeps it, which cuts what is too long. */
export function serverNameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema: serverName(schema), name: serverName(name) };
}
