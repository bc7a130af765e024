import { createRequire } from "node:module";
import { hasBuilders, isMadeBy, moduleOf, notSupported } from "./typeormSupport";
import type { TypeormBuilders, TypeormDataSource } from "./typeormTypes";

/**
 * The classes of the very copy of TypeORM, or of a fork of it, that made the DataSource. It is in the module cache, since
 * the DataSource exists; the name that the project imports it by need not be `typeorm`.
 * @throws {EntityError} `typeorm-not-supported`
 */
export function typeormOf(
  dataSource: TypeormDataSource,
  file: string,
): { readonly builders: TypeormBuilders; readonly path: string } {
  const require = createRequire(file);
  const loaded = moduleOf(dataSource, file);
  if (loaded !== undefined) {
    return loaded;
  }
  let installed: unknown;
  try {
    installed = require("typeorm");
  } catch {
    installed = undefined;
  }
  if (isMadeBy(installed, dataSource) && hasBuilders(installed)) {
    return { builders: installed, path: require.resolve("typeorm") };
  }
  throw notSupported(
    dataSource,
    file,
    "does not export what describes tables (Table, TableForeignKey, View)",
  );
}
