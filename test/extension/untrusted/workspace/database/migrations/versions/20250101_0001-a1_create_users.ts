/**
 * create users
 *
 * Revision ID: a1
 * Revises:
 * Create Date: 2025-01-01 00:01:00
 */
import type { Migration } from "alembic-ts";

export const revision = "a1";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("table_a1", { columns: { id: { type: "integer", primaryKey: true } } });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("table_a1");
}
