/**
 * Add customer tags
 *
 * TypeORM migration AddCustomerTags1701209600001, in src/migrations/1701209600001-AddCustomerTags.ts.
 *
 * Revision ID: 1701209600001
 * Revises: 1701123200001
 * Create Date: 2023-11-28 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701209600001";
export const down_revision: string | string[] | null = "1701123200001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddCustomerTags1701209600001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddCustomerTags1701209600001", "down");
}
