/**
 * Create invoices
 *
 * Revision ID: 8f3a61d07c25
 * Revises:
 * Create Date: 2025-10-01 20:45:00
 */
import type { Migration } from "alembic-ts";

export const revision = "8f3a61d07c25";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("invoices", {
    columns: {
      id: { type: "serial" },
      number: { type: "varchar(20)", nullable: false },
      total: { type: "numeric(12,2)", nullable: false },
    },
    primaryKey: { name: "PK_invoices", columns: ["id"] },
  });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("invoices");
}
