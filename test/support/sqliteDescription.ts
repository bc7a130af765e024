import { openSqliteMemory, type SqliteMemory } from "./sqliteFile";

/**
 * A database as lines, by what SQLite's own pragmas say and not by our reading: columns, keys, indexes, foreign keys,
 * checks, views, triggers and rows.
 */
export async function describeSqlite(memory: SqliteMemory): Promise<readonly string[]> {
  const tables = (await memory.query(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  )) as readonly { readonly name: string; readonly sql: string }[];
  const others = (await memory.query(
    "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY type, name",
  )) as readonly { readonly type: string; readonly name: string; readonly sql: string }[];
  const lines: string[] = [];
  for (const { name, sql } of tables) {
    lines.push(...(await describeTable(memory, name, sql)));
  }
  return [...lines, ...others.map(({ type, name, sql }) => `${type} ${name}: ${sql}`)];
}

type Fact = Readonly<Record<string, string | number | null>>;

async function describeTable(memory: SqliteMemory, table: string, sql: string): Promise<readonly string[]> {
  const facts = async (query: string): Promise<readonly Fact[]> =>
    (await memory.query(query)) as readonly Fact[];
  const columns = await facts(
    `SELECT name, type, "notnull" AS required, dflt_value AS value, pk, hidden FROM pragma_table_xinfo('${table}') ORDER BY cid`,
  );
  const indexes = await facts(
    `SELECT l.name, l."unique" AS is_unique, l.origin, m.sql,
            (SELECT group_concat(coalesce(x.name, 'expression') || CASE WHEN x."desc" THEN ' DESC' ELSE '' END
                                 || CASE WHEN x.coll = 'BINARY' THEN '' ELSE ' ' || x.coll END, ', ')
               FROM pragma_index_xinfo(l.name) AS x WHERE x.key) AS columns
       FROM pragma_index_list('${table}') AS l LEFT JOIN sqlite_master AS m ON m.name = l.name`,
  );
  const references = await facts(
    `SELECT group_concat("from") AS columns, "table" AS parent, group_concat("to") AS parent_columns, on_update, on_delete
       FROM (SELECT * FROM pragma_foreign_key_list('${table}') ORDER BY id, seq) GROUP BY id, "table", on_update, on_delete`,
  );
  const rows = await facts(`SELECT * FROM "${table}" ORDER BY 1`);
  return [
    `${table}: ${columns.map(({ name }) => name).join(", ")}`,
    ...columns.map(
      ({ name, type, required, value, pk, hidden }) =>
        `${table}.${name}: ${[
          // SQLite itself writes the common types in capitals.
          String(type).toLowerCase(),
          required === 1 ? "NOT NULL" : "",
          value === null ? "" : `DEFAULT ${value}`,
          pk === 0 ? "" : `KEY ${pk}`,
          hidden === 0 ? "" : hidden === 2 ? "VIRTUAL" : "STORED",
        ]
          .filter((word) => word !== "")
          .join(" ")}`,
    ),
    ...indexes.map(({ name, is_unique: isUnique, origin, sql: index, columns: on }) =>
      origin === "c"
        ? `${table} index ${name}: ${index}`
        : `${table} ${origin === "pk" ? "key" : isUnique === 1 ? "unique" : "index"}: ${on}`,
    ),
    ...references.map(
      ({ columns: own, parent, parent_columns: others, on_update: update, on_delete: remove }) =>
        `${table} refers: ${own} -> ${parent}(${others}) ${update}/${remove}`,
    ),
    ...[...sql.matchAll(/(CONSTRAINT \S+) /g)].map(([, name]) => `${table} ${name}`),
    ...[...sql.matchAll(/CHECK \(((?:[^()]|\([^()]*\))*)\)/g)].map(([, check]) => `${table} check: ${check}`),
    ...(/AUTOINCREMENT/.test(sql) ? [`${table} counts up`] : []),
    ...[...sql.matchAll(/\bSTRICT\b|WITHOUT ROWID/g)].map(([option]) => `${table} option ${option}`),
    ...rows.map((row) => `${table} row ${JSON.stringify(Object.values(row))}`),
  ].sort((left, right) => left.localeCompare(right));
}

/** What came and what went, as lines. */
export interface Difference {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** Runs `change` on a database of its own and says what it changed. */
export async function differenceOf(
  setup: string,
  change: (memory: SqliteMemory) => Promise<unknown>,
): Promise<Difference> {
  const memory = await openSqliteMemory(setup);
  try {
    const before = await describeSqlite(memory);
    await change(memory);
    const after = await describeSqlite(memory);
    return {
      gone: before.filter((line) => !after.includes(line)),
      come: after.filter((line) => !before.includes(line)),
    };
  } finally {
    await memory.close();
  }
}
