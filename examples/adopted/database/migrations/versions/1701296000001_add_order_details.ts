/**
 * Add order details
 *
 * TypeORM migration AddOrderDetails1701296000001, in src/migrations/1701296000001-AddOrderDetails.ts.
 *
 * Revision ID: 1701296000001
 * Revises: 1701209600001
 * Create Date: 2023-11-29 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701296000001";
export const down_revision: string | string[] | null = "1701209600001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddOrderDetails1701296000001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddOrderDetails1701296000001", "down");
}
