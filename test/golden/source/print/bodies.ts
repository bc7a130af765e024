/**
 * Add users
 *
 * Revision ID: abc123
 * Revises: def456
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "abc123";
export const down_revision: string | string[] | null = "def456";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({
  op,
  sql,
  connection,
}: Migration): Promise<void> {
  await op.createTable("users", { id: "int" });
  await op.execute(sql`
SELECT 1
  FROM ${connection}`);

  await op.renameTable("a", "b");
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("users", { context: "op" });
}
