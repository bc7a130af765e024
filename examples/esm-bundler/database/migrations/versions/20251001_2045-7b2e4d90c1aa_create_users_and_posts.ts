/**
 * Create users and posts
 *
 * Revision ID: 7b2e4d90c1aa
 * Revises:
 * Create Date: 2025-10-01 20:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "7b2e4d90c1aa";
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
  await op.createTable("posts", {
    columns: {
      id: { type: "serial" },
      title: { type: "text", nullable: false },
      authorId: { type: "integer", nullable: false },
    },
    primaryKey: { name: "PK_2829ac61eff60fcec60d7274b9e", columns: ["id"] },
    foreignKeys: [
      {
        name: "FK_c5a322ad12a7bf95460c958e80e",
        columns: ["authorId"],
        references: { table: "users", columns: ["id"] },
      },
    ],
  });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("posts");
  await op.dropTable("users");
}
