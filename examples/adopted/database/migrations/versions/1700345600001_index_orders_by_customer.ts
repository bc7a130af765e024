/**
 * Index orders by customer
 *
 * TypeORM migration IndexOrdersByCustomer1700345600001, in src/migrations/1700345600001-IndexOrdersByCustomer.ts.
 *
 * Revision ID: 1700345600001
 * Revises: 1700259200001
 * Create Date: 2023-11-18 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700345600001";
export const down_revision: string | string[] | null = "1700259200001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexOrdersByCustomer1700345600001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("IndexOrdersByCustomer1700345600001", "down");
}
