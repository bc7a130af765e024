import { isAbsolute, resolve } from "node:path";
import { EntityError } from "./entityError";
import { globsOfTypeorm, loadEntityFiles, type FindFiles } from "./entityFiles";
import { withIndexedStorage } from "./indexedStorage";
import { staleBuildWarning } from "./staleBuild";
import type { LoadedDataSource, Quickly } from "./loadDataSource";
import { namedMigrations } from "./adopt/namedMigrations";
import { withStoredArgumentsKept } from "./storedArguments";
import { requireSupport } from "./typeormSupport";
import { typeormOf } from "./typeormOf";
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
  requireSupport(dataSource, file);
  prepareDriver(options);
  await buildMetadata(options);
  const globs = globsOf(namedEntities(dataSource, directory));
  if (dataSource.entityMetadatas.length === 0) {
    throw noEntities(globs, file);
  }
  const stale = staleBuildWarning([...globs, file], directory);
  return {
    dataSource,
    builders,
    entities: dataSource.entityMetadatas,
    warnings: [...emptyGlobWarnings(globs, globsOfTypeorm(path)), ...(stale === undefined ? [] : [stale])],
  };
}

/**
 * Makes the metadata of a DataSource's entities, if it has any, without a connection.
 * @throws {EntityError} `entities-invalid`, `typeorm-not-supported`
 */
export async function buildMetadata({
  dataSource,
  file,
  directory,
  quickly,
}: LoadedDataSource & Pick<BuildOptions, "directory">): Promise<void> {
  const { builders, path } = typeormOf(dataSource, file);
  const entities = await expandGlobs(namedEntities(dataSource, directory), globsOfTypeorm(path), quickly);
  // Asked for before the list is emptied: whoever runs migrations wants them.
  namedMigrations(dataSource);
  setOptions(dataSource, { entities, subscribers: [], migrations: [] });
  try {
    const storage = builders.getMetadataArgsStorage();
    await withStoredArgumentsKept(storage, () =>
      withIndexedStorage(storage, () => dataSource.buildMetadatas()),
    );
  } catch (error) {
    throw invalidEntities(error, file);
  }
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
  quickly: Quickly,
): Promise<readonly unknown[]> {
  const globs = globsOf(entities);
  if (findFiles === undefined || globs.length === 0) {
    return entities;
  }
  const classes = entities.filter((entry) => typeof entry !== "string");
  return [...new Set([...classes, ...(await loadEntityFiles(globs, findFiles, quickly))])];
}

/** The tables of entities that are not found would look as if they were to be dropped. */
function emptyGlobWarnings(globs: readonly string[], findFiles: FindFiles | undefined): readonly string[] {
  return globs
    .filter((glob) => findFiles !== undefined && findFiles(glob).length === 0)
    .map((glob) => `No file matches ${glob}, which the DataSource names: entities may be missing.`);
}

function globsOf(entities: readonly unknown[]): readonly string[] {
  return entities.filter((entry) => typeof entry === "string");
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

function noEntities(globs: readonly string[], file: string): EntityError {
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
