import type { TypeormDataSource } from "../typeormTypes";

/** What each DataSource named before its list was emptied, so that building metadata makes no migration. */
const namedBefore = new WeakMap<TypeormDataSource, unknown>();

/** The classes and globs in a DataSource's `migrations`, whatever has become of that list since. */
export function namedMigrations(dataSource: TypeormDataSource): readonly unknown[] {
  const migrations = namedBefore.get(dataSource) ?? dataSource.options.migrations;
  namedBefore.set(dataSource, migrations);
  if (Array.isArray(migrations)) {
    return migrations;
  }
  return typeof migrations === "object" && migrations !== null ? Object.values(migrations) : [];
}
