/**
 * Create order lines
 *
 * TypeORM migration CreateOrderLines1700432000001, in src/migrations/1700432000001-CreateOrderLines.ts.
 *
 * Revision ID: 1700432000001
 * Revises: 1700345600001
 * Create Date: 2023-11-19 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700432000001";
export const down_revision: string | string[] | null = "1700345600001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateOrderLines1700432000001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateOrderLines1700432000001", "down");
}
