import { createRequire } from "node:module";
import { EntityError } from "./entityError";
import type { TypeormBuilders, TypeormDataSource } from "./typeormTypes";

/**
 * The classes of the very copy of TypeORM that made the DataSource. It is in the module cache, since the DataSource
 * exists; the name that the project imports it by need not be `typeorm`.
 */
export function typeormOf(
  dataSource: TypeormDataSource,
  file: string,
): { readonly builders: TypeormBuilders; readonly path: string } {
  const require = createRequire(file);
  for (const [path, module] of Object.entries(require.cache)) {
    const builders: unknown = /typeorm/i.test(path) ? module?.exports : undefined;
    if (isTypeormOf(builders, dataSource)) {
      return { builders, path };
    }
  }
  let installed: unknown;
  try {
    installed = require("typeorm");
  } catch {
    installed = undefined;
  }
  if (isTypeormOf(installed, dataSource)) {
    return { builders: installed, path: require.resolve("typeorm") };
  }
  throw new EntityError(
    "typeorm-not-supported",
    `The TypeORM behind the DataSource of ${file} was not found.`,
    {
      file,
      hint: "Install typeorm 0.3 or 1.x beside the project, and make the DataSource with its DataSource class.",
    },
  );
}

function isTypeormOf(exports: unknown, dataSource: TypeormDataSource): exports is TypeormBuilders {
  if (typeof exports !== "object" || exports === null) {
    return false;
  }
  const constructor: unknown = Reflect.get(exports, "DataSource");
  return (
    typeof constructor === "function" &&
    dataSource instanceof constructor &&
    Reflect.has(exports, "TableForeignKey")
  );
}
