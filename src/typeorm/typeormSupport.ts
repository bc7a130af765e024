import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EntityError } from "./entityError";
import type { TypeormBuilders, TypeormDataSource } from "./typeormTypes";

/** What is called on the driver, and on the query runners that it makes. */
const neededMembers = {
  driver: ["createQueryRunner", "createSchemaBuilder", "createFullType", "checkMetadataForExtensions"],
  queryRunner: ["createTableSql", "createIndexSql", "createForeignKeySql", "createViewSql"],
} as const;

/** The module whose class the DataSource is of, and that has the builders, among those that are loaded. */
export function moduleOf(
  dataSource: TypeormDataSource,
  file: string,
): { readonly builders: TypeormBuilders; readonly path: string } | undefined {
  const loaded = Object.entries(createRequire(file).cache);
  const isLikely = ([path]: (typeof loaded)[number]): boolean => /typeorm/i.test(path);
  for (const entries of [loaded.filter(isLikely), loaded.filter((entry) => !isLikely(entry))]) {
    for (const [path, module] of entries) {
      const exported: unknown = module?.exports;
      const builders = isMadeBy(exported, dataSource) ? withView(exported, path, file) : undefined;
      if (hasBuilders(builders)) {
        return { builders, path };
      }
    }
  }
  return undefined;
}

/** The exports of TypeORM, with the builder of views that early versions of 0.3 have in a module of its own only. */
function withView(exported: unknown, path: string, file: string): unknown {
  const own = createRequire(file).cache[join(dirname(path), "schema-builder", "view", "View.js")];
  const view: unknown = (own?.exports as { readonly View?: unknown } | undefined)?.View;
  return typeof exported !== "object" || exported === null || "View" in exported || view === undefined
    ? exported
    : (Object.create(exported, { View: { value: view } }) as unknown);
}

/** Whether the DataSource is of the class that a module exports. */
export function isMadeBy(exports: unknown, dataSource: TypeormDataSource): boolean {
  if (typeof exports !== "object" || exports === null) {
    return false;
  }
  const constructor: unknown = Reflect.get(exports, "DataSource");
  return typeof constructor === "function" && dataSource instanceof constructor;
}

/** Whether a module exports what describes tables. */
export function hasBuilders(exports: unknown): exports is TypeormBuilders {
  return (
    typeof exports === "object" &&
    exports !== null &&
    ["getMetadataArgsStorage", "Table", "TableForeignKey", "TableIndex", "View"].every(
      (name) => typeof Reflect.get(exports, name) === "function",
    )
  );
}

/**
 * Makes sure that a DataSource has what entities are compared by.
 * @throws {EntityError} `typeorm-not-supported`, with the package's name and what it lacks
 */
export function requireSupport(dataSource: TypeormDataSource, file: string): void {
  const { driver } = dataSource;
  const missing = neededMembers.driver.find((name) => typeof Reflect.get(driver, name) !== "function");
  if (missing !== undefined) {
    throw notSupported(dataSource, file, `has a driver without ${missing}()`);
  }
  const runner = driver.createQueryRunner("master");
  const unknown = neededMembers.queryRunner.find((name) => typeof Reflect.get(runner, name) !== "function");
  if (unknown !== undefined) {
    throw notSupported(dataSource, file, `has a query runner without ${unknown}()`);
  }
}

/** The failure of a DataSource of a TypeORM, or a fork of it, that lacks something. */
export function notSupported(
  dataSource: TypeormDataSource,
  file: string,
  reason: string,
  cause?: unknown,
): EntityError {
  const name = packageName(dataSource, file) ?? "The TypeORM";
  return new EntityError(
    "typeorm-not-supported",
    `${name} behind the DataSource of ${file} can't be used: it ${reason}.`,
    {
      file,
      cause,
      hint: "Create the DataSource with the DataSource class of typeorm 0.3 or 1.x, or of a fork that keeps its PostgreSQL driver.",
    },
  );
}

/** The package whose class a DataSource is of, with its version: `@acme/typeorm 0.3.20`. */
function packageName(dataSource: TypeormDataSource, file: string): string | undefined {
  for (const [path, module] of Object.entries(createRequire(file).cache)) {
    if (isMadeBy(module?.exports, dataSource)) {
      return nameOfPackage(path);
    }
  }
  return undefined;
}

function nameOfPackage(path: string): string | undefined {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      const read: unknown = JSON.parse(readFileSync(manifest, "utf8"));
      const [name, version] = ["name", "version"].map((key): unknown => Reflect.get(read as object, key));
      if (typeof name === "string") {
        return typeof version === "string" ? `${name} ${version}` : name;
      }
    }
  }
  return undefined;
}
