import { filesOfGlob, globsOfTypeorm } from "../globFiles";
import type { LoadedDataSource } from "../loadDataSource";
import { typeormOf } from "../typeormOf";
import type { TypeormQueryRunner } from "../typeormTypes";
import { AdoptionError } from "./adoptionError";
import { fileOfClass } from "./classFile";
import { readMigrationName, type MigrationName } from "./migrationName";
import { namedMigrations } from "./namedMigrations";

/** An object of a class that implements TypeORM's `MigrationInterface`. */
export interface MigrationInstance {
  up(queryRunner: TypeormQueryRunner): Promise<unknown>;
  down(queryRunner: TypeormQueryRunner): Promise<unknown>;
}

/** One of a project's TypeORM migrations. */
export interface TypeormMigration extends MigrationName {
  /** Absolute; undefined where the DataSource lists the class itself, and it is not known where that comes from. */
  readonly file: string | undefined;
  readonly instance: MigrationInstance;
  /** False where the class, or else the DataSource's `migrationsTransactionMode`, says so. */
  readonly isTransactional: boolean;
}

export interface FindMigrationsOptions extends LoadedDataSource {
  /** Relative globs are relative to it, as if TypeORM ran in it. */
  readonly directory: string;
  /** Loads the user's TypeScript; what it throws names the file and the place. */
  readonly loadModules: (paths: readonly string[]) => Promise<readonly unknown[]>;
}

interface FoundClass {
  readonly value: unknown;
  readonly file: string | undefined;
}

/**
 * The migrations that a DataSource names, in the order in which TypeORM runs them: by timestamp, and those of the same
 * timestamp as they are listed.
 * @throws {AdoptionError} `no-typeorm-migrations`, `typeorm-migrations-invalid`
 * @throws LoadError where a file does not compile or fails
 */
export async function findMigrations(options: FindMigrationsOptions): Promise<readonly TypeormMigration[]> {
  const named = namedMigrations(options.dataSource);
  const classes = new Map<unknown, FoundClass>();
  for (const found of await findClasses(named, options)) {
    if (!classes.has(found.value)) {
      classes.set(found.value, found);
    }
  }
  const migrations = [...classes.values()]
    .flatMap((found) => readMigration(found, options) ?? [])
    .sort((left, right) => left.timestamp - right.timestamp);
  requireDifferentNames(migrations);
  if (migrations.length === 0) {
    throw noMigrations(named, options);
  }
  return migrations;
}

async function findClasses(
  named: readonly unknown[],
  options: FindMigrationsOptions,
): Promise<readonly FoundClass[]> {
  const found: FoundClass[] = named
    .filter((entry) => typeof entry !== "string")
    .flatMap((entry) => functionsIn(entry))
    .map((value) => ({ value, file: fileOfClass(value, options.file) }));
  const files = filesOf(named, options);
  for (const [index, exports] of (await options.loadModules(files)).entries()) {
    found.push(...functionsIn(exports).map((value) => ({ value, file: files[index] })));
  }
  return found;
}

function filesOf(
  named: readonly unknown[],
  { dataSource, file, directory }: FindMigrationsOptions,
): readonly string[] {
  const globs = named.filter((entry) => typeof entry === "string");
  if (globs.length === 0) {
    return [];
  }
  const findFiles = globsOfTypeorm(typeormOf(dataSource, file).path);
  if (findFiles === undefined) {
    throw new AdoptionError(
      "typeorm-migrations-invalid",
      `The globs of migrations in ${file} can't be expanded: TypeORM's package for globs was not found.`,
      "Install the project's packages again.",
    );
  }
  const files = globs.flatMap((glob) => [...filesOfGlob(glob, directory, findFiles)].sort());
  return [...new Set(files)];
}

/** Every function that a module exports, also in lists and objects, as TypeORM looks for classes. */
function functionsIn(exported: unknown): readonly unknown[] {
  if (typeof exported === "function") {
    return [exported];
  }
  if (typeof exported !== "object" || exported === null) {
    return [];
  }
  return Object.values(exported).flatMap(functionsIn);
}

function readMigration(
  { value, file }: FoundClass,
  { dataSource, file: dataSourceFile }: FindMigrationsOptions,
): TypeormMigration | undefined {
  const instance = instanceOf(value, file ?? dataSourceFile);
  if (instance === undefined) {
    return undefined;
  }
  const given: unknown = Reflect.get(instance, "name");
  const name = typeof given === "string" && given !== "" ? given : nameOfClass(value);
  const read = readMigrationName(name);
  if (read === undefined) {
    throw new AdoptionError(
      "typeorm-migrations-invalid",
      `The TypeORM migration ${name} of ${file ?? dataSourceFile} has no JavaScript timestamp at the end of its name.`,
      "TypeORM itself refuses it; give the class a name such as CreateUsers1700000000000, or a property `name`.",
    );
  }
  const transaction: unknown = Reflect.get(instance, "transaction");
  const isTransactional =
    typeof transaction === "boolean"
      ? transaction
      : dataSource.options["migrationsTransactionMode"] !== "none";
  return { ...read, file, instance, isTransactional };
}

/** Helpers may stand beside migrations: what makes no object with `up` is none. */
function instanceOf(value: unknown, file: string): MigrationInstance | undefined {
  if (typeof value !== "function" || typeof value.prototype !== "object") {
    return undefined;
  }
  const hasMethod = typeof Reflect.get(value.prototype as object, "up") === "function";
  if (!hasMethod && !/\d{13}$/.test(value.name)) {
    return undefined;
  }
  try {
    const instance: unknown = Reflect.construct(value, []);
    return isMigration(instance) ? instance : undefined;
  } catch (error) {
    if (!hasMethod) {
      return undefined;
    }
    throw new AdoptionError(
      "typeorm-migrations-invalid",
      `The TypeORM migration ${nameOfClass(value)} of ${file} can't be made: ${error instanceof Error ? error.message : String(error)}`,
      "Its constructor must work without arguments, as TypeORM calls it.",
    );
  }
}

function isMigration(instance: unknown): instance is MigrationInstance {
  return (
    typeof instance === "object" && instance !== null && typeof Reflect.get(instance, "up") === "function"
  );
}

function nameOfClass(value: unknown): string {
  return typeof value === "function" ? value.name : "";
}

function requireDifferentNames(migrations: readonly TypeormMigration[]): void {
  const byName = new Map<string, TypeormMigration>();
  for (const migration of migrations) {
    const other = byName.get(migration.name);
    if (other !== undefined) {
      const places = [other, migration].map(({ file }) => file ?? "the DataSource's list").join(" and ");
      throw new AdoptionError(
        "typeorm-migrations-invalid",
        `There are two TypeORM migrations ${migration.name}: in ${places}.`,
        "Narrow the globs of the DataSource's migrations: they often match both the sources and the compiled files.",
      );
    }
    byName.set(migration.name, migration);
  }
}

function noMigrations(named: readonly unknown[], { file, directory }: FindMigrationsOptions): AdoptionError {
  const globs = named.filter((entry) => typeof entry === "string");
  return globs.length === 0
    ? new AdoptionError(
        "no-typeorm-migrations",
        `The DataSource of ${file} names no migrations.`,
        "List them as for TypeORM: migrations: [CreateUsers1700000000000], or as globs.",
      )
    : new AdoptionError(
        "no-typeorm-migrations",
        `No TypeORM migrations were found by the DataSource of ${file}: ${globs.join(", ")}`,
        `Correct the globs, or compile the project first. Relative globs start at ${directory}.`,
      );
}
