/**
 * Create users
 *
 * Revision ID: 6c0d91be4a77
 * Revises:
 * Create Date: 2025-10-01 20:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "6c0d91be4a77";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("users", {
    columns: {
      id: { type: "serial" },
      email: { type: "varchar(255)", nullable: false },
    },
    primaryKey: { name: "PK_a3ffb1c0c8416b9fc6f907b7433", columns: ["id"] },
    uniques: [{ name: "UQ_97672ac88f789774dd47f7c8be3", columns: ["email"] }],
  });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("users");
}
