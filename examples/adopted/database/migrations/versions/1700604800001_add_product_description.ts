/**
 * Add product description
 *
 * TypeORM migration AddProductDescription1700604800001, in src/migrations/1700604800001-AddProductDescription.ts.
 *
 * Revision ID: 1700604800001
 * Revises: 1700518400001
 * Create Date: 2023-11-21 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700604800001";
export const down_revision: string | string[] | null = "1700518400001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddProductDescription1700604800001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddProductDescription1700604800001", "down");
}
