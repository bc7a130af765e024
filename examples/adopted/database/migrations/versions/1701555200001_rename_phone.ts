/**
 * Rename phone
 *
 * TypeORM migration RenamePhone1701555200001, in src/migrations/1701555200001-RenamePhone.ts.
 *
 * Revision ID: 1701555200001
 * Revises: 1701468800001
 * Create Date: 2023-12-02 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701555200001";
export const down_revision: string | string[] | null = "1701468800001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("RenamePhone1701555200001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("RenamePhone1701555200001", "down");
}
