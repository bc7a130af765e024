/**
 * Add user profiles table
 *
 * Revision ID: abc123
 * Revises: init000
 * Create Date: 2025-10-01 21:00:00
 */
import type { Migration } from "alembic-ts";

export const revision = "abc123";
export const down_revision: string | string[] | null = "init000";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Create user_profiles table. */
export async function upgrade({ op, sql }: Migration): Promise<void> {
  await op.createTable("user_profiles", {
    columns: {
      id: { type: "uuid", primaryKey: true },
      user_id: { type: "uuid", nullable: false },
      bio: { type: "text", nullable: true },
      skills: { type: "varchar(50)[]", nullable: true },
      created_at: { type: "timestamptz", default: sql`now()`, nullable: false },
      updated_at: { type: "timestamptz", default: sql`now()`, nullable: true },
    },
    foreignKeys: [
      { columns: ["user_id"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" },
    ],
    uniques: [{ name: "uq_user_profiles_user_id", columns: ["user_id"] }],
  });

  // Add index
  await op.createIndex("idx_user_profiles_user_id", "user_profiles", ["user_id"]);
}

/** Drop user_profiles table. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropIndex("idx_user_profiles_user_id", "user_profiles");
  await op.dropTable("user_profiles");
}
