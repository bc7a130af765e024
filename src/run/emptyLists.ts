import type { Connection } from "../database/connection";

/**
 * The values of a statement with each empty list in the form that its place takes: `[]` in JSON, `{}` in an array. Both are
 * valid in both, so that PostgreSQL would store the wrong one without a word; only the server knows which it is.
 */
export async function typedEmptyLists(
  connection: Connection,
  text: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  await connection.run(`PREPARE alembic_types AS ${text}`);
  const [row] = await connection.query(
    "SELECT parameter_types::text[] AS types FROM pg_catalog.pg_prepared_statements WHERE name = 'alembic_types'",
  );
  await connection.run("DEALLOCATE alembic_types");
  const types: unknown = row?.["types"];
  return values.map((value, index) =>
    isEmptyList(value) && Array.isArray(types) && /^jsonb?$/.test(String(types[index])) ? "[]" : value,
  );
}

export function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
