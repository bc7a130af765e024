/**
 * Create coupons
 *
 * TypeORM migration CreateCoupons1701641600001, in src/migrations/1701641600001-CreateCoupons.ts.
 *
 * Revision ID: 1701641600001
 * Revises: 1701555200001
 * Create Date: 2023-12-03 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701641600001";
export const down_revision: string | string[] | null = "1701555200001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateCoupons1701641600001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateCoupons1701641600001", "down");
}
