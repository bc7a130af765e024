/**
 * Add user role enum
 *
 * Revision ID: jkl012
 * Revises: ghi789
 * Create Date: 2025-10-01 21:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "jkl012";
export const down_revision: string | string[] | null = "ghi789";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Add user_role enum and column. */
export async function upgrade({ op }: Migration): Promise<void> {
  // Create enum type
  await op.createEnum("user_role", ["student", "teacher", "admin", "parent"], { ifNotExists: true });

  // Add column
  await op.addColumn("users", "role", { type: "user_role", nullable: false, default: "student" });

  // Add index
  await op.createIndex("idx_users_role", "users", ["role"]);
}

/** Remove role column and enum. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropIndex("idx_users_role", "users");
  await op.dropColumn("users", "role");

  // Drop enum type
  await op.dropEnum("user_role", { ifExists: true });
}
