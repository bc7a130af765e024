/**
 * add email
 *
 * Revision ID: b2
 * Revises: a1
 * Create Date: 2025-01-01 00:02:00
 */
import type { Migration } from "alembic-ts";

export const revision = "b2";
export const down_revision: string | string[] | null = "a1";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("table_b2", { columns: { id: { type: "integer", primaryKey: true } } });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("table_b2");
}
