import { quoteLiteral } from "../../sql/quote";
import type { Connection, Row } from "../connection";
import { text } from "./rowValues";

/** Mostly settings that change how the server prints expressions: both sides of a comparison are read with the same. */
const printing: readonly (readonly [name: string, value: string])[] = [
  ["timezone", "UTC"],
  ["datestyle", "ISO, MDY"],
  ["intervalstyle", "postgres"],
  ["extra_float_digits", "1"],
  ["bytea_output", "hex"],
  ["quote_all_identifiers", "off"],
  ["standard_conforming_strings", "on"],
  ["xmlbinary", "base64"],
  // Compiling these queries costs more than running them.
  ["jit", "off"],
];

/**
 * The SQL of a text for `search_path`: these schemas, and then those of the session's own path that hold extensions, or all
 * of it. Where an application finds types and functions behind its own schema, so do we.
 */
export function searchPathSql(schemas: readonly string[], others: "extensions" | "all"): string {
  const own = `ARRAY[${schemas.map(quoteLiteral).join(", ")}]::text[]`;
  const isWanted =
    others === "all"
      ? "true"
      : `EXISTS (SELECT FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
           WHERE n.nspname = found.entry)`;
  return `(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(path.entry), ', ' ORDER BY path.part, path.place) FROM (
      SELECT 1 AS part, own.entry, own.place FROM unnest(${own}) WITH ORDINALITY AS own(entry, place)
      UNION ALL
      SELECT 2, found.entry, found.place
        FROM unnest(pg_catalog.current_schemas(false)::text[]) WITH ORDINALITY AS found(entry, place)
       WHERE found.entry <> ALL (${own}) AND ${isWanted}) AS path)`;
}

/**
 * Runs something with a `search_path` of these schemas, and of those with extensions in the session's own, and with settled
 * printing. Settings change inside a transaction only: behind a pooler the session is somebody else's afterwards. The
 * callback gets the server's version as `server_version_num`.
 */
export async function withCatalogSession<Result>(
  connection: Connection,
  searchPath: readonly string[],
  read: (serverVersion: number) => Promise<Result>,
): Promise<Result> {
  if (connection.isInTransaction?.() === true) {
    return withLocalSettings(connection, searchPath, read);
  }
  const begun = connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    const settled = settle(connection, searchPath);
    // Sent together; heard in their order.
    settled.catch(() => undefined);
    await begun;
    return await read(Number(text(await settled, "server_version")));
  } finally {
    await connection.run("ROLLBACK").catch(() => undefined);
  }
}

/** In the transaction of somebody else, who finds the settings as they were. */
async function withLocalSettings<Result>(
  connection: Connection,
  searchPath: readonly string[],
  read: (serverVersion: number) => Promise<Result>,
): Promise<Result> {
  const saved = await settle(connection, searchPath);
  try {
    return await read(Number(text(saved, "server_version")));
  } finally {
    // In a transaction that has failed this is refused, and its end restores the settings anyway.
    await connection
      .query(
        `SELECT ${settingNames.map((name, at) => `pg_catalog.set_config('${name}', $${String(at + 1)}, true)`).join(", ")}`,
        settingNames.map((name) => text(saved, name)),
      )
      .catch(() => undefined);
  }
}

const settingNames = ["search_path", ...printing.map(([name]) => name)];

/** Changes the settings of the open transaction, and gives those before. */
async function settle(connection: Connection, searchPath: readonly string[]): Promise<Row> {
  const [saved] = await connection.query(
    // The CTE is computed before the settings change: it has to give its row first.
    `WITH saved AS MATERIALIZED (
       SELECT ${settingNames.map((name) => `pg_catalog.current_setting('${name}') AS ${name}`).join(", ")},
         ${searchPathSql(searchPath, "extensions")} AS path)
     SELECT saved.*, pg_catalog.current_setting('server_version_num') AS server_version,
       pg_catalog.set_config('search_path', saved.path, true) AS set_path,
       ${printing.map(([name, value], at) => `pg_catalog.set_config('${name}', '${value}', true) AS set${String(at)}`).join(", ")}
     FROM saved`,
  );
  if (saved === undefined) {
    throw new Error("The server gave no settings.");
  }
  return saved;
}
