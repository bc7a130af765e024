/**
 * add index
 *
 * Revision ID: c3
 * Revises: b2
 * Create Date: 2025-01-01 00:03:00
 */
import type { Migration } from "alembic-ts";

export const revision = "c3";
export const down_revision: string | string[] | null = "b2";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("table_c3", { columns: { id: { type: "integer", primaryKey: true } } });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("table_c3");
}
