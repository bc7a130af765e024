/**
 * First
 *
 * Revision ID: 0001
 * Revises:
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "0001";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.execute("SELECT 1");
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.execute("SELECT 2");
}
