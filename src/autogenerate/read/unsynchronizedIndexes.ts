import type { ObjectIdentity } from "../compare/schemaObject";
import { serverName } from "../../schema/serverName";
import type { BuiltEntities } from "../../typeorm/buildEntities";
import type { TypeormEntity, TypeormIndexMetadata, TypeormNamingStrategy } from "../../typeorm/typeormTypes";
import { nameOfEntity } from "./entityTables";

/** Indexes with `synchronize: false`, which their author looks after. */
export function unsynchronizedIndexes(
  { entities, dataSource }: Pick<BuiltEntities, "entities" | "dataSource">,
  ownSchema: string,
): readonly ObjectIdentity[] {
  return entities.flatMap((entity) => {
    const { schema, name: table } = nameOfEntity(entity, ownSchema);
    return entity.indices
      .filter(({ synchronize }) => !synchronize)
      .flatMap((index) => nameOfIndex(index, entity, dataSource.namingStrategy) ?? [])
      .map((name) => ({ kind: "index", schema, table, name: serverName(name) }));
  });
}

/** TypeORM itself names no index that it leaves alone; this is the name that it would have made, or did make before. */
function nameOfIndex(
  { name, givenColumnNames, embeddedMetadata, where }: TypeormIndexMetadata,
  { tableName, columns, relations }: TypeormEntity,
  namingStrategy: TypeormNamingStrategy,
): string | undefined {
  if (name !== undefined) {
    return name;
  }
  if (!Array.isArray(givenColumnNames)) {
    return undefined;
  }
  const prefix = embeddedMetadata === undefined ? "" : `${embeddedMetadata.propertyPath}.`;
  const paths = (givenColumnNames as readonly string[]).map((path) => `${prefix}${path}`);
  const names = paths.map((path) => {
    const isAtPath = ({ propertyPath }: { readonly propertyPath: string }): boolean => propertyPath === path;
    const own = columns.filter(isAtPath);
    const found = own.length > 0 ? own : (relations.find(isAtPath)?.joinColumns ?? []);
    return found.map(({ databaseName }) => databaseName);
  });
  return names.length === 0 || names.some((found) => found.length === 0)
    ? undefined
    : namingStrategy.indexName(tableName, names.flat(), where);
}
