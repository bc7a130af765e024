/**
 * Create users and educational content
 *
 * Revision ID: init000
 * Revises:
 * Create Date: 2025-10-01 20:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "init000";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

/** Create the tables that the later revisions build on. */
export async function upgrade({ op, sql }: Migration): Promise<void> {
  await op.createTable("users", {
    columns: {
      id: { type: "uuid", primaryKey: true, default: sql`gen_random_uuid()` },
      email: { type: "varchar(255)", nullable: false },
      full_name: { type: "varchar(200)", nullable: false },
      organization_id: { type: "uuid", nullable: false },
      status: { type: "varchar(20)", nullable: false },
      created_at: { type: "timestamptz", nullable: false, default: sql`now()` },
    },
    uniques: [{ name: "uq_users_email", columns: ["email"] }],
  });

  await op.createTable("educational_content", {
    columns: {
      id: { type: "uuid", primaryKey: true, default: sql`gen_random_uuid()` },
      organization_id: { type: "uuid", nullable: false },
      title: { type: "varchar(255)", nullable: false },
      description: { type: "text" },
      content: { type: "text" },
      created_at: { type: "timestamptz", nullable: false, default: sql`now()` },
    },
  });
}

/** Drop both tables. */
export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("educational_content");
  await op.dropTable("users");
}
