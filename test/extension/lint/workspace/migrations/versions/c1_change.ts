/**
 * change orders
 *
 * Revision ID: c1
 * Revises: b1
 * Create Date: 2024-03-07 07:08:09
 */
import type { Migration } from "alembic-ts";

export const revision = "c1";
export const down_revision: string | string[] | null = "b1";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.execute("SELECT 1");
}

export async function downgrade(): Promise<void> {}
