/**
 * Check prices
 *
 * TypeORM migration CheckPrices1700691200001, in src/migrations/1700691200001-CheckPrices.ts.
 *
 * Revision ID: 1700691200001
 * Revises: 1700604800001
 * Create Date: 2023-11-22 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700691200001";
export const down_revision: string | string[] | null = "1700604800001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CheckPrices1700691200001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CheckPrices1700691200001", "down");
}
