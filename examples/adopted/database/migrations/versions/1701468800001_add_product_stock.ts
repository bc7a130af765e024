/**
 * Add product stock
 *
 * TypeORM migration AddProductStock1701468800001, in src/migrations/1701468800001-AddProductStock.ts.
 *
 * Revision ID: 1701468800001
 * Revises: 1701382400001
 * Create Date: 2023-12-01 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701468800001";
export const down_revision: string | string[] | null = "1701382400001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddProductStock1701468800001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddProductStock1701468800001", "down");
}
