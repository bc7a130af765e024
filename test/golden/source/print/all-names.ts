/**
 * Add users
 *
 * Revision ID: abc123
 * Revises:
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "abc123";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({
  op,
  sql,
  connection,
  context,
}: Migration): Promise<void> {
  await op.execute(sql`x`, connection, context);
}

export async function downgrade(): Promise<void> {}
