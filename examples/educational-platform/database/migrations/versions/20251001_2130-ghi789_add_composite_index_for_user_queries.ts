/**
 * Add composite index for user queries
 *
 * Revision ID: ghi789
 * Revises: def456
 * Create Date: 2025-10-01 21:30:00
 */
import type { Migration } from "alembic-ts";

export const revision = "ghi789";
export const down_revision: string | string[] | null = "def456";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Add composite index. */
export async function upgrade({ op, sql }: Migration): Promise<void> {
  await op.createIndex("idx_users_org_status", "users", ["organization_id", "status"], { unique: false });

  // Partial index (PostgreSQL specific)
  await op.createIndex("idx_users_active", "users", ["organization_id", "status"], {
    where: sql`status = 'active'`,
  });
}

/** Drop indexes. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropIndex("idx_users_active", "users");
  await op.dropIndex("idx_users_org_status", "users");
}
