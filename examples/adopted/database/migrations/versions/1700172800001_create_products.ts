/**
 * Create products
 *
 * TypeORM migration CreateProducts1700172800001, in src/migrations/1700172800001-CreateProducts.ts.
 *
 * Revision ID: 1700172800001
 * Revises: 1700086400001
 * Create Date: 2023-11-16 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700172800001";
export const down_revision: string | string[] | null = "1700086400001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateProducts1700172800001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("CreateProducts1700172800001", "down");
}
