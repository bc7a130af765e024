import type { Extension, Extensions } from "@electric-sql/pglite" with { "resolution-mode": "import" };

/**
 * The contrib modules that `CREATE EXTENSION` finds in the embedded database: those that entities and
 * migrations use. Each only has to be offered when the cluster is opened; creating one is up to the migration.
 */
export async function loadContribExtensions(): Promise<Extensions> {
  const modules = await Promise.all([
    import("@electric-sql/pglite/contrib/uuid_ossp"),
    import("@electric-sql/pglite/contrib/pgcrypto"),
    import("@electric-sql/pglite/contrib/citext"),
    import("@electric-sql/pglite/contrib/hstore"),
    import("@electric-sql/pglite/contrib/pg_trgm"),
    import("@electric-sql/pglite/contrib/btree_gist"),
    import("@electric-sql/pglite/contrib/btree_gin"),
    import("@electric-sql/pglite/contrib/unaccent"),
    import("@electric-sql/pglite/contrib/cube"),
    import("@electric-sql/pglite/contrib/earthdistance"),
    import("@electric-sql/pglite/contrib/ltree"),
    import("@electric-sql/pglite/contrib/intarray"),
    import("@electric-sql/pglite/contrib/fuzzystrmatch"),
    import("@electric-sql/pglite/contrib/tablefunc"),
    import("@electric-sql/pglite/contrib/isn"),
    import("@electric-sql/pglite/contrib/seg"),
    import("@electric-sql/pglite/contrib/lo"),
    import("@electric-sql/pglite/contrib/tcn"),
    import("@electric-sql/pglite/contrib/bloom"),
    import("@electric-sql/pglite/contrib/dict_int"),
    import("@electric-sql/pglite/contrib/dict_xsyn"),
  ]);
  return Object.assign({}, ...modules, { loadLate }) as Extensions;
}

/**
 * Leaves the libraries of the modules uncompiled until PostgreSQL first loads one: compiling all of them was two fifths of what
 * opening a cluster takes, and most databases use none. `noWasmDecoding` is Emscripten's own option for it.
 */
const loadLate: Extension = {
  name: "loadLate",
  setup: (_pglite, emscriptenOpts: object) =>
    Promise.resolve({ emscriptenOpts: { ...emscriptenOpts, noWasmDecoding: true } }),
};
