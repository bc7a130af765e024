/**
 * Index orders by time
 *
 * TypeORM migration IndexOrdersByTime1701382400001, in src/migrations/1701382400001-IndexOrdersByTime.ts.
 *
 * Revision ID: 1701382400001
 * Revises: 1701296000001
 * Create Date: 2023-11-30 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701382400001";
export const down_revision: string | string[] | null = "1701296000001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexOrdersByTime1701382400001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexOrdersByTime1701382400001", "down");
}
