/**
 * Migrate user status values
 *
 * Revision ID: mno345
 * Revises: jkl012
 * Create Date: 2025-10-01 22:00:00
 */
import type { Migration } from "alembic-ts";

export const revision = "mno345";
export const down_revision: string | string[] | null = "jkl012";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Update user status values. */
export async function upgrade({ connection }: Migration): Promise<void> {
  // Update status from old to new values
  await connection.execute("UPDATE users SET status = 'active' WHERE status = 'enabled'");
  await connection.execute("UPDATE users SET status = 'inactive' WHERE status = 'disabled'");
}

/** Revert status values. */
export async function downgrade({ connection }: Migration): Promise<void> {
  await connection.execute("UPDATE users SET status = 'enabled' WHERE status = 'active'");
  await connection.execute("UPDATE users SET status = 'disabled' WHERE status = 'inactive'");
}
