import type { CommandContext } from "../../context/commandContext";
import { buildEntities } from "../../typeorm/buildEntities";
import type { LoadedDataSource } from "../../typeorm/loadDataSource";
import { staleBuildWarning } from "../../typeorm/staleBuild";
import type { TypeormOptions } from "../../typeorm/typeormTypes";
import { entityDdl, type EntityDdl } from "./entityDdl";
import { fromPlainDdl, toPlainDdl, type PlainDdl } from "./plainDdl";
import type { ServerFacts } from "./readDatabase";

/** What the entities of a project ask for, and what is to be said of them. */
export interface ReadEntities {
  readonly ddl: EntityDdl;
  /** Globs of the DataSource that match no file, absolute: entities may be missing. */
  readonly emptyGlobs: readonly string[];
  readonly warnings: readonly string[];
}

/** What of the DataSource's options says where its tables are. */
export type TableOptions = Pick<TypeormOptions, "schema" | "metadataTableName" | "migrationsTableName">;

/** The entities of a project, which can be read once it is known what server they are for. */
export interface ProjectEntities {
  readonly options: TableOptions;
  /** @throws EntityError, LoadError */
  read(facts: ServerFacts): Promise<ReadEntities>;
}

const subject = { kind: "entities", given: [] } as const;

/** What is remembered of them, as JSON. */
interface RememberedEntities {
  /** What the configuration named. */
  readonly reference: string;
  readonly directory: string;
  readonly facts: ServerFacts;
  readonly file: string;
  readonly globs: readonly string[];
  readonly options: TableOptions;
  readonly emptyGlobs: readonly string[];
  readonly ddl: PlainDdl;
}

/**
 * Finds the project's entities: as they are remembered where nothing has changed of what they depend on, else by loading
 * the DataSource and, when they are read, their files.
 * @throws EntityError, LoadError
 */
export async function openEntities(context: CommandContext): Promise<ProjectEntities> {
  const remembered = recall(context);
  if (remembered === undefined) {
    const loaded = await context.loadDataSource();
    return { options: loaded.dataSource.options, read: (facts) => readLoaded(context, loaded, facts) };
  }
  return {
    options: remembered.options,
    read: async (facts) =>
      remembered.facts.defaultSchema === facts.defaultSchema && remembered.facts.version === facts.version
        ? {
            ddl: fromPlainDdl(remembered.ddl),
            emptyGlobs: remembered.emptyGlobs,
            warnings: staleWarnings(remembered, context.config.directory),
          }
        : readLoaded(context, await context.loadDataSource(), facts),
  };
}

function recall({ config, loadingMemory }: CommandContext): RememberedEntities | undefined {
  const remembered = loadingMemory?.recall(subject) as RememberedEntities | undefined;
  return remembered?.reference === config.dataSource && remembered?.directory === config.directory
    ? remembered
    : undefined;
}

async function readLoaded(
  context: CommandContext,
  loaded: LoadedDataSource,
  facts: ServerFacts,
): Promise<ReadEntities> {
  const { defaultSchema, version: serverVersion } = facts;
  const { directory } = context.config;
  const built = await buildEntities({ ...loaded, directory, defaultSchema, serverVersion });
  const { emptyGlobs, globs } = built;
  const ddl = await entityDdl(built, defaultSchema);
  if (built.areFilesKnown) {
    remember(context, loaded, { facts, globs, emptyGlobs, ddl });
  }
  return { ddl, emptyGlobs, warnings: staleWarnings({ globs, file: loaded.file }, directory) };
}

function remember(
  { config, loadingMemory }: CommandContext,
  { dataSource, file }: LoadedDataSource,
  { ddl, ...found }: Pick<RememberedEntities, "facts" | "globs" | "emptyGlobs"> & { readonly ddl: EntityDdl },
): void {
  const { dataSource: reference, directory } = config;
  const { schema, metadataTableName, migrationsTableName } = dataSource.options;
  if (reference !== undefined && loadingMemory !== undefined) {
    const options = {
      ...(schema === undefined ? {} : { schema }),
      ...(metadataTableName === undefined ? {} : { metadataTableName }),
      ...(migrationsTableName === undefined ? {} : { migrationsTableName }),
    };
    const remembered: RememberedEntities = {
      reference,
      directory,
      file,
      options,
      ...found,
      ddl: toPlainDdl(ddl),
    };
    loadingMemory.remember(subject, remembered, {
      globs: found.globs,
      files: [],
      names: [ddl.defaultSchema, ...ddl.schemas, ...(schema === undefined ? [] : [schema])],
    });
  }
}

function staleWarnings(
  { globs, file }: Pick<RememberedEntities, "globs" | "file">,
  directory: string,
): readonly string[] {
  const stale = staleBuildWarning([...globs, file], directory);
  return stale === undefined ? [] : [stale];
}
