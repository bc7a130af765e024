/**
 * Create customers
 *
 * TypeORM migration CreateCustomers1700000000001, in src/migrations/1700000000001-CreateCustomers.ts.
 *
 * Revision ID: 1700000000001
 * Revises:
 * Create Date: 2023-11-14 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700000000001";
export const down_revision: string | string[] | null = null;
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateCustomers1700000000001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateCustomers1700000000001", "down");
}
