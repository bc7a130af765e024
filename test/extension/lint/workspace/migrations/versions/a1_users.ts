/**
 * users
 *
 * Revision ID: a1
 * Revises:
 * Create Date: 2024-03-05 07:08:09
 */
import type { Migration } from "alembic-ts";

export const revision = "a1";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.execute("SELECT 1");
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("users");
}
