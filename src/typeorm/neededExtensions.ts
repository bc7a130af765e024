import type { TypeormDataSource } from "./typeormTypes";

const extensionOfFlag: readonly (readonly [flag: string, extension: string])[] = [
  ["hasCitextColumns", "citext"],
  ["hasHstoreColumns", "hstore"],
  ["hasGeometryColumns", "postgis"],
  ["hasCubeColumns", "cube"],
  ["hasLtreeColumns", "ltree"],
  ["hasVectorColumns", "vector"],
  ["hasExclusionConstraints", "btree_gist"],
];

/**
 * The extensions that TypeORM makes when it connects, in its order. With `installExtensions: false` it makes none;
 * then only those stand here without which the tables can't be made.
 */
export async function neededExtensions(dataSource: TypeormDataSource): Promise<readonly string[]> {
  const { installExtensions, uuidExtension = "uuid-ossp", extensions = [] } = dataSource.options;
  const flags = await dataSource.driver.checkMetadataForExtensions();
  const areInstalled = installExtensions !== false;
  const ofUuids =
    flags["hasUuidColumns"] === true && (areInstalled || uuidExtension === "uuid-ossp")
      ? [uuidExtension]
      : [];
  const ofTypes = extensionOfFlag
    .filter(([flag]) => flags[flag] === true && (areInstalled || flag !== "hasExclusionConstraints"))
    .map(([, extension]) => extension);
  return [...new Set([...ofUuids, ...ofTypes, ...(areInstalled ? extensions : [])])];
}
