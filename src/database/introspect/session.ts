import type { Connection } from "../connection";
import { text } from "./rowValues";

/** Mostly settings that change how the server prints expressions: both sides of a comparison are read with the same. */
const printing: readonly (readonly [name: string, value: string])[] = [
  ["timezone", "UTC"],
  ["datestyle", "ISO, MDY"],
  ["intervalstyle", "postgres"],
  ["extra_float_digits", "1"],
  ["bytea_output", "hex"],
  ["quote_all_identifiers", "off"],
  ["xmlbinary", "base64"],
  // Compiling these queries costs more than running them.
  ["jit", "off"],
];

/**
 * Runs something with a `search_path` of these schemas and with settled printing, and puts the settings back.
 * The callback gets the server's version as `server_version_num`.
 */
export async function withCatalogSession<Result>(
  connection: Connection,
  searchPath: readonly string[],
  read: (serverVersion: number) => Promise<Result>,
): Promise<Result> {
  const names = ["search_path", ...printing.map(([name]) => name)];
  const [saved] = await connection.query(
    // The CTE is computed before the settings change: it has to give its row first.
    `WITH saved AS MATERIALIZED (
       SELECT ${names.map((name) => `pg_catalog.current_setting('${name}') AS ${name}`).join(", ")})
     SELECT saved.*, pg_catalog.current_setting('server_version_num') AS server_version,
       pg_catalog.set_config('search_path',
         (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(entry), ', ') FROM unnest($1::text[]) entry), false) AS path,
       ${printing.map(([name, value], at) => `pg_catalog.set_config('${name}', '${value}', false) AS set${String(at)}`).join(", ")}
     FROM saved`,
    [searchPath],
  );
  if (saved === undefined) {
    throw new Error("The server gave no settings.");
  }
  try {
    return await read(Number(text(saved, "server_version")));
  } finally {
    // In a transaction that has failed this is refused, and its end restores the settings anyway.
    await connection
      .query(
        `SELECT ${names.map((name, at) => `pg_catalog.set_config('${name}', $${String(at + 1)}, false)`).join(", ")}`,
        names.map((name) => text(saved, name)),
      )
      .catch(() => undefined);
  }
}
