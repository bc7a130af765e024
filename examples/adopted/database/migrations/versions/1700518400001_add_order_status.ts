/**
 * Add order status
 *
 * TypeORM migration AddOrderStatus1700518400001, in src/migrations/1700518400001-AddOrderStatus.ts.
 *
 * Revision ID: 1700518400001
 * Revises: 1700432000001
 * Create Date: 2023-11-20 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700518400001";
export const down_revision: string | string[] | null = "1700432000001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddOrderStatus1700518400001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddOrderStatus1700518400001", "down");
}
