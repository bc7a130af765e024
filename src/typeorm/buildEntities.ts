import { isAbsolute, resolve } from "node:path";
import { EntityError } from "./entityError";
import { loadEntityFiles } from "./entityFiles";
import { filesOfGlob, globsOfTypeorm, type FindFiles } from "./globFiles";
import { withIndexedStorage } from "./indexedStorage";
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
  /** Globs of the DataSource that match no file, absolute: entities may be missing. */
  readonly emptyGlobs: readonly string[];
  /** All that it names, absolute. */
  readonly globs: readonly string[];
  /** False where TypeORM itself has looked for the files of the globs. */
  readonly areFilesKnown: boolean;
}

/**
 * Makes the metadata of all entities without a connection: what `initialize()` does between connecting and
 * synchronising. Subscribers and migrations are left out, since nothing of them is wanted and both run user code.
 * @throws {EntityError} `entities-invalid`, `no-entities`, `typeorm-not-supported`
 */
export async function buildEntities(options: BuildOptions): Promise<BuiltEntities> {
  const { dataSource, file } = options;
  const { builders } = typeormOf(dataSource, file);
  requireSupport(dataSource, file);
  prepareDriver(options);
  const { emptyGlobs, globs, areFilesKnown } = await buildMetadata(options);
  if (dataSource.entityMetadatas.length === 0) {
    throw noEntities(globs, file);
  }
  return { dataSource, builders, entities: dataSource.entityMetadatas, emptyGlobs, globs, areFilesKnown };
}

/**
 * Makes the metadata of a DataSource's entities, if it has any, without a connection.
 * @returns its globs, and those of them that match no file
 * @throws {EntityError} `entities-invalid`, `typeorm-not-supported`
 */
export async function buildMetadata({
  dataSource,
  file,
  directory,
  quickly,
}: LoadedDataSource & Pick<BuildOptions, "directory">): Promise<
  Pick<BuiltEntities, "emptyGlobs" | "globs" | "areFilesKnown">
> {
  const { builders, path } = typeormOf(dataSource, file);
  const named = namedEntities(dataSource);
  const findFiles = globsOfTypeorm(path);
  const { entities, emptyGlobs } = await expandGlobs(named, directory, findFiles, quickly);
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
  return {
    emptyGlobs,
    globs: absoluteGlobs(named, directory),
    areFilesKnown: findFiles !== undefined,
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

/** `entities` may be a list or a record, of classes, schemas and globs. */
function namedEntities(dataSource: TypeormDataSource): readonly unknown[] {
  const entities = namedBefore.get(dataSource) ?? dataSource.options.entities;
  namedBefore.set(dataSource, entities);
  return Array.isArray(entities)
    ? entities
    : typeof entities === "object" && entities !== null
      ? Object.values(entities)
      : [];
}

function absolute(glob: string, directory: string): string {
  return isAbsolute(glob) ? glob : resolve(directory, glob).replaceAll("\\", "/");
}

/** Left to TypeORM where the package that it expands globs with is not known. */
async function expandGlobs(
  named: readonly unknown[],
  directory: string,
  findFiles: FindFiles | undefined,
  quickly: Quickly,
): Promise<{ readonly entities: readonly unknown[]; readonly emptyGlobs: readonly string[] }> {
  if (findFiles === undefined) {
    const entities = named.map((entry) => (typeof entry === "string" ? absolute(entry, directory) : entry));
    return { entities, emptyGlobs: [] };
  }
  const found = globsOf(named).map((glob) => ({ glob, files: filesOfGlob(glob, directory, findFiles) }));
  const classes = named.filter((entry) => typeof entry !== "string");
  const loaded = await loadEntityFiles(
    found.flatMap(({ files }) => files),
    quickly,
  );
  return {
    entities: [...new Set([...classes, ...loaded])],
    emptyGlobs: found.filter(({ files }) => files.length === 0).map(({ glob }) => absolute(glob, directory)),
  };
}

/** The globs among what a DataSource names, absolute. */
export function absoluteGlobs(named: readonly unknown[], directory: string): readonly string[] {
  return globsOf(named).map((glob) => absolute(glob, directory));
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
    hint: hintFor(error),
  });
}

/** What to do about what TypeORM itself says of the entities. */
function hintFor({ name, message }: Error): string {
  const [, type, property = ""] = /^Data type "(\w+)" in "([^"]+)"/.exec(message) ?? [];
  if (name !== "DataTypeNotSupportedError" || type === undefined || /^(?!undefined)[a-z]/.test(type)) {
    return "This is TypeORM's own message; correct the entity that it names.";
  }
  switch (type) {
    case "Object":
    case "undefined":
      return `Give ${property} a type, as in @Column({ type: "varchar" }): TypeScript emits Object for what it is declared as. With strictNullChecks, that includes every union with null.`;
    case "Array":
      return `Give ${property} the type of its elements, as in @Column("text", { array: true }).`;
    default:
      return `Where ${type} is an entity, make ${property} a relation, as in @ManyToOne(() => ${type}). Otherwise give it a type of PostgreSQL, as in @Column({ type: "jsonb" }).`;
  }
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
          hint: "Correct the globs, or compile the project first. Relative globs start at the folder of the configuration.",
        },
      );
}
