import { loadModules } from "../../project/loadModule";
import { findMigrations, type TypeormMigration } from "../../typeorm/adopt/findMigrations";
import { absoluteGlobs, buildMetadata, type BuiltEntities } from "../../typeorm/buildEntities";
import { namedMigrations } from "../../typeorm/adopt/namedMigrations";
import type { LoadedDataSource } from "../../typeorm/loadDataSource";
import type { CommandContext } from "../../context/commandContext";

/** A project's TypeORM, ready to run its migrations. */
export interface TypeormProject extends LoadedDataSource {
  /** In TypeORM's order. */
  readonly migrations: readonly TypeormMigration[];
  /** Why the entities are not known, where they could not be loaded: migrations in plain SQL don't need them. */
  readonly entitiesFailure: unknown;
  /** What was looked for, absolute; undefined where that is not known. */
  readonly globs: readonly string[] | undefined;
}

/** Steps of one command ask one after another, and classes are looked for once. */
const projects = new WeakMap<CommandContext["loadDataSource"], Promise<TypeormProject>>();

/**
 * Loads the project's DataSource, its migrations and its entities; once for each command.
 * @throws EntityError, AdoptionError, LoadError
 */
export function loadTypeormProject(context: CommandContext): Promise<TypeormProject> {
  const known = projects.get(context.loadDataSource) ?? load(context);
  projects.set(context.loadDataSource, known);
  return known;
}

async function load({ loadDataSource, config }: CommandContext): Promise<TypeormProject> {
  const loaded = await loadDataSource();
  const { directory } = config;
  const migrations = await findMigrations({ ...loaded, directory, loadModules });
  const built = await buildMetadata({ ...loaded, directory }).catch((error: unknown) => ({ failure: error }));
  return {
    ...loaded,
    migrations,
    ...outcomeOf(built, absoluteGlobs(namedMigrations(loaded.dataSource), directory)),
  };
}

function outcomeOf(
  built: Pick<BuiltEntities, "globs" | "areFilesKnown"> | { readonly failure: unknown },
  migrationGlobs: readonly string[],
): Pick<TypeormProject, "entitiesFailure" | "globs"> {
  return "failure" in built
    ? { entitiesFailure: built.failure, globs: undefined }
    : {
        entitiesFailure: undefined,
        globs: built.areFilesKnown ? [...built.globs, ...migrationGlobs] : undefined,
      };
}

/**
 * What a command that has run adopted migrations has looked for, absolute; none where it has run none.
 * @returns undefined where that is not known
 */
export async function globsOfProject({
  loadDataSource,
}: CommandContext): Promise<readonly string[] | undefined> {
  const project = projects.get(loadDataSource);
  return project === undefined ? [] : project.then(({ globs }) => globs).catch(() => undefined);
}
