/**
 * Add email_verified column to users
 *
 * Revision ID: def456
 * Revises: abc123
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "def456";
export const down_revision: string | string[] | null = "abc123";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Add email_verified column. */
export async function upgrade({ op }: Migration): Promise<void> {
  await op.addColumn("users", "email_verified", { type: "boolean", nullable: false, default: false });

  await op.addColumn("users", "email_verified_at", { type: "timestamptz", nullable: true });
}

/** Remove email_verified columns. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropColumn("users", "email_verified_at");
  await op.dropColumn("users", "email_verified");
}
