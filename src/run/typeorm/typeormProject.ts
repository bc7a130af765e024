import { loadModules } from "../../project/loadModule";
import { findMigrations, type TypeormMigration } from "../../typeorm/adopt/findMigrations";
import { buildMetadata } from "../../typeorm/buildEntities";
import type { LoadedDataSource } from "../../typeorm/loadDataSource";
import type { CommandContext } from "../../context/commandContext";

/** A project's TypeORM, ready to run its migrations. */
export interface TypeormProject extends LoadedDataSource {
  /** In TypeORM's order. */
  readonly migrations: readonly TypeormMigration[];
  /** Why the entities are not known, where they could not be loaded: migrations in plain SQL don't need them. */
  readonly entitiesFailure: unknown;
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
  const entitiesFailure: unknown = await buildMetadata({ ...loaded, directory }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ...loaded, migrations, entitiesFailure };
}
