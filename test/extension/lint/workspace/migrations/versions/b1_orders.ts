/**
 * orders
 *
 * Revision ID: b1
 * Revises: a1
 * Create Date: 2024-03-06 07:08:09
 */
import type { Migration } from "alembic-ts";

export const revision = "b1";
export const down_revision: string | string[] | null = "a1";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("orders", { columns: { id: { type: "integer" }, email: { type: "text" } } });
  await op.execute("INSERT INTO orders VALUES (1, 'ada@example.org')");
}

export async function downgrade(): Promise<void> {}
