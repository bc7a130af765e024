/**
 * Lower emails
 *
 * TypeORM migration LowerEmails1701123200001, in src/migrations/1701123200001-LowerEmails.ts.
 *
 * Revision ID: 1701123200001
 * Revises: 1701036800001
 * Create Date: 2023-11-27 22:13:20
 */
import type { Migration } from "alembic-ts";

export const revision = "1701123200001";
export const down_revision: string | string[] | null = "1701036800001";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("LowerEmails1701123200001", "up");
}

export async function downgrade({ context }: Migration): Promise<void> {
  await context.runTypeormMigration("LowerEmails1701123200001", "down");
}
