/**
 * Add phone
 *
 * TypeORM migration AddPhone1700777600001, in src/migrations/1700777600001-AddPhone.ts.
 *
 * Revision ID: 1700777600001
 * Revises: 1700691200001
 * Create Date: 2023-11-23 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1700777600001";
export const down_revision: string | string[] | null = "1700691200001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddPhone1700777600001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("AddPhone1700777600001", "down");
}
