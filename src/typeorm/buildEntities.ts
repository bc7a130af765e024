import { createRequire } from "node:module";
import { isAbsolute, resolve } from "node:path";
import { EntityError } from "./entityError";
import { globsOfTypeorm, loadEntityFiles, type FindFiles } from "./entityFiles";
import { withIndexedStorage } from "./indexedStorage";
import { staleBuildWarning } from "./staleBuild";
import type { LoadedDataSource } from "./loadDataSource";
import type { TypeormBuilders, TypeormDataSource, TypeormEntity, TypeormOptions } from "./typeormTypes";

export interface BuildOptions extends LoadedDataSource {
  /** Relative globs of entities are relative to it, as if TypeORM ran in it. */
  readonly directory: string;
  /** The schema whose names stand unqualified. */
  readonly defaultSchema: string;
  /** As `server_version` prints it: `15.18`. */
  readonly serverVersion: string;
}

/** TypeORM's own metadata of a project, made in memory. */
export interface BuiltEntities {
  readonly dataSource: TypeormDataSource;
  readonly builders: TypeormBuilders;
  readonly entities: readonly TypeormEntity[];
  readonly warnings: readonly string[];
}

/**
 * Makes the metadata of all entities without a connection: what `initialize()` does between connecting and
 * synchronising. Subscribers and migrations are left out, since nothing of them is wanted and both run user code.
 * @throws {EntityError} `entities-invalid`, `no-entities`, `typeorm-not-supported`
 */
export async function buildEntities(options: BuildOptions): Promise<BuiltEntities> {
  const { dataSource, file, directory } = options;
  const { builders, path } = typeormOf(dataSource, file);
  const named = namedEntities(dataSource, directory);
  const entities = await expandGlobs(named, globsOfTypeorm(path));
  setOptions(dataSource, { entities, subscribers: [], migrations: [] });
  prepareDriver(options);
  try {
    await withIndexedStorage(builders.getMetadataArgsStorage(), () => dataSource.buildMetadatas());
  } catch (error) {
    throw invalidEntities(error, file);
  }
  if (dataSource.entityMetadatas.length === 0) {
    throw noEntities(named, file);
  }
  const warning = staleBuildWarning(globsOf(named), directory);
  return {
    dataSource,
    builders,
    entities: dataSource.entityMetadatas,
    warnings: warning === undefined ? [] : [warning],
  };
}

/** What `connect()` asks the server for, and the builder of metadata and SQL wants to know. */
function prepareDriver({ dataSource, defaultSchema, serverVersion }: BuildOptions): void {
  const { driver } = dataSource;
  driver.version = serverVersion;
  driver.database ??= "postgres";
  driver.searchSchema = defaultSchema;
  driver.schema = dataSource.options.schema ?? defaultSchema;
  driver.isGeneratedColumnsSupported = true;
}

/** TypeORM 0.3 below 0.3.18 has no `setOptions` that takes entities. */
function setOptions(dataSource: TypeormDataSource, options: Partial<TypeormOptions>): void {
  if (typeof Reflect.get(dataSource, "setOptions") === "function") {
    dataSource.setOptions(options);
  } else {
    Object.assign(dataSource.options, options);
  }
}

/** What each DataSource named before its globs were expanded: it may be asked again. */
const namedBefore = new WeakMap<TypeormDataSource, unknown>();

/** `entities` may be a list or a record, of classes, schemas and globs; the globs are made absolute. */
function namedEntities(dataSource: TypeormDataSource, directory: string): readonly unknown[] {
  const entities = namedBefore.get(dataSource) ?? dataSource.options.entities;
  namedBefore.set(dataSource, entities);
  const list: readonly unknown[] = Array.isArray(entities)
    ? entities
    : typeof entities === "object" && entities !== null
      ? Object.values(entities)
      : [];
  return list.map((entry) =>
    typeof entry === "string" && !isAbsolute(entry) ? resolve(directory, entry).replaceAll("\\", "/") : entry,
  );
}

/** Left to TypeORM where the package that it expands globs with is not known. */
async function expandGlobs(
  entities: readonly unknown[],
  findFiles: FindFiles | undefined,
): Promise<readonly unknown[]> {
  const globs = globsOf(entities);
  if (findFiles === undefined || globs.length === 0) {
    return entities;
  }
  const classes = entities.filter((entry) => typeof entry !== "string");
  return [...new Set([...classes, ...(await loadEntityFiles(globs, findFiles))])];
}

function globsOf(entities: readonly unknown[]): readonly string[] {
  return entities.filter((entry) => typeof entry === "string");
}

/**
 * The classes of the very copy of TypeORM that made the DataSource. It is in the module cache, since the DataSource
 * exists; the name that the project imports it by need not be `typeorm`.
 */
function typeormOf(
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

function invalidEntities(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) {
    return new EntityError("entities-invalid", `The entities of ${file} can't be read: ${String(error)}`, {
      file,
    });
  }
  // What the loader of user code throws names the file and the place already.
  if (error.name === "LoadError" || error instanceof EntityError) {
    return error;
  }
  return new EntityError("entities-invalid", `The entities of ${file} can't be read: ${error.message}`, {
    file,
    cause: error,
    hint: "TypeORM itself refuses them; the application would fail with the same message.",
  });
}

function noEntities(entities: readonly unknown[], file: string): EntityError {
  const globs = globsOf(entities);
  return globs.length === 0
    ? new EntityError("no-entities", `The DataSource of ${file} has no entities.`, {
        file,
        hint: "List them: entities: [User, Post], or as globs. NestJS's autoLoadEntities works only in the running application.",
      })
    : new EntityError(
        "no-entities",
        `No entities were found by the DataSource of ${file}: ${globs.join(", ")}`,
        {
          file,
          hint: "Correct the globs; relative ones are relative to the folder of the configuration.",
        },
      );
}
