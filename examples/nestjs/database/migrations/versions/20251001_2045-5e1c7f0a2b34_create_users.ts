/**
 * Create users
 *
 * Revision ID: 5e1c7f0a2b34
 * Revises:
 * Create Date: 2025-10-01 20:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "5e1c7f0a2b34";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op, sql }: Migration): Promise<void> {
  await op.createExtension("uuid-ossp", { ifNotExists: true });
  await op.createTable("users", {
    columns: {
      id: { type: "uuid", default: sql`uuid_generate_v4()` },
      email: { type: "varchar(255)", nullable: false },
      createdAt: { type: "timestamptz", nullable: false, default: sql`now()` },
    },
    primaryKey: { name: "PK_a3ffb1c0c8416b9fc6f907b7433", columns: ["id"] },
    uniques: [{ name: "UQ_97672ac88f789774dd47f7c8be3", columns: ["email"] }],
  });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("users");
  await op.dropExtension("uuid-ossp");
}
