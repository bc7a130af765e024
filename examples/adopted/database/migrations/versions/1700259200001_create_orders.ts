/**
 * Create orders
 *
 * TypeORM migration CreateOrders1700259200001, in src/migrations/1700259200001-CreateOrders.ts.
 *
 * Revision ID: 1700259200001
 * Revises: 1700172800001
 * Create Date: 2023-11-17 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700259200001";
export const down_revision: string | string[] | null = "1700172800001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateOrders1700259200001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateOrders1700259200001", "down");
}
